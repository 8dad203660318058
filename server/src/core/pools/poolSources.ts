import type { BudgetFile } from "../budgetFile/budgetFile.ts";
import { readBudgetFile } from "../budgetFile/readBudgetFile.ts";
import { type ResolvedStack, resolveStack } from "../cases/resolveStack.ts";
import type { ParameterValues, Uri } from "../model.ts";
import { type StackConfig, type StackConfigOptions, stackConfig } from "../samconfig/stackConfig.ts";
import type { SourceFile, Sources } from "../sources.ts";

/** What pools are built from. A workspace gives it from memory where nothing has changed. */
export interface PoolSources {
  readonly sources: Sources;
  budget(file: SourceFile): BudgetFile;
  config(template: Uri, options: StackConfigOptions): StackConfig;
  resolve(template: Uri, parameters: ParameterValues): ResolvedStack;
}

/** Everything worked out anew each time. */
export function freshPoolSources(sources: Sources): PoolSources {
  return {
    sources,
    budget: (file) => readBudgetFile(file.uri, file.text, file.tree),
    config: (template, options) => stackConfig(template, options, sources),
    resolve: (template, parameters) => resolveStack(template, parameters, sources),
  };
}
