import type { Pool } from "../analysis.ts";
import type { Placed } from "../budgetFile/budgetFile.ts";
import { type Amount, amountOf, amountText, shownAmount } from "../cost/amount.ts";
import { costOfBudgeted, costOfClaim, costOfPool } from "../cost/claimCost.ts";
import { partsText, totalText } from "../cost/costText.ts";
import { type Cost, totalOf } from "../cost/worstCase.ts";
import { budgetData, claimSetting, fixDataOf, sourcesOf } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import type { RuleContext } from "./ruleContext.ts";

/** `cost-above-budget`: reservations that can cost more an hour than the budget's `max-cost-per-hour`, or of which that cannot be told. */
export function* costAboveBudget({ pools, uses }: RuleContext): Generator<FindingDraft> {
  for (const use of uses) {
    const { pool } = use;
    for (const { declared, claim } of use.functions) {
      const most = claim?.grant?.maxCostPerHour;
      const verdict = most && judge(costOfClaim(pool, claim), most, `max-cost-per-hour of pool ${pool.name}`);
      if (!verdict) continue;
      const setting = claimSetting(declared);
      yield {
        rule: verdict.rule,
        use,
        place: setting.place,
        who: declared.logicalId,
        text: withAdvice(verdict, "Lower the reservation or the memory"),
        related: [allowedHere(most), ...sourcesOf(setting)],
        data: fixDataOf(claim, pool),
      };
    }
  }
  for (const pool of pools) yield* ofBudget(pool);
}

/** What stands in the budget itself: the pool as a whole, and grants of functions that no template declares. */
function* ofBudget(pool: Pool): Generator<FindingDraft> {
  const data = budgetData(pool);
  for (const budgeted of pool.onlyBudgeted) {
    const most = budgeted.grant.maxCostPerHour;
    const verdict = most && judge(costOfBudgeted(pool, budgeted), most, "max-cost-per-hour");
    if (verdict) {
      const text = `${budgeted.grant.pattern} ${verdict.text}`;
      yield { rule: verdict.rule, pool, place: most.place, text, data };
    }
  }
  const most = pool.budget?.pool.maxCostPerHour;
  const verdict = most && judge(costOfPool(pool), most, "max-cost-per-hour");
  if (!verdict) return;
  const text = `it ${withAdvice(verdict, "Lower reservations or memory")}`;
  yield { rule: verdict.rule, pool, place: most.place, text, data };
}

interface Verdict {
  readonly rule: "cost-above-budget" | "value-unknown";
  /** Goes on behind whose cost it is. */
  readonly text: string;
}

/** What is wrong with a cost; undefined when it is certain to stay within `most`. */
function judge(cost: Cost | undefined, most: Placed<number>, what: string): Verdict | undefined {
  if (cost === undefined) return undefined;
  const allowed = amountOf(most.value);
  const limit = `${what} is ${amountText(allowed)}`;
  const unknown = (why: string): Verdict => ({
    rule: "value-unknown",
    text: `can cost an unknown amount, because ${why}; ${limit}.`,
  });
  if ("unpriced" in cost) return unknown(cost.unpriced);
  const { min, max } = totalOf(cost);
  const isMore = (amount: Amount) => shownAmount(amount) > shownAmount(allowed);
  if (max !== undefined && !isMore(max)) return undefined;
  if (max === undefined && min === 0n) return unknown(cost.unknown ?? "nothing bounds it");
  const isAbove = isMore(min);
  const because = isAbove || cost.unknown === undefined ? "" : `, because ${cost.unknown}`;
  return {
    rule: isAbove ? "cost-above-budget" : "value-unknown",
    text: `can cost ${totalText(cost)} at list price of ${cost.date} (${partsText(cost)})${because}; ${limit}.`,
  };
}

function withAdvice({ rule, text }: Verdict, advice: string): string {
  return rule === "value-unknown" ? text : `${text} ${advice}, or raise max-cost-per-hour.`;
}

function allowedHere({ value, place }: Placed<number>) {
  return { place, message: `max-cost-per-hour is ${amountText(amountOf(value))} here.` };
}
