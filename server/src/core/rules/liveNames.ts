import type { LiveFunction } from "../accountSnapshot.ts";
import { list, num } from "../wording/words.ts";

/** More functions than this are counted, not named. */
export const MAX_NAMED = 20;

/** Live functions with what they reserve, the largest first: `large (50), small (1) and 5 more`. */
export function largestFirst(functions: readonly LiveFunction[]): string {
  return list(reservationsOf(functions), MAX_NAMED);
}

/** The same one by one. */
export function reservationsOf(functions: readonly LiveFunction[]): readonly string[] {
  const largest = functions.toSorted((a, b) => reservedOf(b) - reservedOf(a));
  return largest.map((each) => `${each.name} (${num(reservedOf(each))})`);
}

/** What a function reserves; 0 where that is none or not known. */
export function reservedOf({ reserved }: LiveFunction): number {
  return typeof reserved === "number" ? reserved : 0;
}
