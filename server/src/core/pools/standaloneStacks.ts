import type { AnalysisOptions } from "../analysis.ts";
import type { Uri } from "../model.ts";
import type { StackConfig } from "../samconfig/stackConfig.ts";
import { folderName } from "./paths.ts";
import type { PoolSources } from "./poolSources.ts";
import { configOf, environmentOf } from "./stackConfigs.ts";
import type { ConfiguredStack } from "./stacks.ts";
import { regionOf, samconfigName, surroundingsOf, withSurroundings } from "./surroundings.ts";

/** A template that no budget lists, as the stack that its samconfig describes. Where several environments name it side by side, what they differ in is unknown. */
export function standaloneStack(uri: Uri, options: AnalysisOptions, poolSources: PoolSources): ConfiguredStack {
  return stackUnder(uri, configOf(uri, undefined, options, poolSources), options, poolSources);
}

/** The same with one stack for each of such environments. */
export function standaloneStacks(
  uri: Uri,
  options: AnalysisOptions,
  poolSources: PoolSources,
): readonly ConfiguredStack[] {
  const { alternatives } = configOf(uri, undefined, options, poolSources);
  if (!alternatives) return [standaloneStack(uri, options, poolSources)];
  return alternatives.map((pick) => {
    const config = configOf(uri, undefined, options, poolSources, pick);
    const { stack } = stackUnder(uri, config, options, poolSources);
    return { config, stack: { ...stack, label: pick.label } };
  });
}

function stackUnder(
  uri: Uri,
  config: StackConfig,
  options: AnalysisOptions,
  poolSources: PoolSources,
): ConfiguredStack {
  const called = samconfigName(config);
  const surroundings = surroundingsOf(called, undefined, options, config);
  const template = poolSources.resolve(uri, withSurroundings(config.parameters, surroundings));
  const name = called?.value ?? folderName(uri);
  return { config, stack: { name, template, instances: 1, ...environmentOf(config), ...regionOf(surroundings) } };
}
