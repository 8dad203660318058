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

/** `Headroom: 350, at most 3,500 requests per second (10 × 350)`. */
export function headroomText(use: Use): string {
  const headroom = headroomOfUse(use);
  if (headroom === null) return "";
  if (!isUnknown(headroom)) return `Headroom: up to ${num(headroom)} can be reserved here, ${requestsText(headroom)}`;
  const best = headroom.max === undefined ? "" : `, best case ${num(headroom.max)}`;
  return `Headroom: worst case ${num(headroom.min ?? 0)}${best}`;
}
