import type { AnalysisOptions, Stack } from "../analysis.ts";
import type { BudgetStack } from "../budgetFile/budgetFile.ts";
import type { Uri } from "../model.ts";
import type { SamconfigPick } from "../samconfig/samconfigAnswer.ts";
import type { StackConfig } from "../samconfig/stackConfig.ts";
import type { PoolSources } from "./poolSources.ts";

/** Of environments that name the template side by side, the one whose stack name the entry has. */
export function entryConfig(
  uri: Uri,
  entry: BudgetStack,
  options: AnalysisOptions,
  poolSources: PoolSources,
): StackConfig {
  const config = configOf(uri, entry, options, poolSources);
  const [name, ...more] = entry.names;
  if (!config.alternatives || !name || more.length > 0) return config;
  const picked = config.alternatives.map((pick) => configOf(uri, entry, options, poolSources, pick));
  const [only, ...others] = picked.filter(({ stackName }) => stackName === name.value);
  return only && others.length === 0 ? only : config;
}

/** The parameters and name of a template, as a stack entry or, without one, samconfig and the options say. */
export function configOf(
  uri: Uri,
  entry: BudgetStack | undefined,
  options: AnalysisOptions,
  poolSources: PoolSources,
  pick?: SamconfigPick,
): StackConfig {
  return poolSources.config(uri, {
    pick,
    configEnv: options.configEnv,
    configFile: options.configFile,
    parameterFiles: options.parameterFiles,
    config: entry?.config,
    stackParameters: entry?.parameters,
    parametersFile: entry?.parametersFile,
    overrides: options.parameters,
  });
}

/** The samconfig environment of a stack, where there is one. */
export function environmentOf(config: StackConfig): Pick<Stack, "environment"> {
  return config.environment === undefined ? {} : { environment: config.environment };
}
