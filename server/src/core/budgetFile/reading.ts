import type { Place, Span, Uri } from "../model.ts";
import { suggest } from "../suggest.ts";
import { asMap, deref, keyText } from "../syntax/lookup.ts";
import type { MapNode, Node, Pair } from "../syntax/nodes.ts";
import type { BudgetProblem } from "./budgetFile.ts";
import { type KeyTable, MAX_PATTERNS } from "./budgetKeys.ts";

/** One budget file while it is read: what every reader of a part needs, and where problems are collected. */
export interface Reading {
  readonly uri: Uri;
  readonly text: string;
  readonly problems: BudgetProblem[];
  /** Offsets of the line breaks; found when the first message names a line. */
  breaks?: readonly number[];
}

/** A key of a mapping with its value. */
export interface Entry {
  readonly name: string;
  readonly key: Place;
  readonly value: Node;
  /** Where a problem with the value stands: the value, or the key when nothing is written behind it. */
  readonly place: Place;
}

/** A span of this file as a place. */
export function placeOf(reading: Reading, span: Span): Place {
  return { uri: reading.uri, start: span.start, end: span.end };
}

/** Records a mistake. */
export function report(
  reading: Reading,
  place: Place,
  message: string,
  replacement?: { readonly title: string; readonly text: string },
): void {
  reading.problems.push(replacement ? { place, message, replacement } : { place, message });
}

/** 1-based line of an offset, for messages. */
export function lineAt(reading: Reading, offset: number): number {
  reading.breaks ??= Array.from(reading.text.matchAll(/\n/g), ({ index }) => index);
  let low = 0;
  let high = reading.breaks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((reading.breaks[middle] as number) < offset) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

/** What is said of the first pattern that is one too many. */
export function tooManyPatterns(what: string): string {
  return `A pool has at most ${MAX_PATTERNS} ${what} with \`*\`; this one and those behind it are not read.`;
}

/** Whether nothing (or `null`) is written: `stacks:`. */
export function isEmpty(node: Node): boolean {
  const target = deref(node);
  return target === undefined || (target.kind === "scalar" && target.value === null);
}

/** What a value is, for messages. */
export function kindOf(node: Node): string {
  const target = deref(node);
  if (target === undefined) return "an unknown alias";
  if (target.kind === "map") return "a mapping";
  if (target.kind === "seq") return "a list";
  if (target.value === null) return "empty";
  return `\`${short(target.text)}\``;
}

/** A text that is quoted in a message, cut to a readable length. */
export function short(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}

/**
 * The entries of a mapping: of keys written twice the last one, as YAML loaders do. Reports keys written twice, keys that
 * are not plain text and, with a table, keys that the format does not know; of these, `misspelt` gets to know the key that is meant.
 */
export function entriesOf(
  reading: Reading,
  map: MapNode,
  what: string,
  table?: KeyTable,
  misspelt?: (meant: string) => void,
): readonly Entry[] {
  const byName = new Map<string, Entry>();
  for (const pair of map.written) {
    const entry = entryOf(reading, pair);
    if (!entry) {
      report(reading, placeOf(reading, pair.key), `A key in ${what} must be plain text.`);
      continue;
    }
    if (entry.name === "<<" && isPlain(pair.key)) {
      report(reading, entry.key, "Budget files are YAML 1.2, which has no merge key `<<`. Write the entries out.");
      continue;
    }
    if (table && !Object.hasOwn(table, entry.name)) {
      const meant = reportUnknownKey(reading, entry, what, Object.keys(table));
      if (meant !== undefined) misspelt?.(meant);
      continue;
    }
    const first = byName.get(entry.name);
    if (first) {
      const line = lineAt(reading, first.key.start);
      report(
        reading,
        entry.key,
        `\`${short(entry.name)}\` is written twice in ${what}, first on line ${line}. Keep one of them.`,
      );
      byName.delete(entry.name);
    }
    byName.set(entry.name, entry);
  }
  return [...byName.values()];
}

/** The mapping that a value must be; undefined (and reported) when it is something else. Nothing written is an empty one. */
export function expectMap(reading: Reading, entry: Entry, expected: string): MapNode | undefined {
  const map = asMap(entry.value);
  if (!map && !isEmpty(entry.value)) {
    report(reading, entry.place, `\`${short(entry.name)}\` must be ${expected}, not ${kindOf(entry.value)}.`);
  }
  return map;
}

function isPlain(node: Node): boolean {
  return node.kind === "scalar" && node.style === "plain";
}

function entryOf(reading: Reading, pair: Pair): Entry | undefined {
  const name = keyText(pair);
  if (name === undefined) return undefined;
  const key = placeOf(reading, pair.key);
  const place = pair.value.end > pair.value.start ? placeOf(reading, pair.value) : key;
  return { name, key, value: pair.value, place };
}

function reportUnknownKey(reading: Reading, entry: Entry, what: string, known: readonly string[]): string | undefined {
  const unknown = `Unknown key \`${short(entry.name)}\` in ${what}.`;
  const meant = suggest(entry.name, known);
  if (meant === undefined) {
    report(reading, entry.key, `${unknown} Known keys: ${known.join(", ")}.`);
    return undefined;
  }
  report(reading, entry.key, `${unknown} Did you mean \`${meant}\`?`, { title: `Change to \`${meant}\``, text: meant });
  return meant;
}
