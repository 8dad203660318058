import type { Place, Uri } from "../model.ts";
import { asMap, asScalar, deref } from "../syntax/lookup.ts";
import type { Document, MapNode, SyntaxTree } from "../syntax/nodes.ts";
import type { BudgetFile, BudgetPool, BudgetProblem, BudgetStack, Placed, UnreadPart } from "./budgetFile.ts";
import { ACCOUNT_PATTERN, poolKeys, REGION_PATTERN } from "./budgetKeys.ts";
import { readDownstreams, readKillGroups, readReservations } from "./readGrants.ts";
import { type Entry, entriesOf, isEmpty, kindOf, placeOf, type Reading, report, short } from "./reading.ts";
import { quoted, readInteger, readPositive, readText } from "./readScalar.ts";
import { readStacks } from "./readStacks.ts";

/** Reads a budget file: one pool per YAML document. Every mistake is a problem at its place; the rest is still read. */
export function readBudgetFile(uri: Uri, text: string, tree: SyntaxTree): BudgetFile {
  const problems = tree.problems.map(({ start, end, message }) => ({ place: { uri, start, end }, message }));
  const reading: Reading = { uri, text, problems };
  const isMistaken = problems.length > 0;
  const pools = tree.documents.flatMap((document, index) => readPool(reading, document, index, isMistaken) ?? []);
  const distinct = withoutRepeats(reading.problems, tree);
  distinct.sort((a, b) => a.place.start - b.place.start || a.place.end - b.place.end);
  return { uri, pools, problems: distinct };
}

/** A word that is still being typed has no colon yet: that it has no value either says nothing more. */
function withoutRepeats(problems: readonly BudgetProblem[], { problems: syntax }: SyntaxTree): BudgetProblem[] {
  const broken = new Set(syntax.map(({ start, end }) => `${start} ${end}`));
  const repeats = (problem: BudgetProblem, index: number) =>
    index >= syntax.length && !problem.replacement && broken.has(`${problem.place.start} ${problem.place.end}`);
  return problems.filter((problem, index) => !repeats(problem, index));
}

function readPool(reading: Reading, document: Document, index: number, isMistaken: boolean): BudgetPool | undefined {
  if (!document.root || isEmpty(document.root)) return undefined;
  const map = asMap(document.root);
  if (!map) {
    const message = `A budget document must be a mapping with keys such as \`limit\`, \`stacks\` and \`reservations\`, not ${kindOf(document.root)}.`;
    report(reading, placeOf(reading, document.root), message);
    return undefined;
  }
  const misspelt = new Set<string>();
  const entries = entriesOf(reading, map, "a pool", poolKeys, (meant) => misspelt.add(meant));
  const fields = new Map(entries.map((field) => [field.name, field]));
  const read = <T>(name: string, reader: (reading: Reading, entry: Entry) => T): T | undefined => {
    const entry = fields.get(name);
    return entry && reader(reading, entry);
  };
  const pool = read("pool", readText);
  const environment = read("environment", readText);
  const account = read("account", readAccount);
  const region = read("region", readRegion);
  const limit = read("limit", (r, entry) => readInteger(r, entry, { min: 1 }));
  const floor = read("floor", (r, entry) => readInteger(r, entry, { min: 0 }));
  const stacks = read("stacks", readStacks) ?? [];
  const lost: Entry[] = [];
  const reservations = read("reservations", (r, entry) => readReservations(r, entry, (part) => lost.push(part))) ?? [];
  const isLost = (name: string, value: unknown) => value === undefined && (fields.has(name) || misspelt.has(name));
  const unread: UnreadPart[] = [
    ...(isMistaken ? [unreadPart("document", "the budget")] : []),
    ...(isLost("limit", limit) ? [unreadPart("limit", "the limit in the budget")] : []),
    ...(isLost("floor", floor) ? [unreadPart("floor", "the floor in the budget")] : []),
    ...(misspelt.has("stacks") || isLostStack(fields.get("stacks"), stacks)
      ? [unreadPart("stacks", "the stacks of the budget")]
      : []),
    ...(misspelt.has("reservations") ? [unreadPart("reservations", "the reservations of the budget")] : []),
    ...lost.flatMap((entry) => lostReservation(entry, entry === fields.get("reservations"))),
  ];
  const keepUnreserved = read("keep-unreserved", (r, entry) => readInteger(r, entry, { min: 0 }));
  const maxCostPerHour = read("max-cost-per-hour", readPositive);
  return {
    index,
    name: pool?.value ?? (accountAndRegion(account, region) || `pool ${index + 1}`),
    place: pool?.place ?? firstLine(reading, map),
    ...(environment ? { environment } : {}),
    ...(isLost("environment", environment) ? { environmentUnread: true } : {}),
    ...(account ? { account } : {}),
    ...(region ? { region } : {}),
    ...(limit ? { limit } : {}),
    ...(floor ? { floor } : {}),
    ...(keepUnreserved ? { keepUnreserved } : {}),
    ...(maxCostPerHour ? { maxCostPerHour } : {}),
    stacks,
    ...(unread.length === 0 ? {} : { unread }),
    reservations,
    downstreams: read("downstreams", readDownstreams) ?? [],
    killGroups: read("kill-groups", readKillGroups) ?? [],
  };
}

