import type { Pool } from "../analysis.ts";
import { unconditionalClaim } from "../ledger/claim.ts";
import type { DeclaredFunction, Unknown } from "../model.ts";
import { range } from "../wording/values.ts";
import { claimSetting, fixDataOf, isUnknownName, sourcesOf, takes } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import type { RuleContext } from "./ruleContext.ts";

/** `not-in-budget`: where a budget applies, a function claims and no entry grants it anything. */
export function* notInBudget({ uses }: RuleContext): Generator<FindingDraft> {
  for (const use of uses) {
    const { pool } = use;
    if (!pool.budget) continue;
    for (const { declared, claim } of use.functions) {
      const own = unconditionalClaim(declared);
      if (!claim || claim.grant || own.min === 0) continue;
      const setting = claimSetting(declared);
      const common = {
        use,
        who: declared.logicalId,
        place: setting.place,
        related: sourcesOf(setting),
        data: fixDataOf(claim, pool),
      };
      const what = `${takes(declared)} ${range(own)}`;
      if (mayBeNamed(declared.name, pool)) {
        const text = `${what}, and whether the budget of pool ${pool.name} grants it is unknown: its FunctionName is not decided (${declared.name.unknown}).`;
        yield { ...common, rule: "value-unknown", text };
        continue;
      }
      const text = `${what}, but no entry in the budget of pool ${pool.name} grants it anything. Add one under reservations, or remove the number.`;
      yield { ...common, rule: "not-in-budget", text };
    }
  }
}

/** An undecided FunctionName may be what one of the budget's entries names. */
function mayBeNamed(name: DeclaredFunction["name"], pool: Pool): name is Unknown {
  return isUnknownName(name) && (pool.budget?.pool.reservations.some(({ pattern }) => !pattern.includes("/")) ?? false);
}
