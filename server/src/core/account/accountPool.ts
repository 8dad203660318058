import { estimatedFloor } from "../ledger/headroom.ts";
import type { AccountSnapshot } from "./snapshot.ts";

/** How the pool of an account and Region stands, from its totals alone. */
export interface AccountPool {
  readonly limit: number;
  /** limit − unreserved: what all functions together take, also those not listed yet. */
  readonly claimed: number;
  readonly unreserved: number;
  readonly floor: number;
  readonly floorSource: "learned" | "estimated";
  /** How much more can be reserved: what is unreserved above the floor, never below 0. */
  readonly headroom: number;
  /** Is less unreserved than the floor? */
  readonly belowFloor: boolean;
}

/** The pool's numbers, which are there as soon as the totals are. */
export function accountPool({
  limit,
  unreserved,
  learnedFloor,
}: Pick<AccountSnapshot, "limit" | "unreserved" | "learnedFloor">): AccountPool {
  const floor = learnedFloor ?? estimatedFloor(limit);
  return {
    limit,
    claimed: limit - unreserved,
    unreserved,
    floor,
    floorSource: learnedFloor === undefined ? "estimated" : "learned",
    headroom: Math.max(0, unreserved - floor),
    belowFloor: unreserved < floor,
  };
}
