import { asMap } from "../syntax/lookup.ts";
import type { MapNode } from "../syntax/nodes.ts";
import type { Downstream, Grant, KillGroup } from "./budgetFile.ts";
import { downstreamKeys, grantKeys, type KeyTable, MAX_PATTERNS } from "./budgetKeys.ts";
import { type Entry, entriesOf, expectMap, isEmpty, type Reading, report, short, tooManyPatterns } from "./reading.ts";
import { readInteger, readPositive, readReserved, readText, readTexts } from "./readScalar.ts";

/** Reads `reservations`; `lost` gets the entry of each reservation that cannot be read, and the whole when it is no mapping. */
export function readReservations(reading: Reading, entry: Entry, lost: (entry: Entry) => void): readonly Grant[] {
  const map = expectMap(reading, entry, "a mapping of functions to numbers");
  if (!map) {
    if (!isEmpty(entry.value)) lost(entry);
    return [];
  }
  let patterns = 0;
  return entriesOf(reading, map, "`reservations`").flatMap((field) => {
    if (field.name.includes("*") && ++patterns > MAX_PATTERNS) {
      if (patterns === MAX_PATTERNS + 1) report(reading, field.key, tooManyPatterns("entries"));
      return [];
    }
    const grant = readGrant(reading, field);
    if (!grant) lost(field);
    return grant ?? [];
  });
}

function readGrant(reading: Reading, entry: Entry): Grant | undefined {
  reportBadPattern(reading, entry);
  const long = asMap(entry.value);
  const fields = long && fieldsOf(reading, long, entry, grantKeys);
  const reservedEntry = fields ? fields.get("reserved") : entry;
  if (!reservedEntry) {
    report(reading, entry.key, `\`${short(entry.name)}\` needs \`reserved\`: a number, or \`off\`.`);
  }
  const reserved = reservedEntry && readReserved(reading, reservedEntry);
  const reason = textOf(reading, fields?.get("reason"));
  const owner = textOf(reading, fields?.get("owner"));
  const maxCostEntry = fields?.get("max-cost-per-hour");
  const maxCostPerHour = maxCostEntry && readPositive(reading, maxCostEntry);
  if (!reserved) return undefined;
  return {
    pattern: entry.name,
    place: entry.key,
    reserved: reserved.value,
    off: reserved.off,
    valuePlace: reserved.place,
    ...(reason === undefined ? {} : { reason }),
    ...(maxCostPerHour === undefined ? {} : { maxCostPerHour }),
    ...(owner === undefined ? {} : { owner }),
  };
}

function fieldsOf(reading: Reading, map: MapNode, { name }: Entry, keys: KeyTable): ReadonlyMap<string, Entry> {
  const entries = entriesOf(reading, map, `\`${short(name)}\``, keys);
  return new Map(entries.map((field) => [field.name, field]));
}

/** Reads `downstreams`. */
export function readDownstreams(reading: Reading, entry: Entry): readonly Downstream[] {
  const map = expectMap(reading, entry, "a mapping of names to downstreams");
  if (!map) return [];
  return entriesOf(reading, map, "`downstreams`").flatMap((field) => readDownstream(reading, field) ?? []);
}

function readDownstream(reading: Reading, entry: Entry): Downstream | undefined {
  const map = asMap(entry.value);
  if (!map) {
    report(
      reading,
      entry.place,
      `The downstream \`${short(entry.name)}\` needs a mapping with \`capacity\` and \`functions\`.`,
    );
    return undefined;
  }
  const fields = fieldsOf(reading, map, entry, downstreamKeys);
  for (const [name, key] of Object.entries(downstreamKeys)) {
    if (key.required && !fields.has(name))
      report(reading, entry.key, `The downstream \`${short(entry.name)}\` needs \`${name}\`.`);
  }
  const capacityEntry = fields.get("capacity");
  const perExecutionEntry = fields.get("per-execution");
  const functionsEntry = fields.get("functions");
  const capacity = capacityEntry && readInteger(reading, capacityEntry, { min: 1 });
  const perExecution = perExecutionEntry ? readPositive(reading, perExecutionEntry)?.value : 1;
  const functions = functionsEntry ? readTexts(reading, functionsEntry, "functions") : [];
  if (!capacity || perExecution === undefined) return undefined;
  return { name: entry.name, place: entry.key, capacity, perExecution, functions };
}

/** Reads `kill-groups`. */
export function readKillGroups(reading: Reading, entry: Entry): readonly KillGroup[] {
  const map = expectMap(reading, entry, "a mapping of names to lists of functions");
  if (!map) return [];
  return entriesOf(reading, map, "`kill-groups`").map((field) => ({
    name: field.name,
    place: field.key,
    functions: readTexts(reading, field, "functions"),
  }));
}

function textOf(reading: Reading, entry: Entry | undefined): string | undefined {
  return entry && readText(reading, entry)?.value;
}

function reportBadPattern(reading: Reading, entry: Entry): void {
  if (entry.name.trim() !== "" && entry.name.split("/").every((part) => part !== "")) return;
  report(
    reading,
    entry.key,
    `\`${short(entry.name)}\` names no function. Write a FunctionName or \`stack/LogicalId\`.`,
  );
}
