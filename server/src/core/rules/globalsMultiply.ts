import { boundsOf, times } from "../ledger/bounds.ts";
import { range } from "../wording/values.ts";
import { many, num } from "../wording/words.ts";
import { sourcesOf } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import type { RuleContext } from "./ruleContext.ts";

/** `globals-multiply`: n functions inherit a reservation from Globals, so it counts n times. */
export function* globalsMultiply({ uses }: RuleContext): Generator<FindingDraft> {
  for (const use of uses) {
    const { globalReserved, functions } = use.template;
    if (!globalReserved || globalReserved.inheritedBy.length < 2) continue;
    const { setting, inheritedBy, place } = globalReserved;
    const value = boundsOf(setting.value);
    if (typeof setting.value !== "number" || value.max === undefined || value.max === 0) continue;
    const inheritors = new Set(inheritedBy);
    const total = range(times(value, inheritedBy.length));
    yield {
      rule: "globals-multiply",
      use,
      place,
      text: `${num(setting.value)} is reserved for each of ${many(inheritedBy.length, "function")} that inherit it: ${num(inheritedBy.length)} × ${num(setting.value)} = ${total} of the pool, not ${num(setting.value)} in total.`,
      related: [
        ...sourcesOf(setting),
        ...functions
          .filter(({ logicalId }) => inheritors.has(logicalId))
          .map((declared) => ({ place: declared.place, message: `${declared.logicalId} inherits ${num(value.min)}.` })),
      ],
    };
  }
}
