import type { Pool, PoolClaim } from "../analysis.ts";
import { boundsOf, sum, times } from "../ledger/bounds.ts";
import { copiesOf } from "../ledger/claim.ts";
import { largestInDeployment } from "../ledger/deployment.ts";
import { headroomOfEach } from "../ledger/headroom.ts";
import type { Value } from "../model.ts";

/** The largest reservation of functions, and what bounds it. */
export interface Largest {
  readonly value: Value;
  /** Does what AWS has left now bound it, not the files alone? */
  readonly now: boolean;
}

/**
 * The largest number that all of these functions of a pool can be given at once, each in each of its copies: while the pool keeps its floor and, where
 * the account was read, while what is left there now is enough for their stacks and for all stacks of the pool.
 */
export function largestFor(pool: Pool, claims: readonly PoolClaim[]): Largest {
  const copies = copiesOf(claims);
  if (copies === 0) return { value: 0, now: false };
  const own = sum(claims.map(({ claim, instances }) => times(claim, instances)));
  const declared = headroomOfEach(pool.ledger, claims);
  const { deployments } = pool.live ?? {};
  if (!deployments) return { value: declared, now: false };
  const ofStacks = [...new Set(claims.map(({ stack }) => stack))].flatMap((stack) => {
    const same = claims.filter((claim) => claim.stack === stack);
    const part = deployments.stacks.get(stack);
    return part ? [largestInDeployment(part.deployment, sum(same.map(({ claim }) => claim)), same.length)] : [];
  });
  const value = [...ofStacks, largestInDeployment(deployments.together.deployment, own, copies)].reduce(
    smaller,
    declared,
  );
  return { value, now: isLess(value, declared) };
}

/** The same in the worst case. */
export function largestForCertain(pool: Pool, claims: readonly PoolClaim[]): number {
  return boundsOf(largestFor(pool, claims).value).min;
}

/** The smaller of two numbers that may not be decided. */
function smaller(a: Value, b: Value): Value {
  const [one, other] = [boundsOf(a), boundsOf(b)];
  const min = Math.min(one.min, other.min);
  const max = least(one.max, other.max);
  if (min === max) return min;
  const reason = [a, b].flatMap((value) => (typeof value === "object" && value !== null ? value.unknown : [])).join("");
  return { unknown: reason, min, ...(max !== undefined && { max }) };
}

function least(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}

function isLess(value: Value, than: Value): boolean {
  const [a, b] = [boundsOf(value), boundsOf(than)];
  return a.min < b.min || (a.max ?? Number.POSITIVE_INFINITY) < (b.max ?? Number.POSITIVE_INFINITY);
}
