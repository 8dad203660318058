import type { Bounds, Value } from "../model.ts";
import { boundsOf } from "./bounds.ts";
import type { LedgerClaim } from "./claim.ts";
import { headroomOf, overshootOf } from "./headroom.ts";
import { computeLedger, type Verdict } from "./ledger.ts";
import { mostClaimed } from "./unreserved.ts";

/** A stretch of concurrent executions, counted from where the first claim begins. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Where a claim lies when all are laid side by side. */
export interface ClaimShare {
  /** What it takes for certain and the limit has room for. */
  readonly inside: Stretch;
  /** What it takes for certain beyond the limit without the floor; empty when everything fits. */
  readonly outside: Stretch;
  /** What it may take besides, of what is left; those that are not known share it evenly, because nobody knows more. */
  readonly perhaps: Stretch;
  /** The largest that this one can be while the pool keeps its floor. */
  readonly most: Value;
}

/** A pool laid out: claims, then what is free, then the floor. */
export interface PoolShares {
  readonly claims: readonly ClaimShare[];
  readonly free: Stretch;
  readonly floor: Stretch;
  readonly claimed: Value;
  readonly unreserved: Value;
  readonly headroom: Value;
  /** By how much the claims are too many. */
  readonly over: Value;
  readonly verdict: Verdict;
}

/** What a picture of a pool is made of. */
export interface SharedPool {
  readonly limit: number;
  readonly floor: number;
  /** In the order in which they are laid; each for all copies of its function. */
  readonly claims: readonly Value[];
}

/** Lays the claims of a pool side by side. */
export function poolShares({ limit, floor, claims }: SharedPool): PoolShares {
  const room = Math.max(0, mostClaimed({ limit, floor }));
  const counted = claims.map(asClaim);
  const ledger = computeLedger(limit, floor, counted);
  const { claimed, unreserved, headroom, verdict } = ledger;
  const { min, max } = ledger.claimedBounds;
  const taken = Math.min(min, room);
  const possible = Math.min(max ?? room, room);
  const open = counted.filter(({ claim }) => claim.min !== claim.max).length;
  const width = open === 0 ? 0 : Math.max(0, possible - taken) / open;
  let from = 0;
  let unsure = taken;
  const shares = counted.map((claim): ClaimShare => {
    const to = from + claim.claim.min;
    const next = unsure + (claim.claim.min === claim.claim.max ? 0 : width);
    const share = {
      inside: { from: Math.min(from, room), to: Math.min(to, room) },
      outside: { from: Math.max(from, room), to: Math.max(to, room) },
      perhaps: { from: unsure, to: next },
      most: headroomOf(ledger, claim),
    };
    from = to;
    unsure = next;
    return share;
  });
  return {
    claims: shares,
    free: { from: Math.max(taken, possible), to: room },
    floor: { from: room, to: Math.max(room, limit) },
    claimed,
    unreserved,
    headroom,
    over: overshootOf(ledger),
    verdict,
  };
}

/**
 * What an account has claimed that none of these reservations accounts for: provisioned concurrency without a reservation, and what was not
 * read. Never below 0: the totals may be older than the reservations.
 */
export function notAccountedFor(claimed: number, claims: readonly Value[]): number {
  return Math.max(
    0,
    claims.reduce((left: number, claim) => left - boundsOf(claim).min, claimed),
  );
}

function asClaim(value: Value): LedgerClaim {
  const claim: Bounds = boundsOf(value);
  const unknown = typeof value === "object" && value !== null ? value.unknown : undefined;
  return { claim, instances: 1, ...(unknown !== undefined && { unknown }) };
}