function unreadPart(part: UnreadPart["part"], what: string): UnreadPart {
  const isNumber = part === "limit" || part === "floor";
  return { part, reason: `${what} cannot be read${isNumber ? "" : " completely"}` };
}

/** Whether an entry of `stacks`, or what decides its numbers, could not be read. */
function isLostStack(entry: Entry | undefined, stacks: readonly BudgetStack[]): boolean {
  if (!entry || isEmpty(entry.value)) return false;
  const list = deref(entry.value);
  return list?.kind !== "seq" || list.items.length !== stacks.length || stacks.some(({ unread }) => unread);
}

/** A reservation counts by itself when no template declares its function; a pattern never does. */
function lostReservation({ name }: Entry, isWhole: boolean): UnreadPart[] {
  if (isWhole) return [unreadPart("reservations", "the reservations of the budget")];
  if (name.includes("*")) return [];
  return [{ part: "reservations", reason: `the reservation of ${short(name)} cannot be read`, pattern: name }];
}

/** 12 digits in quotes. Digits without quotes are an account all the same, taken as they are written: YAML would eat a leading zero. */
function readAccount(reading: Reading, entry: Entry): Placed<string> | undefined {
  const scalar = asScalar(entry.value);
  const digits = scalar?.text.replaceAll(/[-\s]/g, "") ?? "";
  if (!scalar || !ACCOUNT_PATTERN.test(digits)) {
    report(reading, entry.place, `\`account\` needs an account id of 12 digits in quotes, not ${kindOf(entry.value)}.`);
    return undefined;
  }
  if (scalar.text !== digits || (scalar.style !== "single" && scalar.style !== "double")) {
    report(reading, entry.place, `\`account\` must be 12 digits in quotes: "${digits}".`, quoted(digits));
  }
  return { value: digits, place: entry.place };
}

function readRegion(reading: Reading, entry: Entry): Placed<string> | undefined {
  const region = readText(reading, entry);
  if (!region || REGION_PATTERN.test(region.value)) return region;
  report(
    reading,
    entry.place,
    `\`${short(region.value)}\` is not the name of a Region. Write it as AWS does, e.g. us-east-1.`,
  );
  return undefined;
}

function accountAndRegion(account: Placed<string> | undefined, region: Placed<string> | undefined): string {
  return [account?.value, region?.value].filter((part) => part !== undefined).join("/");
}

function firstLine(reading: Reading, map: MapNode): Place {
  const newline = reading.text.indexOf("\n", map.start);
  const end = newline < 0 ? reading.text.length : newline;
  const line = reading.text.slice(map.start, end).trimEnd();
  return placeOf(reading, { start: map.start, end: map.start + line.length });
}
