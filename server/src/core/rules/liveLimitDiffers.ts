import { accountText } from "../account/accountText.ts";
import type { Pool } from "../analysis.ts";
import type { FixData } from "../fixData.ts";
import { boundsOf, times } from "../ledger/bounds.ts";
import { estimatedFloor, overshootOf } from "../ledger/headroom.ts";
import type { Place } from "../model.ts";
import { num } from "../wording/words.ts";
import { budgetData, budgetPlace, claimSetting } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import type { RuleContext } from "./ruleContext.ts";

/** `live-limit-differs`: the limit that is stated is not the account's. */
export function* liveLimitDiffers({ pools }: RuleContext): Generator<FindingDraft> {
  for (const pool of pools) {
    const { live, limit } = pool;
    const actual = live?.snapshot.limit;
    if (!live || actual === undefined || pool.limitSource !== "given" || limit === actual) continue;
    const place = poolPlace(pool);
    if (!place) continue;
    const { identity } = live.snapshot;
    const written = pool.budget?.pool.limit?.value === limit;
    const stated = written ? "the budget states" : "the options state";
    yield {
      rule: "live-limit-differs",
      pool,
      place,
      text: `${stated} a limit of ${num(limit)}, but account ${accountText(identity)} has ${num(actual)}.${consequence(pool, actual)}`,
      data: { ...budgetData(pool), ...(written && correction(actual)) },
    };
  }
}

/** One place for a finding about a pool: its budget, else its largest claim, else its first template. */
export function poolPlace(pool: Pool): Place | undefined {
  if (pool.budget) return budgetPlace(pool);
  const [largest] = pool.claims.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  if (largest) return claimSetting(largest.function).place;
  const uri = pool.stacks[0]?.template.uri;
  return uri === undefined ? undefined : { uri, start: 0, end: 0 };
}

function sizeOf({ claim, instances }: Pool["claims"][number]): number {
  return times(claim, instances).min;
}

/** How the pool stands under the limit that counts for Lambda. */
function consequence({ ledger, floorSource, floor }: Pool, limit: number): string {
  const actual = { ...ledger, limit, floor: floorSource === "estimated" ? estimatedFloor(limit) : floor };
  const over = boundsOf(overshootOf(actual));
  if (over.min > 0) return ` By the account's limit, ${num(over.min)} too many are claimed.`;
  if (over.max !== 0 || ledger.refused !== undefined) return "";
  return ledger.verdict === "over"
    ? " By the account's limit the pool fits."
    : " The pool fits by the account's limit too.";
}

function correction(limit: number): FixData {
  return { replacement: { title: `Set limit to the account's ${num(limit)}`, text: String(limit) } };
}
