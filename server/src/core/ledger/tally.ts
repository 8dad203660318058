import type { Bounds } from "../model.ts";
import { mostCounted, times } from "./bounds.ts";
import type { LedgerClaim } from "./claim.ts";

/** A sum of bounds from which a part can be taken out again, also where some parts have no highest value. */
export interface Tally {
  readonly min: number;
  /** The highest values of those parts that have one, summed. */
  readonly boundedMax: number;
  /** How many parts nothing bounds. */
  readonly unbounded: number;
}

/** The sum of nothing. */
export const emptyTally: Tally = { min: 0, boundedMax: 0, unbounded: 0 };

/** One part. */
export function tallyOf({ min, max }: Bounds): Tally {
  return max === undefined ? { min, boundedMax: 0, unbounded: 1 } : { min, boundedMax: max, unbounded: 0 };
}

/** What all copies of a claim take. */
export function tallyOfClaim({ claim, instances }: Pick<LedgerClaim, "claim" | "instances">): Tally {
  return tallyOf(times(claim, instances));
}

/** Both together; sums that cannot be counted exactly stay at the largest that can. */
export function plus(a: Tally, b: Tally): Tally {
  return {
    min: Math.min(mostCounted, a.min + b.min),
    boundedMax: Math.min(mostCounted, a.boundedMax + b.boundedMax),
    unbounded: a.unbounded + b.unbounded,
  };
}

/** The first without the second, which is a part of it. */
export function minus(a: Tally, b: Tally): Tally {
  return { min: a.min - b.min, boundedMax: a.boundedMax - b.boundedMax, unbounded: a.unbounded - b.unbounded };
}

/** Lowest and highest value of a sum. */
export function boundsOfTally({ min, boundedMax, unbounded }: Tally): Bounds {
  return { min, max: unbounded > 0 || boundedMax >= mostCounted ? undefined : boundedMax };
}

/** One of several sums, it is not known which: their extremes. */
export function anyOf(tallies: readonly Tally[]): Tally {
  let min = Number.POSITIVE_INFINITY;
  let boundedMax = 0;
  let unbounded = 0;
  for (const tally of tallies) {
    min = Math.min(min, tally.min);
    if (tally.unbounded > 0) unbounded = 1;
    boundedMax = Math.max(boundedMax, tally.boundedMax);
  }
  return tallies.length === 0 ? emptyTally : { min, boundedMax: unbounded > 0 ? 0 : boundedMax, unbounded };
}
