import { fixDataOf, sourcesOf } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import type { RuleContext } from "./ruleContext.ts";

/** `reserved-zero`: a reservation of 0 that the budget does not declare `off`. */
export function* reservedZero({ uses }: RuleContext): Generator<FindingDraft> {
  for (const use of uses) {
    const { pool } = use;
    for (const { declared, claim } of use.functions) {
      if (declared.reserved.value !== 0 || claim?.grant?.off) continue;
      const meant = pool.budget ? `set it to off in the budget of pool ${pool.name}` : "set it to off in a budget file";
      yield {
        rule: "reserved-zero",
        use,
        place: declared.reserved.place,
        who: declared.logicalId,
        text: `reserves 0, so it never runs: every invocation is throttled. Remove the 0, or, if intended, ${meant}.`,
        related: sourcesOf(declared.reserved),
        data: claim ? fixDataOf(claim, pool) : { logicalId: declared.logicalId, reserved: 0 },
      };
    }
  }
}
