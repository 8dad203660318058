import { num } from "../wording/words.ts";
import type { FindingDraft } from "./findingDraft.ts";
import { floorText, limitText, lowerOrRaise, stateTheLimit } from "./poolText.ts";
import type { RuleContext } from "./ruleContext.ts";
import { onEachFile } from "./summands.ts";

/** `pool-overcommitted` as a warning: the pool cannot be deployed in some cases of what is not decided. */
export function* overInCases({ casesTooMany }: RuleContext): Generator<FindingDraft> {
  for (const [pool, { text: problem }] of casesTooMany) {
    const kept = `${num(pool.floor)} of ${limitText(pool)} must stay unreserved (${floorText(pool)}).`;
    const advice = pool.limitSource === "assumed" ? stateTheLimit : lowerOrRaise(pool);
    const text = [`${problem} ${kept}`, advice] as const;
    yield* onEachFile(pool, { rule: "pool-overcommitted", severity: "warning", text });
  }
}
