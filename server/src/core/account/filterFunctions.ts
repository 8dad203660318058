import type { LiveFunction } from "../accountSnapshot.ts";
import { isKilled } from "./difference.ts";

const stateWords: Readonly<Record<FunctionGroup, string>> = {
  reserved: "reserved",
  unreserved: "no reservation",
  off: "switched off",
  outside: "outside the pool",
  unknown: "not read",
};

/** What a filter may ask for besides names, to be told to the user; some of them come by `alsoSays`. */
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

/**
 * Does a function pass a filter: does each word occur in its name, stack or runtime, or say its state?
 * @param alsoSays more words that say its state, such as `throttled`
 */
export function passesFilter(live: LiveFunction, terms: readonly string[], alsoSays: readonly string[] = []): boolean {
  if (terms.length === 0) return true;
  const { name, stack, runtime } = live;
  const text = [name, stack?.name, stack?.logicalId, runtime].join("\n").toLowerCase();
  const killed = isKilled(live) ? ["killed"] : [];
  const state = [...stateWords[groupOf(live)].split(" "), ...alsoSays, ...killed];
  return terms.every((term) => text.includes(term) || state.some((word) => means(term, word)));
}

/** Part of a name finds names; of a state at least four letters are needed, or `se` would find everything reserved. */
function means(term: string, word: string): boolean {
  return term === word || (term.length >= 4 && word.startsWith(term));
}

/** What a function's reservation makes of it. */
export type FunctionGroup = "reserved" | "unreserved" | "off" | "outside" | "unknown";

/** The group of a function. A reservation that is not known is a group of its own: it is neither none nor 0. */
export function groupOf({ reserved, outsidePool }: LiveFunction): FunctionGroup {
  if (outsidePool !== undefined) return "outside";
  if (reserved === null) return "unreserved";
  if (typeof reserved !== "number") return "unknown";
  return reserved === 0 ? "off" : "reserved";
}
