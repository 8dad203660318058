import type { AnalysisOptions } from "../analysis.ts";
import type { Finding, Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import { type Lookalike, lookalikeOf } from "../template/lookalike.ts";
import { many } from "../wording/words.ts";
import { type FindingDraft, toFindings } from "./findingDraft.ts";
import { createRuleContext } from "./ruleContext.ts";
import { suppress } from "./suppress.ts";

/** `not-checked`: files that are meant as a budget or hold functions, and are not read as that. */
export function notChecked(others: readonly Uri[], sources: Sources, options: AnalysisOptions): Finding[] {
  const drafts = others.flatMap((uri): FindingDraft[] => {
    const file = sources.get(uri);
    const lookalike = "error" in file ? undefined : lookalikeOf(file);
    if (!lookalike) return [];
    return [{ rule: "not-checked", place: { uri, ...lookalike.place }, text: textOf(uri, lookalike) }];
  });
  if (drafts.length === 0) return [];
  const context = createRuleContext([], sources, new Map());
  const findings = suppress(toFindings(drafts, context, options), context, sources, options);
  return findings.filter(({ rule }) => options.levels?.[rule] !== "off");
}

function textOf(uri: Uri, { kind, functions }: Lookalike): string {
  switch (kind) {
    case "budget":
      return `This looks like a budget, but it does not count: its name is not that of a budget file. Rename it to ${budgetName(uri)}.`;
    case "resources":
      return `${many(functions, "Lambda function")} without Resources around them: this is no template, so nothing in it is checked. Check the template that it becomes part of.`;
    case "serverless":
      return `A Serverless Framework file with ${many(functions, "function")}, none of them checked. Run serverless package, then check .serverless/cloudformation-template-update-stack.json.`;
  }
}

/** `prod.Concurrency_Budget.json` → `prod.concurrency-budget.yaml`. */
function budgetName(uri: Uri): string {
  const name = decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1));
  let end = name.search(/concurrency/i);
  while (end > 0 && "-_. ".includes(name[end - 1] as string)) end--;
  return end > 0 ? `${name.slice(0, end)}.concurrency-budget.yaml` : "concurrency-budget.yaml";
}
