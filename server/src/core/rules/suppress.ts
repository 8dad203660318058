import type { AnalysisOptions } from "../analysis.ts";
import { groupBy } from "../groupBy.ts";
import type { Finding, Uri } from "../model.ts";
import { isRuleId, type RuleId, rules } from "../ruleTable.ts";
import type { Sources } from "../sources.ts";
import { suggest } from "../suggest.ts";
import { coveringsOf } from "./coverings.ts";
import { inOrder, severityOf } from "./findingDraft.ts";
import type { RuleContext } from "./ruleContext.ts";
import { type Suppression, suppressionsOf } from "./suppressions.ts";

/** Marks the findings that a `lambda-concurrency-ignore` covers, and reports those that cover nothing. */
export function suppress(
  findings: readonly Finding[],
  context: RuleContext,
  sources: Sources,
  options: AnalysisOptions,
): Finding[] {
  const all = new Map<Uri, readonly Suppression[]>();
  for (const uri of filesOf(findings, context)) {
    const file = sources.get(uri);
    const found = "tree" in file ? suppressionsOf(file) : [];
    if (found.length > 0) all.set(uri, found);
  }
  if (all.size === 0) return [...findings];
  const used = new Set<Suppression>();
  const mark = (unmarked: readonly Finding[]) => markAll(unmarked, all, used);
  const marked = mark(findings);
  const budgeted = new Set(
    context.uses.flatMap(({ pool, template }) => (pool.budget ? [template.uri, pool.budget.file.uri] : [])),
  );
  const isChecked = (rule: RuleId, uri: Uri) => {
    if (options.levels?.[rule] === "off" || fromAccount.has(rule)) return false;
    return !needsBudget.has(rule) || budgeted.has(uri);
  };
  const useless = (wanted: boolean) => {
    const unused = [...all.values()].flat().filter((suppression) => {
      const { rule, place } = suppression;
      if ((rule === "unused-suppression") !== wanted || used.has(suppression)) return false;
      return !isRuleId(rule) || isChecked(rule, place.uri);
    });
    return mark(unused.map((suppression) => unusedFinding(suppression, options)));
  };
  // An ignore of unused-suppression may be of use for the others, so it is judged last.
  const others = useless(false);
  return [...marked, ...others, ...useless(true)].sort(inOrder);
}

/** What these say about a template depends on the budget that lists it: without one, an ignore of them is not called useless. */
const needsBudget: ReadonlySet<RuleId> = new Set<RuleId>([
  "pool-overcommitted",
  "cushion-broken",
  "over-budget",
  "not-in-budget",
]);

/** What these say changes with the account, and nothing is said while nobody has read it: an ignore of them is never called useless. */
const fromAccount: ReadonlySet<RuleId> = new Set<RuleId>(["live-overcommitted", "live-limit-differs", "live-drift"]);

/** The findings in their order, those that an ignore covers with it; adds such ignores to `used`. */
function markAll(
  findings: readonly Finding[],
  all: ReadonlyMap<Uri, readonly Suppression[]>,
  used: Set<Suppression>,
): readonly Finding[] {
  const byFile = groupBy(findings, ({ place }) => place.uri);
  const coverings = new Map(Array.from(byFile, ([uri, list]) => [uri, coveringsOf(list, all.get(uri) ?? [])]));
  for (const covering of coverings.values()) for (const suppression of covering.used) used.add(suppression);
  return findings.map((finding) => {
    const by = coverings.get(finding.place.uri)?.by.get(finding);
    return by ? { ...finding, suppressed: { reason: by.reason, place: by.place } } : finding;
  });
}

function unusedFinding({ rule, place }: Suppression, options: AnalysisOptions): Finding {
  return {
    rule: "unused-suppression",
    severity: severityOf("unused-suppression", undefined, options),
    message: unusedText(rule),
    place,
    related: [],
  };
}

function unusedText(rule: string): string {
  if (rule === "") return "This ignore names no rule. Write `lambda-concurrency-ignore RULE: reason`.";
  if (isRuleId(rule)) return `Nothing here is reported by ${rule}, so this ignore has no effect. Remove it.`;
  const near = suggest(rule, Object.keys(rules));
  return `There is no rule "${rule}".${near === undefined ? "" : ` Did you mean ${near}?`}`;
}

/** Budgets, templates with what is nested in them, and wherever else a finding stands. */
function filesOf(findings: readonly Finding[], { pools, uses }: RuleContext): Set<Uri> {
  return new Set([
    ...pools.flatMap(({ budget }) => budget?.file.uri ?? []),
    ...uses.map(({ template }) => template.uri),
    ...findings.map(({ place }) => place.uri),
  ]);
}
