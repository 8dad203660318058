import type { AnalysisOptions } from "../analysis.ts";
import type { ParameterValues, Uri } from "../model.ts";
import type { StackConfigOptions } from "../samconfig/stackConfig.ts";

/** Equal for equal questions, places included: results hold the places of what they were made from. */
export function configKey(template: Uri, options: StackConfigOptions): string {
  const { stackParameters, overrides, ...others } = options;
  return JSON.stringify([template, others, pairsOf(stackParameters), pairsOf(overrides)]);
}

export function parametersKey(parameters: ParameterValues): string {
  return JSON.stringify(pairsOf(parameters));
}

/** Of what findings depend on beside the pools. Account facts are not part of it: pools are made anew when theirs change. */
export function optionsKey({ snapshots: _, links: __, linkAll: ___, ...options }: AnalysisOptions): string {
  return JSON.stringify({ ...options, parameters: pairsOf(options.parameters) });
}

function pairsOf(map: ReadonlyMap<string, unknown> | undefined): readonly unknown[] {
  return map ? [...map] : [];
}
