import type { Analysis, AnalysisOptions, Pool } from "#core";
import { Workspace } from "#core";
import { MemoryFiles, uriOf } from "#support/memoryFiles.ts";

/** Analyses files in memory: those named like budgets are budgets, all other YAML and JSON files are offered as templates. */
export function analyse(texts: Readonly<Record<string, string>>, options: AnalysisOptions = {}): Analysis {
  const paths = Object.keys(texts);
  const budgets = paths.filter((path) => path.endsWith("concurrency-budget.yaml"));
  const templates = paths.filter((path) => !budgets.includes(path) && /\.(ya?ml|json)$/.test(path));
  return new Workspace(new MemoryFiles(texts)).analyse({
    budgets: budgets.map(uriOf),
    templates: templates.map(uriOf),
    options,
  });
}

/** The only pool of an analysis. */
export function onlyPool(analysis: Analysis): Pool {
  const [pool, ...others] = analysis.pools;
  if (!pool || others.length > 0) throw new Error(`expected one pool, got ${analysis.pools.map(({ name }) => name)}`);
  return pool;
}

/** A CloudFormation template with one function per entry: the reservation, or all its properties as YAML. */
export function template(functions: Readonly<Record<string, number | string>>, head = ""): string {
  const resources = Object.entries(functions).map(([id, properties]) => {
    const body =
      typeof properties === "number" ? `{ ReservedConcurrentExecutions: ${properties} }` : `{ ${properties} }`;
    return `  ${id}:\n    Type: AWS::Lambda::Function\n    Properties: ${body}\n`;
  });
  return `AWSTemplateFormatVersion: "2010-09-09"\n${head}Resources:\n${resources.join("")}`;
}
