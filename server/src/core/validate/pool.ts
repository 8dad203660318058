import type { Pool } from "../analysis.ts";
import { boundsOf } from "../ledger/bounds.ts";
import { overshootOf } from "../ledger/headroom.ts";
import { shortOfCushion } from "../ledger/shortfall.ts";
import { range } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import type { Draft } from "./draft.ts";
import type { Scene } from "./scene.ts";
import { budgetData, budgetPlace } from "./subject.ts";
import { onEachFile } from "./summands.ts";

/** `pool-overcommitted`, in the budget and in every file that contributes a claim. */
export function* poolOvercommitted({ pools }: Scene): Generator<Draft> {
  for (const pool of pools) {
    if (pool.ledger.verdict !== "over") continue;
    const assumed = pool.limitSource === "assumed";
    yield* onEachFile(pool, {
      rule: "pool-overcommitted",
      text: [tooMany(pool), assumed ? stateTheLimit : lowerOrRaise(pool)],
      ...(assumed && { severity: "warning" }),
    });
  }
}

/** `cushion-broken`: the `keep-unreserved` of the budget is not kept, while the floor is, or may be. */
export function* cushionBroken({ pools }: Scene): Generator<Draft> {
  for (const pool of pools) {
    const cushion = pool.budget?.pool.keepUnreserved;
    const { verdict } = pool.ledger;
    if (!cushion || verdict === "over") continue;
    const short = boundsOf(shortOfCushion(pool.ledger, cushion.value));
    // That the floor may be broken says more than that the cushion may be.
    if (short.max === 0 || (verdict === "depends" && short.min === 0)) continue;
    const kept = `${unreservedText(pool)} of ${limitText(pool)} stay unreserved; keep-unreserved asks for ${num(cushion.value)}`;
    const related = [{ place: cushion.place, message: `keep-unreserved is ${num(cushion.value)} here.` }];
    if (short.min > 0) {
      const advice = "Lower reservations by that much, or lower keep-unreserved.";
      const text = [`${kept}, so ${range(short)} too few.`, advice] as const;
      yield* onEachFile(pool, { rule: "cushion-broken", text, related });
    } else {
      const text = `${kept}; whether that is kept depends on ${causes(pool)}.`;
      yield { rule: "value-unknown", place: budgetPlace(pool), text, pool, related, data: budgetData(pool) };
    }
  }
}

/** Nothing bounds it from below where a claim is unknown: more may be claimed than there is. */
function unreservedText({ ledger: { unreserved } }: Pool): string {
  if (typeof unreserved !== "object" || unreserved === null) return range(boundsOf(unreserved));
  return (unreserved.min ?? -1) < 0 ? `at most ${num(unreserved.max ?? 0)}` : range(boundsOf(unreserved));
}

/** `1,000`, with where it comes from unless the user has stated it. */
export function limitText(pool: Pool): string {
  if (pool.limitSource === "assumed") return `an assumed limit of ${num(pool.limit)}`;
  const stated = pool.budget?.pool.limit?.value;
  if (stated !== undefined && stated !== pool.limit) return `${num(pool.limit)} (the budget says ${num(stated)})`;
  return pool.limitSource === "live" ? `the account's ${num(pool.limit)}` : num(pool.limit);
}

/** `floor`, with how it is known unless the user has stated it. */
export function floorText(pool: Pool): string {
  if (pool.floorSource === "estimated") return "estimated floor";
  return pool.floorSource === "learned" ? "floor, learned from Lambda" : "floor";
}

/** What decides an undecided pool, the first few causes. */
export function causes(pool: Pool): string {
  const { claimed } = pool.ledger;
  return typeof claimed === "object" && claimed !== null ? claimed.unknown : "";
}

/** What to do about a limit that is only assumed. */
export const stateTheLimit =
  "Lower reservations, or state the real limit (limit in the budget, --limit, or the setting lambdaConcurrency.assumedLimit).";

/** What to do about a pool that claims too many. */
export function lowerOrRaise({ limit, floor }: Pool): string {
  if (floor >= limit) return "Remove the reservations, or have the limit raised.";
  return "Lower reservations by that much, or have the limit raised.";
}

function tooMany(pool: Pool): string {
  const claimed = `${range(pool.ledger.claimedBounds)} of ${limitText(pool)} claimed`;
  const over = range(boundsOf(overshootOf(pool.ledger)));
  if (pool.floor >= pool.limit) {
    return `${claimed}, but all ${num(pool.limit)} must stay unreserved (${floorText(pool)}): no positive reservation is possible, so ${over} too many.`;
  }
  return `${claimed}; ${num(pool.floor)} must stay unreserved (${floorText(pool)}), so ${over} too many.`;
}
