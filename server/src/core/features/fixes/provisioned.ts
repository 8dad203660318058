import { provisionedTotal } from "../../ledger/claim.ts";
import { num } from "../../validate/words.ts";
import type { Use } from "../uses.ts";
import { type FixMaker, fix, targetOf } from "./fix.ts";
import { setReservation, setWritten } from "./functionEdits.ts";
import { roomFor, usesOfPool } from "./reservation.ts";
import { setAtSource } from "./source.ts";

/** Raises the reservation to the function's provisioned concurrency, where that fits in every pool and budget. */
export const raiseToProvisioned: FixMaker = (input) => {
  const target = targetOf(input);
  if (!target) return [];
  const { declared, file, uses } = target;
  const { min: total, max } = provisionedTotal(declared);
  const own = usesOfPool(target, input).filter((use) => reservedOf(use) < total);
  if (total !== max || !own.every((use) => mayRaise(use, total))) return [];
  const atSource = setAtSource(input.context, own, total, `to ${num(total)}, what ${declared.logicalId} provisions`);
  if (!uses.every((use) => reservedOf(use) <= total && mayRaise(use, total))) return atSource;
  const title = `Raise the reservation of ${declared.logicalId} to ${num(total)}`;
  return [...atSource, ...fix(title, [setReservation(file, declared, total)], declared.reserved.origin === "literal")];
};

/** Does a reservation of this size fit, provisioned concurrency included, with what the budget grants? */
function mayRaise(use: Use, to: number): boolean {
  const { grant, function: declared } = use.claim;
  return provisionedTotal(declared).max === to && to <= (grant?.reserved ?? to) && to <= roomFor([use], false);
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
  const least = Math.min(...target.uses.map(reservedOf));
  // NaN when one of them is not decided.
  if (!(least >= 1) || target.uses.some(({ claim }) => provisionedTotal(claim.function).min < least)) return [];
  const title = `Lower the provisioned concurrency of ${target.declared.logicalId} to ${num(least)}`;
  const best = only.origin === "literal" && raiseToProvisioned(input).length === 0;
  return fix(title, [setWritten(target.file, only, least)], best);
};
