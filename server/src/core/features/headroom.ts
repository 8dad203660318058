import type { Pool, PoolClaim } from "../analysis.ts";
import { sum, times } from "../ledger/bounds.ts";
import { copiesOf } from "../ledger/claim.ts";
import { headroomOf } from "../ledger/headroom.ts";
import type { Value } from "../model.ts";
import { num } from "../validate/words.ts";
import { isUnknown, requestsText } from "./text.ts";
import type { Use } from "./uses.ts";

/**
 * The largest reservation that one instance of a function can be given now, in its pool: the ledger's word `headroom`.
 * Unknown with bounds when other claims are not decided.
 */
export function headroomOfUse({ pool, claim }: Use): Value {
  return headroomOf(pool.ledger, claim);
}

/** The largest number that all of these functions can be given at once, each in each of its instances. */
export function headroomOfAll(pool: Pool, claims: readonly PoolClaim[]): Value {
  const copies = copiesOf(claims);
  if (copies === 0) return 0;
  const together = { claim: sum(claims.map(({ claim, instances }) => times(claim, instances))), instances: 1 };
  const each = (room: number) => Math.floor(room / copies);
  const all = headroomOf(pool.ledger, together);
  if (!isUnknown(all)) return each(all ?? 0);
  const { unknown, min, max } = all;
  return {
    unknown,
    ...(min !== undefined && { min: each(min) }),
    ...(max !== undefined && { max: each(max) }),
  };
}

/** The same in the worst case. */
export function headroomForEach(pool: Pool, claims: readonly PoolClaim[]): number {
  return worstCase(headroomOfAll(pool, claims));
}

/** What is certain of a headroom. */
export function worstCase(headroom: Value): number {
  return isUnknown(headroom) ? (headroom.min ?? 0) : (headroom ?? 0);
}

/** `Headroom: up to 350 can be reserved here, at most 3,500 requests per second (10 × 350)`. */
export function headroomText(use: Use): string {
  const headroom = headroomOfUse(use);
  if (headroom === null) return "";
  if (headroom === 0) return "Headroom: 0, so no positive reservation fits here";
  if (!isUnknown(headroom)) return `Headroom: up to ${num(headroom)} can be reserved here, ${requestsText(headroom)}`;
  const best = headroom.max === undefined ? "" : `, best case ${num(headroom.max)}`;
  return `Headroom: worst case ${num(headroom.min ?? 0)}${best}`;
}
