import type { Pool } from "../analysis.ts";
import { boundsOf } from "../ledger/bounds.ts";
import { shortOfCushion } from "../ledger/shortfall.ts";
import { range } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import { budgetData, budgetPlace } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import { causes, limitText } from "./poolText.ts";
import type { RuleContext } from "./ruleContext.ts";
import { onEachFile } from "./summands.ts";

/** `cushion-broken`: the `keep-unreserved` of the budget is not kept, while the floor is, or may be. */
export function* cushionBroken({ pools }: RuleContext): Generator<FindingDraft> {
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
