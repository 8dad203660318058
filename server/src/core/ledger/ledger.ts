import type { Value } from "../model.ts";

/** Can the pool be deployed? `depends`: some value is unknown and decides it. */
export type Verdict = "fits" | "over" | "depends";

/** Lowest and highest value of a number that may not be decided; `max` undefined = nothing bounds it. */
export interface Bounds {
  readonly min: number;
  readonly max: number | undefined;
}

/** What one function (times its instances) takes from the pool. */
export interface LedgerClaim {
  /** Claim of one instance: the reservation, else the provisioned total, else 0. */
  readonly claim: Bounds;
  /** How many copies of the function there are; ≥ 1. */
  readonly instances: number;
  /** Why `claim` is not one number. */
  readonly unknown?: string;
}

/** The arithmetic of one pool. */
export interface Ledger {
  /** Sum over all claims times instances. */
  readonly claimed: Value;
  readonly claimedBounds: Bounds;
  /** limit − claimed. Can be negative. */
  readonly unreserved: Value;
  readonly verdict: Verdict;
  /** Of the pool: max(0, unreserved − floor), worst case; undefined when nothing bounds it. */
  readonly headroom: Value;
}
