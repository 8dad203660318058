import type { Pool } from "../../analysis.ts";
import { groupBy } from "../../groupBy.ts";
import { boundsOf, exactly } from "../../ledger/bounds.ts";
import { maximumTotal, provisionedTotal } from "../../ledger/claim.ts";
import type { Bounds, DeclaredFunction } from "../../model.ts";
import { largestForCertain } from "../../pools/largest.ts";
import { num } from "../../wording/words.ts";
import type { Use } from "../uses.ts";
import { type FixMaker, fix, targetOf } from "./fix.ts";
import { setReservation, setWritten } from "./functionEdits.ts";
import { usesOfPool } from "./reservation.ts";
import { setAtSource } from "./source.ts";

/** Raises the reservation to a total of the function, where that fits in every pool and budget. `what`: `NAME` with a verb. */
function raiseTo(totalOf: (declared: DeclaredFunction) => Bounds, what: string, best: boolean): FixMaker {
  return (input) => {
    const target = targetOf(input);
    if (!target) return [];
    const { declared, file, uses } = target;
    const { min: total, max } = totalOf(declared);
    const own = usesOfPool(target, input).filter((use) => reservedOf(use) < total);
    if (total !== max || !mayRaise(own, total)) return [];
    const to = `to ${num(total)}, ${what.replace("NAME", declared.logicalId)}`;
    const atSource = setAtSource(input.context, own, total, to);
    if (!uses.every((use) => reservedOf(use) <= total) || !mayRaise(uses, total)) return atSource;
    const title = `Raise the reservation of ${declared.logicalId} to ${num(total)}`;
    const preferred = best && declared.reserved.origin === "literal";
    return [...atSource, ...fix(title, [setReservation(file, declared, total)], preferred)];
  };
}

/** Raises the reservation to the function's provisioned concurrency. */
export const raiseToProvisioned = raiseTo(provisionedTotal, "what NAME provisions", true);

/** Raises the reservation to what the function's queues may take at once. */
export const raiseToQueues = raiseTo(maximumTotal, "what the queues of NAME take", false);

/** Raises the reservation to the highest capacity that scaling targets ask for. */
export const raiseToCapacity = raiseTo(
  ({ scaling }) => exactly(Math.max(0, ...scaling.map(({ maximum }) => boundsOf(maximum).min))),
  "what NAME scales out to",
  false,
);

/** Does this reservation fit for all of them at once, with what the budget grants and above what they provision? */
function mayRaise(uses: readonly Use[], to: number): boolean {
  const allowed = uses.every(({ claim: { grant, function: declared } }) => {
    const { max = Number.POSITIVE_INFINITY } = provisionedTotal(declared);
    return max <= to && to <= (grant?.reserved ?? to);
  });
  const byPool = groupBy(uses, ({ pool }) => pool);
  const fits = ([pool, same]: readonly [Pool, readonly Use[]]) =>
    to <=
    largestForCertain(
      pool,
      same.map(({ claim }) => claim),
    );
  return allowed && [...byPool].every(fits);
}

/** A reservation that is a number; NaN, which compares with nothing, for any other. */
function reservedOf({ claim }: Use): number {
  const { value } = claim.function.reserved;
  return typeof value === "number" ? value : Number.NaN;
}

/** Lowers the only provisioned concurrency of a function to its reservation: the smallest, where it has several. */
export const lowerProvisioned: FixMaker = (input) => {
  const target = targetOf(input);
  const [only, ...others] = target?.declared.provisioned ?? [];
  if (!target || !only || others.length > 0) return [];
  // Of the copies that a loop makes, only some may have a version or alias.
  const own = target.uses.filter(({ claim }) => claim.function.logicalId === target.declared.logicalId);
  const least = Math.min(...own.map(reservedOf));
  // NaN when one of them is not decided.
  if (!(least >= 1) || own.some(({ claim }) => provisionedTotal(claim.function).min < least)) return [];
  const title = `Lower the provisioned concurrency of ${target.declared.logicalId} to ${num(least)}`;
  const best = only.origin === "literal" && raiseToProvisioned(input).length === 0;
  return fix(title, [setWritten(target.file, only, least)], best);
};
