import type { Value } from "../model.ts";
import { mostCounted, toValue } from "./bounds.ts";
import type { LedgerClaim } from "./claim.ts";
import { copiesOf } from "./claim.ts";
import type { Ledger } from "./ledger.ts";
import { boundsOfOthers } from "./scenarios.ts";

/**
 * The largest reservation that the function of `claim` can be given while the pool keeps its floor; with instances, the largest one
 * for each of them. What the function takes now is given back first, as Lambda does. 0 does not promise that the pool fits: a
 * reservation of 0 is always accepted, also in a pool that is over its limit.
 * @param claim a claim that is part of `ledger`
 */
export function headroomOf(ledger: Ledger, claim: LedgerClaim): Value {
  return headroomOfEach(ledger, [claim]);
}

/** The largest number that all of these functions can be given at once, each in each of its instances. */
export function headroomOfEach(ledger: Ledger, claims: readonly LedgerClaim[]): Value {
  const copies = copiesOf(claims);
  if (copies === 0) return 0;
  const room = (others: number) => Math.max(0, Math.floor((ledger.limit - ledger.floor - others) / copies));
  if (ledger.claimedBounds.min >= mostCounted) {
    return toValue({ min: 0, max: room(0) }, `the claims add up to more than ${mostCounted}`);
  }
  const { min, max } = boundsOfOthers(ledger.scenarios, claims);
  return toValue({ min: max === undefined ? 0 : room(max), max: room(min) }, reasonOf(ledger));
}

/** How much more is claimed than the limit allows above the floor; 0 when it fits. */
export function overshootOf(ledger: Ledger): Value {
  const { min, max } = ledger.claimedBounds;
  const over = (claimed: number) => overshootOfSum(ledger, claimed);
  return toValue({ min: over(min), max: max === undefined ? undefined : over(max) }, reasonOf(ledger));
}

/** The same for another sum of claims. */
export function overshootOfSum({ limit, floor }: Pick<Ledger, "limit" | "floor">, claimed: number): number {
  return claimed === 0 ? 0 : Math.max(0, claimed + floor - limit);
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

function reasonOf(ledger: Ledger): string {
  const { claimed } = ledger;
  return typeof claimed === "object" && claimed !== null ? claimed.unknown : "";
}
