import type { Pool, Stack } from "../analysis.ts";
import type { BudgetFile, BudgetStack } from "../budgetFile/budgetFile.ts";
import { groupBy } from "../groupBy.ts";
import { suggest } from "../suggest.ts";
import type { FindingDraft } from "./findingDraft.ts";
import type { RuleContext } from "./ruleContext.ts";

/** `budget-invalid`: what the reader found, mistakes in samconfig environments, parameters that no template declares. */
export function* budgetInvalid({ pools }: RuleContext): Generator<FindingDraft> {
  const seen = new Set<BudgetFile>();
  for (const pool of pools) {
    const file = pool.budget?.file;
    for (const { place, message, rule } of pool.configProblems) {
      yield { rule: rule ?? (place.uri === file?.uri ? "budget-invalid" : "value-unknown"), place, text: message };
    }
    if (!file || !pool.budget) continue;
    const stacksAt = groupBy(pool.stacks, ({ place }) => place?.start);
    for (const entry of pool.budget.pool.stacks) {
      if (entry.parameters.size > 0) yield* undeclaredParameters(pool, entry, stacksAt.get(entry.place.start) ?? []);
    }
    if (seen.has(file)) continue;
    seen.add(file);
    for (const { place, message, replacement } of file.problems) {
      yield { rule: "budget-invalid", place, text: message, ...(replacement && { data: { replacement } }) };
    }
  }
}

/** Parameters of a stack entry that none of its templates declares: CloudFormation would refuse them. */
function undeclaredParameters(pool: Pool, entry: BudgetStack, stacks: readonly Stack[]): FindingDraft[] {
  // A macro, or text that cannot be read, may hide a declaration.
  if (stacks.length === 0 || stacks.some(({ template }) => template.blindSpots.length > 0)) return [];
  const declared = new Set(stacks.flatMap(({ template }) => template.parameters));
  return [...entry.parameters].flatMap(([name, { place }]) => {
    if (declared.has(name)) return [];
    const near = suggest(name, [...declared]);
    const hint = near === undefined ? "" : ` Did you mean ${near}?`;
    return {
      rule: "budget-invalid",
      pool,
      plain: true,
      place,
      text: `${entry.template.value} declares no parameter ${name}.${hint}`,
    };
  });
}
