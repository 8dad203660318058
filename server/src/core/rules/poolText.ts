import type { Pool } from "../analysis.ts";
import { num } from "../wording/words.ts";

/** `1,000`, with where it comes from unless the user has stated it. */
export function limitText(pool: Pool): string {
  if (pool.limitSource === "assumed") return `an assumed limit of ${num(pool.limit)}`;
  const stated = pool.budget?.pool.limit?.value;
  if (stated !== undefined && stated !== pool.limit) return `${num(pool.limit)} (the budget says ${num(stated)})`;
  return pool.limitSource === "live" ? `the account's ${num(pool.limit)}` : num(pool.limit);
}

/** `floor`, with how it is known unless the user has stated it. */
export function floorText(pool: Pool): string {
  if (pool.floorSource === "estimated") return "estimated floor";
  return pool.floorSource === "learned" ? "floor, learned from Lambda" : "floor";
}

/** What decides an undecided pool, the first few causes. */
export function causes(pool: Pool): string {
  const { claimed } = pool.ledger;
  return typeof claimed === "object" && claimed !== null ? claimed.unknown : "";
}

/** What to do about a limit that is only assumed. */
export const stateTheLimit =
  "Lower reservations, or state the real limit (limit in the budget, --limit, or the setting lambdaConcurrency.assumedLimit).";

/** What to do about a pool that claims too many. */
export function lowerOrRaise({ limit, floor }: Pool): string {
  if (floor >= limit) return "Remove the reservations, or have the limit raised.";
  return "Lower reservations by that much, or have the limit raised.";
}
