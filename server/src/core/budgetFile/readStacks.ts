import { asMap, asScalar, deref } from "../syntax/lookup.ts";
import type { Node } from "../syntax/nodes.ts";
import type { BudgetStack, Placed } from "./budgetFile.ts";
import { MAX_INSTANCES, MAX_PATTERNS, stackKeys } from "./budgetKeys.ts";
import {
  type Entry,
  entriesOf,
  isEmpty,
  kindOf,
  lineAt,
  placeOf,
  type Reading,
  report,
  short,
  tooManyPatterns,
} from "./reading.ts";
import { readInteger, readText, readTexts } from "./readScalar.ts";

/** Reads `stacks`. */
export function readStacks(reading: Reading, entry: Entry): readonly BudgetStack[] {
  const list = deref(entry.value);
  if (list?.kind !== "seq") {
    if (!isEmpty(entry.value)) {
      report(
        reading,
        entry.place,
        `\`stacks\` must be a list of templates ("- template: …"), not ${kindOf(entry.value)}.`,
      );
    }
    return [];
  }
  const stacks = withoutTooMany(
    reading,
    list.items.flatMap((item) => readStack(reading, item, entry) ?? []),
  );
  reportSharedNames(reading, stacks);
  return stacks;
}

/** Every stack name with a `*` is held against all that reservations name. */
function withoutTooMany(reading: Reading, stacks: readonly BudgetStack[]): readonly BudgetStack[] {
  let patterns = 0;
  const first = stacks.findIndex(({ names }) => {
    patterns += names.filter(isGlob).length;
    return patterns > MAX_PATTERNS;
  });
  if (first < 0) return stacks;
  report(reading, (stacks[first] as BudgetStack).place, tooManyPatterns("stack names"));
  return stacks.slice(0, first);
}

function readStack(reading: Reading, item: Node, parent: Entry): BudgetStack | undefined {
  const map = asMap(item);
  const place = item.end > item.start ? placeOf(reading, item) : parent.key;
  if (!map) {
    report(reading, place, `A stack needs a mapping with \`template\`, not ${kindOf(item)}.`);
    return undefined;
  }
  const misspelt = new Set<string>();
  const entries = entriesOf(reading, map, "a stack", stackKeys, (meant) => misspelt.add(meant));
  const fields = new Map(entries.map((field) => [field.name, field]));
  const templateEntry = fields.get("template");
  if (!templateEntry) report(reading, place, "A stack needs `template`: a path or glob, relative to this file.");
  const template = templateEntry && readText(reading, templateEntry);
  const names = readNames(reading, fields.get("name"));
  const instances = readInstances(reading, fields.get("instances"), names, fields.get("name"));
  const configEntry = fields.get("config");
  const config = configEntry && readText(reading, configEntry);
  const parameters = readParameters(reading, fields.get("parameters"));
  if (!template) return undefined;
  const isUnread =
    instances === undefined ||
    (configEntry && !config) ||
    parameters.unread ||
    ["config", "parameters", "instances"].some((key) => misspelt.has(key) && !fields.has(key));
  return {
    template,
    names,
    ...(config ? { config } : {}),
    ...parameters,
    instances: instances ?? Math.max(1, names.length),
    place,
    ...(isUnread ? { unread: true } : {}),
  };
}

function readNames(reading: Reading, entry: Entry | undefined): readonly Placed<string>[] {
  if (!entry) return [];
  if (deref(entry.value)?.kind === "seq") return readTexts(reading, entry, "stack names");
  const name = readText(reading, entry);
  return name ? [name] : [];
}

function readInstances(
  reading: Reading,
  entry: Entry | undefined,
  names: readonly Placed<string>[],
  nameEntry: Entry | undefined,
): number | undefined {
  const isList = nameEntry !== undefined && deref(nameEntry.value)?.kind === "seq";
  const listed = isList && !names.some(isGlob) ? Math.max(1, names.length) : undefined;
  if (!entry) return listed ?? 1;
  const written = readInteger(reading, entry, { min: 1, max: MAX_INSTANCES });
  if (!written) return undefined;
  const [only] = names;
  if (listed !== undefined && names.length > 0 && listed !== written.value) {
    report(
      reading,
      written.place,
      `\`instances\` is ${written.value}, but \`name\` lists ${listed}. Make them agree, or leave \`instances\` out.`,
    );
  } else if (!isList && only && written.value > 1 && !isGlob(only)) {
    const message = `${written.value} instances cannot all be called \`${short(only.value)}\`. List the names, or use a glob such as \`${short(only.value)}-*\`.`;
    report(reading, only.place, message);
  }
  return written.value;
}

function readParameters(
  reading: Reading,
  entry: Entry | undefined,
): Pick<BudgetStack, "parameters" | "parametersFile" | "unread"> {
  const parameters = new Map<string, Placed<string>>();
  if (!entry || isEmpty(entry.value)) return { parameters };
  const map = asMap(entry.value);
  if (!map) {
    const scalar = asScalar(entry.value);
    if (typeof scalar?.value === "string" && scalar.value !== "") {
      return { parameters, parametersFile: { value: scalar.value, place: entry.place } };
    }
    report(
      reading,
      entry.place,
      `\`parameters\` must be a mapping of names to values or the path of a parameter file, not ${kindOf(entry.value)}.`,
    );
    return { parameters, unread: true };
  }
  let isUnread = false;
  for (const field of entriesOf(reading, map, "`parameters`")) {
    const value = parameterText(field.value);
    if (value === undefined) {
      report(
        reading,
        field.place,
        `The parameter \`${short(field.name)}\` needs a text, number, boolean or list of them, not ${kindOf(field.value)}.`,
      );
      isUnread = true;
      continue;
    }
    parameters.set(field.name, { value, place: field.place });
  }
  return { parameters, ...(isUnread ? { unread: true } : {}) };
}

/** A value as CloudFormation takes it: always a string; lists joined with commas. */
function parameterText(node: Node): string | undefined {
  const target = deref(node);
  if (target?.kind === "scalar") return target.value === null ? "" : target.text;
  if (target?.kind !== "seq") return undefined;
  const items = target.items.map(asScalar);
  return items.every((item) => item !== undefined) ? items.map((item) => item.text).join(",") : undefined;
}

function isGlob(name: Placed<string>): boolean {
  return name.value.includes("*");
}

/** A stack name is unique in an account and Region. */
function reportSharedNames(reading: Reading, stacks: readonly BudgetStack[]): void {
  const first = new Map<string, Placed<string>>();
  for (const name of stacks.flatMap((stack) => stack.names)) {
    const before = first.get(name.value);
    if (!before) {
      first.set(name.value, name);
      continue;
    }
    const line = lineAt(reading, before.place.start);
    report(
      reading,
      name.place,
      `The stack name \`${short(name.value)}\` is already used on line ${line}. Each stack of an account and Region has its own name.`,
    );
  }
}
