import type { Value } from "../model.ts";
import { mostCounted, times, toValue } from "./bounds.ts";
import type { Ledger, LedgerClaim } from "./ledger.ts";

/**
 * The largest reservation that the function of `claim` can be given while the pool keeps its floor; with instances, the largest one
 * for each of them. What the function takes now is given back first, as Lambda does. 0 does not promise that the pool fits: a
 * reservation of 0 is always accepted, also in a pool that is over its limit.
 * @param claim a claim that is part of `ledger`
 */
export function headroomOf(ledger: Ledger, claim: LedgerClaim): Value {
  const own = times(claim.claim, claim.instances);
  const room = (others: number) => Math.max(0, Math.floor((ledger.limit - ledger.floor - others) / claim.instances));
  if (ledger.claimedBounds.min >= mostCounted) {
    return toValue({ min: 0, max: room(0) }, `the claims add up to more than ${mostCounted}`);
  }
  const othersMin = ledger.claimedBounds.min - own.min;
  const othersMax = highestOfOthers(ledger, own.max);
  return toValue({ min: othersMax === undefined ? 0 : room(othersMax), max: room(othersMin) }, reasonOf(ledger));
}

/** How much more is claimed than the limit allows above the floor; 0 when it fits. */
export function overshootOf(ledger: Ledger): Value {
  const { min, max } = ledger.claimedBounds;
  const over = (claimed: number) => (claimed === 0 ? 0 : Math.max(0, claimed + ledger.floor - ledger.limit));
  return toValue({ min: over(min), max: max === undefined ? undefined : over(max) }, reasonOf(ledger));
}

/** What AWS documents as left unreserved in an account with the default limit; smaller accounts were seen with 10 and 50. */
const documentedFloor = 100;

/** What Lambda is taken to insist on leaving unreserved when nobody has said it: 100, or all of a smaller limit. */
export function estimatedFloor(limit = Number.POSITIVE_INFINITY): number {
  return Math.min(documentedFloor, limit);
}

/** Requests per second that this many concurrent executions can serve at most: Lambda admits 10 per second for each. */
export function maxRequestsPerSecond(concurrency: number): number {
  return 10 * concurrency;
}

function highestOfOthers(ledger: Ledger, own: number | undefined): number | undefined {
  if (ledger.boundedMax >= mostCounted) return undefined;
  if (own === undefined) return ledger.unbounded === 1 ? ledger.boundedMax : undefined;
  return ledger.unbounded === 0 ? ledger.boundedMax - own : undefined;
}

function reasonOf(ledger: Ledger): string {
  const { claimed } = ledger;
  return typeof claimed === "object" && claimed !== null ? claimed.unknown : "";
}
