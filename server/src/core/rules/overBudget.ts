import type { Pool, PoolClaim } from "../analysis.ts";
import type { Grant } from "../budgetFile/budgetFile.ts";
import { boundsOf } from "../ledger/bounds.ts";
import { unconditionalClaim } from "../ledger/claim.ts";
import { excessOver } from "../ledger/shortfall.ts";
import type { Related } from "../model.ts";
import { largestFor } from "../pools/largest.ts";
import { range } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import { claimSetting, fixDataOf, sourcesOf, takes } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import type { RuleContext } from "./ruleContext.ts";

/** `over-budget`: per function and instance, more than the budget grants. */
export function* overBudget({ uses }: RuleContext): Generator<FindingDraft> {
  for (const use of uses) {
    for (const { declared, claim } of use.functions) {
      const grant = claim?.grant;
      // A function with an undecided condition is over its budget as soon as it exists.
      const own = unconditionalClaim(declared);
      if (!grant || own.min <= grant.reserved) continue;
      const granted = grant.off
        ? "declares it off. Set it to 0, or grant it a number."
        : `grants ${num(grant.reserved)}, so ${range(excessOver(own, grant.reserved))} too many. ${lowerOrRaise(claim, use.pool)}`;
      yield {
        rule: "over-budget",
        use,
        place: claimSetting(declared).place,
        who: declared.logicalId,
        text: `${takes(declared)} ${range(own)}, but the budget of pool ${use.pool.name} ${granted}`,
        related: [grantedHere(grant), ...sourcesOf(claimSetting(declared))],
        data: fixDataOf(claim, use.pool),
      };
    }
  }
}

function lowerOrRaise(claim: PoolClaim, pool: Pool): string {
  const { max: room } = boundsOf(largestFor(pool, [claim]).value);
  if (room === undefined || room >= unconditionalClaim(claim.function).min) return "Lower it, or raise the grant.";
  return room === 0 ? "Lower it: the pool has no room for it." : `Lower it: the pool itself has room for ${num(room)}.`;
}

/** The budget entry that applies, as a related place. */
export function grantedHere(grant: Grant): Related {
  const granted = grant.off ? "off" : num(grant.reserved);
  const why = grant.reason === undefined ? "" : ` (${grant.reason})`;
  return { place: grant.valuePlace, message: `The budget says ${granted} for ${grant.pattern} here${why}.` };
}
