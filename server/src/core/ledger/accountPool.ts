import type { Value } from "../model.ts";
import { aboveFloor, type Floor, floorOf, headroomLeft, largestOfEach, liveClaim } from "./unreserved.ts";

/** How the pool of an account and Region stands, from its totals alone. */
export interface AccountPool extends Floor {
  readonly limit: number;
  /** limit − unreserved: what all functions together take, also those not listed yet. */
  readonly claimed: number;
  readonly unreserved: number;
  /** How much more can be reserved: what is unreserved above the floor, never below 0. */
  readonly headroom: number;
  /** Is less unreserved than the floor? */
  readonly belowFloor: boolean;
}

/** What an account says of itself in one call, where it may be made, and what Lambda once said of its floor. */
export interface AccountTotals {
  readonly limit?: number;
  readonly unreserved?: number;
  readonly learnedFloor?: number;
}

/**
 * The pool's numbers, which are there as soon as the totals are; undefined where these are not known.
 * @param configuredFloor what a budget says Lambda insists on leaving unreserved; it beats what was learned
 */
export function accountPool(
  totals: AccountTotals & { readonly limit: number; readonly unreserved: number },
  configuredFloor?: number,
): AccountPool;
export function accountPool(totals: AccountTotals, configuredFloor?: number): AccountPool | undefined;
export function accountPool(
  { limit, unreserved, learnedFloor }: AccountTotals,
  configuredFloor?: number,
): AccountPool | undefined {
  if (limit === undefined || unreserved === undefined) return undefined;
  const floor = floorOf(limit, { configured: configuredFloor, learned: learnedFloor });
  const left = { unreserved, floor: floor.floor };
  return {
    limit,
    claimed: limit - unreserved,
    unreserved,
    ...floor,
    headroom: headroomLeft(left),
    belowFloor: aboveFloor(left) < 0,
  };
}

/** Do these reservations alone come to all that an account has reserved? What is not known counts nothing. */
export function isAllReserved(
  { limit, unreserved }: { readonly limit: number; readonly unreserved: number },
  reservations: readonly Value[],
): boolean {
  const sum = reservations.reduce<number>((total, value) => total + (typeof value === "number" ? value : 0), 0);
  return sum === limit - unreserved;
}

/**
 * The largest reservation that a function can be given now, what it takes given back first. Without a reservation it takes its provisioned
 * concurrency: while that was not read, the answer is at least what it would be without any.
 */
export function largestReservation(
  pool: Pick<AccountPool, "unreserved" | "floor">,
  {
    reserved,
    details,
  }: { readonly reserved: number | null; readonly details?: Pick<Parameters<typeof liveClaim>[0], "provisioned"> },
): Value {
  const largest = largestOfEach(pool, [liveClaim({ reserved, provisioned: details?.provisioned ?? [] })]);
  if (reserved !== null || details !== undefined) return largest;
  return { unknown: "its provisioned concurrency was not read", min: largest };
}
