import type { AnalysisInput, FileReport, MissingStack, Pool } from "../analysis.ts";
import type { ResolvedTemplate, Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import { firstMistake, type Mistake } from "./mistakes.ts";
import { isTemplate } from "./stacks.ts";

/** What is known about each file that was named, listed by a budget, or nested; sorted by URI. */
export function reportFiles(input: AnalysisInput, pools: readonly Pool[], sources: Sources): readonly FileReport[] {
  const templates = countFunctions(pools);
  const leftOut = new Map(pools.flatMap(({ missingStacks }) => missingStacks.flatMap(filesOf)));
  const uris = new Set([...input.budgets, ...input.templates, ...templates.keys(), ...leftOut.keys()]);
  return [...uris].sort().map((uri) => {
    const why = leftOut.get(uri);
    if (why !== undefined && !templates.has(uri)) return { uri, kind: "other", functions: 0, error: why };
    const file = sources.get(uri);
    if ("error" in file) return { uri, kind: "other", functions: 0, error: file.error };
    const { functions = 0, cut } = templates.get(uri) ?? {};
    const report: FileReport = { uri, kind: file.kind, functions };
    const mistake = isTemplate(file.kind) ? firstMistake(file) : undefined;
    if (mistake) return { ...report, error: sentence(mistake) };
    return cut === undefined ? report : { ...report, error: `Not everything in it is counted: ${cut}.`, cut: true };
  });
}

function filesOf({ files = [] }: MissingStack): (readonly [Uri, string])[] {
  return files.map(({ uri, why }) => [uri, why]);
}

function sentence({ line, column, message, count }: Mistake): string {
  const rest = count === 1 ? "" : ` (and ${count - 1} more)`;
  return `Line ${line}, column ${column}: ${message}${rest}`;
}

/** What is known of a template over all stacks that it stands in. */
interface Counted {
  /** Where it has most. */
  readonly functions: number;
  /** Why it was not read to its end, as a phrase. */
  readonly cut: string | undefined;
}

function countFunctions(pools: readonly Pool[]): ReadonlyMap<Uri, Counted> {
  const counts = new Map<Uri, Counted>();
  const visit = (template: ResolvedTemplate) => {
    const before = counts.get(template.uri);
    const functions = Math.max(before?.functions ?? 0, template.functions.length);
    const cut = before?.cut ?? template.blindSpots.find((spot) => spot.cut)?.reason;
    counts.set(template.uri, { functions, cut });
    for (const { template: child } of template.nested) if (child) visit(child);
  };
  for (const pool of pools) for (const { template } of pool.stacks) visit(template);
  return counts;
}
