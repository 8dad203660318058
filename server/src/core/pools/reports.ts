import type { AnalysisInput, FileReport, Pool } from "../analysis.ts";
import type { ResolvedTemplate, Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import { firstMistake, type Mistake } from "./mistakes.ts";
import { isTemplate } from "./stacks.ts";

/** What is known about each file that was named, listed by a budget, or nested; sorted by URI. */
export function reportFiles(input: AnalysisInput, pools: readonly Pool[], sources: Sources): readonly FileReport[] {
  const functions = countFunctions(pools);
  const uris = new Set([...input.budgets, ...input.templates, ...functions.keys()]);
  return [...uris].sort().map((uri) => {
    const file = sources.get(uri);
    if ("error" in file) return { uri, kind: "other", functions: 0, error: file.error };
    const report: FileReport = { uri, kind: file.kind, functions: functions.get(uri) ?? 0 };
    const mistake = isTemplate(file.kind) ? firstMistake(file) : undefined;
    return mistake ? { ...report, error: sentence(mistake) } : report;
  });
}

function sentence({ line, column, message, count }: Mistake): string {
  const rest = count === 1 ? "" : ` (and ${count - 1} more)`;
  return `Line ${line}, column ${column}: ${message}${rest}`;
}

/** Functions per file; a file that stands in several stacks counts where it has most. */
function countFunctions(pools: readonly Pool[]): ReadonlyMap<Uri, number> {
  const counts = new Map<Uri, number>();
  const visit = (template: ResolvedTemplate) => {
    counts.set(template.uri, Math.max(counts.get(template.uri) ?? 0, template.functions.length));
    for (const { template: child } of template.nested) if (child) visit(child);
  };
  for (const pool of pools) for (const { template } of pool.stacks) visit(template);
  return counts;
}
