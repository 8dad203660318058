import {
  caseName,
  type DeclaredFunction,
  type FileKind,
  type FunctionCase,
  firstFew,
  inTextOrder,
  longValueText,
  type Refusal,
  type RuleId,
  type SourceDemand,
  type Value,
} from "#core";
import { type CaseJson, caseJson } from "../caseJson.ts";
import type { Locator, Range } from "../locate.ts";
import { jsonText } from "./jsonText.ts";
import { alignColumns, printable } from "./terminal.ts";

/** One file of `resolve`, or one nested use of it. */
export interface ResolvedFile {
  readonly file: string;
  readonly kind: FileKind;
  readonly error?: string;
  /** Parent file and logical id of the nested stack. */
  readonly via?: readonly [string, string];
  readonly functions: readonly ResolvedFunction[];
}

/** What one function claims. */
export interface ResolvedFunction {
  readonly logicalId: string;
  readonly name: DeclaredFunction["name"];
  readonly condition?: string;
  readonly reserved: Value;
  readonly provisioned: readonly { readonly qualifier: string; readonly value: Value }[];
  readonly maximumConcurrency: readonly { readonly source: string; readonly value: Value }[];
  readonly range: Range;
  /** Its reservation in each case of what is undecided; absent when there is only one. */
  readonly cases?: readonly { readonly when: CaseJson; readonly reserved: Value }[];
  /** The most that each event source can push at it; absent when there is none. */
  readonly demand?: readonly Pick<SourceDemand, "source" | "kind" | "maximum" | "arithmetic">[];
  /** What AWS refuses about it for certain; absent when nothing. */
  readonly refused?: readonly RefusedProperty[];
}

interface RefusedProperty {
  readonly property: string;
  readonly rule: RuleId;
  readonly message: string;
}

/** A declared function in the documented shape. `ofTemplate`: what is refused of its template as a whole; `cases` and `demand`: all of its own. */
export function resolvedFunction(
  declared: DeclaredFunction,
  ofTemplate: readonly Refusal[],
  { cases, demand }: { readonly cases: readonly FunctionCase[]; readonly demand: readonly SourceDemand[] },
  locator: Locator,
): ResolvedFunction {
  const refused = [...refusedHere(declared), ...refusedThrough(declared, ofTemplate)];
  return {
    logicalId: declared.logicalId,
    name: declared.name,
    ...(declared.condition !== undefined && { condition: declared.condition }),
    reserved: declared.reserved.value,
    provisioned: declared.provisioned.flatMap(({ qualifier, value }) => (value === null ? [] : [{ qualifier, value }])),
    maximumConcurrency: declared.maximumConcurrency.flatMap(({ source, value }) =>
      value === null ? [] : [{ source, value }],
    ),
    range: locator.range(declared.place),
    ...(cases.length > 0 && { cases: cases.map(({ when, reserved }) => ({ when: caseJson(when), reserved })) }),
    ...(demand.length > 0 && {
      demand: demand.map(({ source, kind, maximum, arithmetic }) => ({ source, kind, maximum, arithmetic })),
    }),
    ...(refused.length > 0 && { refused }),
  };
}

/** What may not come to that is told by check. */
function refusedHere({ refused, logicalId }: DeclaredFunction): readonly RefusedProperty[] {
  return refused.flatMap(({ property, rule, message, open }) =>
    open === undefined ? [{ property, rule, message: `${logicalId} ${message}` }] : [],
  );
}

/** The numbers that are refused because of something else in the template, such as a parameter outside its constraints. */
function refusedThrough(declared: DeclaredFunction, refusals: readonly Refusal[]): readonly RefusedProperty[] {
  const settings: readonly (readonly [property: string, value: Value])[] = [
    ["ReservedConcurrentExecutions", declared.reserved.value],
    ...declared.provisioned.map(({ value }) => ["ProvisionedConcurrentExecutions", value] as const),
    ...declared.maximumConcurrency.map(({ value }) => ["MaximumConcurrency", value] as const),
  ];
  return settings.flatMap(([property, value]) => {
    const says = typeof value === "object" ? value?.unknown : undefined;
    const cause = says === undefined ? undefined : refusals.find((refusal) => refusal.says === says);
    return cause ? [{ property, rule: cause.rule, message: cause.message }] : [];
  });
}

/** Version 1 of the documented JSON. */
export function resolvedJson(files: readonly ResolvedFile[]): string {
  return jsonText({ version: 1, files });
}

/** A table per file. */
export function resolvedText(files: readonly ResolvedFile[]): string {
  return `${files.map((file) => fileBlock(file).join("\n")).join("\n\n")}\n`;
}

function fileBlock(file: ResolvedFile): string[] {
  const via = file.via ? ` nested in ${printable(file.via[0])} as ${printable(file.via[1])}` : "";
  const head = `${printable(file.file)} (${kinds[file.kind]})${via}`;
  const mistake = file.error === undefined ? [] : [`  ${printable(file.error)}`];
  if (file.functions.length === 0) return [head, ...mistake, ...(file.error === undefined ? ["  no functions"] : [])];
  const columns = ["FUNCTION", "NAME", "RESERVED", "PROVISIONED", "MAXIMUM CONCURRENCY"];
  const rows = file.functions.map((declared) => [
    printable(declared.logicalId) + (declared.condition === undefined ? "" : ` (if ${printable(declared.condition)})`),
    nameText(declared.name),
    declared.cases ? casesText(declared.cases) : longText(declared.reserved),
    declared.provisioned.map(({ qualifier, value }) => `${printable(qualifier)} ${longText(value)}`).join(", "),
    declared.maximumConcurrency.map(({ source, value }) => `${printable(source)} ${longText(value)}`).join(", "),
  ]);
  return [head, ...mistake, ...alignColumns([columns, ...rows], new Set()).map((line) => `  ${line}`)];
}

const kinds: Readonly<Record<FileKind, string>> = {
  sam: "SAM",
  cloudformation: "CloudFormation",
  budget: "budget",
  other: "neither a template nor a budget",
};

function nameText(name: DeclaredFunction["name"]): string {
  if (name === null) return "-";
  return typeof name === "string" ? printable(name) : "unknown";
}

/** `20 with Stage=dev, 940 with Stage=prod`. */
function casesText(cases: NonNullable<ResolvedFunction["cases"]>): string {
  const texts = inTextOrder(cases).map(
    ({ when, reserved }) => `${longText(reserved)} with ${printable(caseName(new Map(Object.entries(when))))}`,
  );
  return firstFew(texts, ", ");
}

/** A value with the reason when it is unknown; nothing where there is none. */
function longText(value: Value): string {
  return value === null ? "-" : printable(longValueText(value));
}
