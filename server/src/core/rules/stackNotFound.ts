import type { FindingDraft } from "./findingDraft.ts";
import type { RuleContext } from "./ruleContext.ts";

/** `stack-not-found`: stack entries that lead to no template, or also to what cannot be counted. */
export function* stackNotFound({ pools }: RuleContext): Generator<FindingDraft> {
  for (const pool of pools) {
    for (const { entry, message, severity, files = [] } of pool.missingStacks) {
      const related = files.map(({ uri, why }) => ({ place: { uri, start: 0, end: 0 }, message: why }));
      const common = { place: entry.template.place, text: message, pool, plain: true, related } as const;
      yield { rule: "stack-not-found", ...common, ...(severity && { severity }) };
    }
  }
}
