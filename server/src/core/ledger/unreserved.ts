import { estimatedFloor } from "./headroom.ts";

/** What an account or pool has left, and what Lambda insists on leaving: concurrent executions. */
export interface Unreserved {
  readonly unreserved: number;
  readonly floor: number;
}

/** A change of what one function takes from a pool. */
export interface ClaimChange {
  readonly claimBefore: number;
  readonly claimAfter: number;
}

/** What a function of an account takes from the pool: its reservation, else the provisioned concurrency of all its versions and aliases. */
export function liveClaim({
  reserved,
  provisioned,
}: {
  readonly reserved: number | null;
  readonly provisioned: readonly { readonly requested: number }[];
}): number {
  return reserved ?? provisioned.reduce((sum, { requested }) => sum + requested, 0);
}

/** How much of what is unreserved is above the floor; negative below it. */
export function aboveFloor({ unreserved, floor }: Unreserved): number {
  return unreserved - floor;
}

/** How much more can be reserved: what is unreserved above the floor, never below 0. */
export function headroomLeft(left: Unreserved): number {
  return Math.max(0, aboveFloor(left));
}

/** The largest reservation that each of several functions can have, what they take now given back first. */
export function largestOfEach(left: Unreserved, claims: readonly number[]): number {
  const given = claims.reduce((sum, claim) => sum + claim, aboveFloor(left));
  return Math.max(0, Math.floor(given / Math.max(1, claims.length)));
}

/** What is left unreserved once these changes are made. */
export function unreservedAfter(unreserved: number, changes: readonly ClaimChange[]): number {
  return changes.reduce((left, { claimBefore, claimAfter }) => left + claimBefore - claimAfter, unreserved);
}

/** The most that functions can claim together while the floor is kept. */
export function mostClaimed({ limit, floor }: { readonly limit: number; readonly floor: number }): number {
  return limit - floor;
}

/** The limit with which something fits that is so much short. */
export function limitWithout(short: number, limit: number): number {
  return limit + short;
}

/** Where a floor is from: stated by a budget or option, named by Lambda when it refused a change, or taken to be the usual one. */
export interface Floor {
  readonly floor: number;
  readonly floorSource: "configured" | "learned" | "estimated";
}

/** What Lambda insists on leaving unreserved: what is stated beats what was learned, and without either it is estimated from the limit. */
export function floorOf(
  limit: number | undefined,
  { configured, learned }: { readonly configured?: number | undefined; readonly learned?: number | undefined },
): Floor {
  if (configured !== undefined) return { floor: configured, floorSource: "configured" };
  if (learned !== undefined) return { floor: learned, floorSource: "learned" };
  return { floor: estimatedFloor(limit), floorSource: "estimated" };
}
