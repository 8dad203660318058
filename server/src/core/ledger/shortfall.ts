import type { Bounds, Value } from "../model.ts";
import { toValue } from "./bounds.ts";
import type { Ledger } from "./ledger.ts";

/** How much less than `keep` (the budget's keep-unreserved) stays unreserved; 0 when enough does, or when nothing is claimed. */
export function shortOfCushion(ledger: Ledger, keep: number): Value {
  const { min, max } = ledger.claimedBounds;
  const short = (claimed: number) => (claimed === 0 ? 0 : Math.max(0, claimed + keep - ledger.limit));
  const reason = typeof ledger.claimed === "object" && ledger.claimed !== null ? ledger.claimed.unknown : "";
  return toValue({ min: short(min), max: max === undefined ? undefined : short(max) }, reason);
}

/** By how much a number exceeds another one, e.g. a claim its grant; 0 where it does not. */
export function excessOver({ min, max }: Bounds, allowed: number): Bounds {
  return { min: Math.max(0, min - allowed), max: max === undefined ? undefined : Math.max(0, max - allowed) };
}
