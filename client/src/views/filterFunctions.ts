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
export const filterWords = [
  "reserved",
  "no reservation",
  "switched off",
  "throttled",
  "full",
  "failed",
  "differs",
  "killed",
  "not read",
] as const;

/** The words of a filter, in small letters. */
export function filterTerms(filter: string): readonly string[] {
  return filter
    .toLowerCase()
    .split(/\s+/)
    .filter((term) => term !== "");
}

/** Does a function pass a filter: does each word occur in its name, stack or runtime, or say its state? */
export function passes(fn: LiveFunction, attention: readonly Attention[], terms: readonly string[]): boolean {
  if (terms.length === 0) return true;
  const { name, stack, runtime } = fn;
  const text = [name, stack?.name, stack?.logicalId, runtime].join("\n").toLowerCase();
  const state = stateOf(fn, attention).split(" ");
  return terms.every((term) => text.includes(term) || state.some((word) => means(term, word)));
}

/** Part of a name finds names; of a state at least four letters are needed, or `se` would find everything reserved. */
function means(term: string, word: string): boolean {
  return term === word || (term.length >= 4 && word.startsWith(term));
}

function stateOf(fn: LiveFunction, attention: readonly Attention[]): string {
  const words = [stateWords[groupOf(fn)], ...attention.map(({ word }) => word)];
  return (isKilled(fn) ? [...words, "killed"] : words).join(" ");
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
