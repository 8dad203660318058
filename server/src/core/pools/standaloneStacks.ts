import type { AnalysisOptions } from "../analysis.ts";
import type { Uri } from "../model.ts";
import type { StackConfig } from "../samconfig/stackConfig.ts";
import type { Answers } from "./answers.ts";
import { folderName } from "./paths.ts";
import { configOf, environmentOf } from "./stackConfigs.ts";
import type { ConfiguredStack } from "./stacks.ts";
import { regionOf, samconfigName, surroundingsOf, withSurroundings } from "./surroundings.ts";

/** A template that no budget lists, as the stack that its samconfig describes. Where several environments name it side by side, what they differ in is unknown. */
export function standaloneStack(uri: Uri, options: AnalysisOptions, answers: Answers): ConfiguredStack {
  return stackUnder(uri, configOf(uri, undefined, options, answers), options, answers);
}

/** The same with one stack for each of such environments. */
export function standaloneStacks(uri: Uri, options: AnalysisOptions, answers: Answers): readonly ConfiguredStack[] {
  const { alternatives } = configOf(uri, undefined, options, answers);
  if (!alternatives) return [standaloneStack(uri, options, answers)];
  return alternatives.map((pick) => {
    const config = configOf(uri, undefined, options, answers, pick);
    const { stack } = stackUnder(uri, config, options, answers);
    return { config, stack: { ...stack, label: pick.label } };
  });
}

function stackUnder(uri: Uri, config: StackConfig, options: AnalysisOptions, answers: Answers): ConfiguredStack {
  const called = samconfigName(config);
  const surroundings = surroundingsOf(called, undefined, options, config);
  const template = answers.resolve(uri, withSurroundings(config.parameters, surroundings));
  const name = called?.value ?? folderName(uri);
  return { config, stack: { name, template, instances: 1, ...environmentOf(config), ...regionOf(surroundings) } };
}
