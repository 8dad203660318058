import type { LiveFunction } from "#core";
import type { Attention } from "./attention.ts";
import { type FunctionGroup, groupOf, isKilled } from "./functionGroup.ts";

const stateWords: Readonly<Record<FunctionGroup, string>> = {
  reserved: "reserved",
  unreserved: "no reservation",
  off: "switched off",
  outside: "outside the pool",
  unknown: "not read",
};

/** What a filter may ask for besides names, for the input box. */
export const filterWords = ["switched off", "no reservation", "throttled", "differs", "killed", "not read"] as const;

/** The words of a filter; a function is shown when each of them occurs in its name, stack, runtime or state. */
export function filterTerms(filter: string): readonly string[] {
  return filter
    .toLowerCase()
    .split(/\s+/)
    .filter((term) => term !== "");
}

/** Does a function pass a filter? */
export function passes(fn: LiveFunction, attention: readonly Attention[], terms: readonly string[]): boolean {
  if (terms.length === 0) return true;
  const text = textOf(fn, attention);
  return terms.every((term) => text.includes(term));
}

/** Where the words of a filter occur in a name, for its highlights. */
export function matches(name: string, terms: readonly string[]): readonly (readonly [number, number])[] {
  const lower = name.toLowerCase();
  const found = terms.flatMap((term) => {
    const start = lower.indexOf(term);
    return start === -1 ? [] : [[start, start + term.length] as const];
  });
  return found.sort(([a], [b]) => a - b);
}

function textOf(fn: LiveFunction, attention: readonly Attention[]): string {
  const { name, stack, runtime, usage } = fn;
  const words = [name, stack?.name, stack?.logicalId, runtime, stateWords[groupOf(fn)]];
  if (usage?.throttles !== undefined && usage.throttles > 0) words.push("throttled");
  if (isKilled(fn)) words.push("killed");
  words.push(...attention.map(({ short }) => short));
  return words.join("\n").toLowerCase();
}
