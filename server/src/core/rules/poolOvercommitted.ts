import type { Pool } from "../analysis.ts";
import { boundsOf } from "../ledger/bounds.ts";
import { overshootOf } from "../ledger/headroom.ts";
import { range } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import type { FindingDraft } from "./findingDraft.ts";
import { floorText, limitText, lowerOrRaise, stateTheLimit } from "./poolText.ts";
import type { RuleContext } from "./ruleContext.ts";
import { onEachFile } from "./summands.ts";

/** `pool-overcommitted`, in the budget and in every file that contributes a claim. */
export function* poolOvercommitted({ pools }: RuleContext): Generator<FindingDraft> {
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

function tooMany(pool: Pool): string {
  const claimed = `${range(pool.ledger.claimedBounds)} of ${limitText(pool)} claimed`;
  const over = range(boundsOf(overshootOf(pool.ledger)));
  if (pool.floor >= pool.limit) {
    return `${claimed}, but all ${num(pool.limit)} must stay unreserved (${floorText(pool)}): no positive reservation is possible, so ${over} too many.`;
  }
  return `${claimed}; ${num(pool.floor)} must stay unreserved (${floorText(pool)}), so ${over} too many.`;
}
