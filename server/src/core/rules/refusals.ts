import type { FixData } from "../fixData.ts";
import type { Refusal } from "../model.ts";
import { fixDataOf } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import type { FunctionUse, RuleContext, TemplateUse } from "./ruleContext.ts";

/** Everything that AWS refuses for certain, whatever the rule: of functions, and of templates as a whole. */
export function* refusals({ uses }: RuleContext): Generator<FindingDraft> {
  for (const use of uses) {
    for (const refusal of use.template.refused) yield draftOf(use, refusal, {});
    for (const found of use.functions) {
      const { logicalId, refused } = found.declared;
      for (const refusal of refused) yield { ...draftOf(use, refusal, dataOf(found)), who: logicalId };
    }
  }
}

function draftOf(use: TemplateUse, { rule, place, message, related, open, fix }: Refusal, own: FixData): FindingDraft {
  const data = { ...own, ...fix };
  return {
    rule,
    use,
    place,
    text: open ? `${message} It may not come to that: ${open}.` : message,
    ...(open !== undefined && { severity: "warning" as const }),
    ...(related && { related }),
    ...(Object.keys(data).length > 0 && { data }),
  };
}

function dataOf({ declared, claim, use }: FunctionUse): FixData {
  return claim ? fixDataOf(claim, use.pool) : { logicalId: declared.logicalId };
}
