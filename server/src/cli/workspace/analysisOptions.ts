import { type AnalysisOptions, readAssignments } from "#core";
import { UsageError } from "../exitCodes.ts";
import { givenFiles } from "../givenFiles.ts";
import type { Io } from "../io.ts";
import type { OptionSpecs, Options } from "../options.ts";

/** Options that say which samconfig counts. */
export const samconfigOptions = {
  "config-env": { value: "NAME", help: "samconfig environment to read parameters from (default: default)" },
  "config-file": {
    value: "PATH",
    help: "samconfig to read (.toml, .yaml or .yml), relative to the template's folder, else to the current one (default: the samconfig beside the template, else those that name it as template_file)",
  },
} as const satisfies OptionSpecs;

/** Options that say under which parameters a template is read. */
export const parameterOptions = {
  parameter: {
    value: "KEY=VALUE",
    multiple: true,
    help: "value of a template parameter; beats defaults, samconfig and the budget; repeatable",
  },
  "parameter-file": {
    value: "FILE",
    multiple: true,
    help: "parameter file of CloudFormation, CodePipeline or Git sync (JSON or YAML); beats samconfig and the budget, yields to --parameter; repeatable, later ones win",
  },
  ...samconfigOptions,
} as const satisfies OptionSpecs;

/** Options that state the numbers of the account. */
export const accountOptions = {
  limit: {
    value: "N",
    wholeNumberFrom: 1,
    help: "concurrent executions of the account and Region; beats every budget",
  },
  floor: { value: "N", wholeNumberFrom: 0, help: "what Lambda insists on leaving unreserved; beats every budget" },
} as const satisfies OptionSpecs;

/** The part of the analysis options that the command line states. */
export function analysisOptions(options: Options, io: Io): AnalysisOptions {
  const limit = options.number("limit");
  const floor = options.number("floor");
  const configEnv = options.text("config-env");
  const region = options.text("region");
  return {
    parameters: parametersOf(options),
    ...givenFiles(options, io),
    together: options.has("together"),
    ...(limit !== undefined && { limit }),
    ...(floor !== undefined && { floor }),
    ...(configEnv !== undefined && { configEnv }),
    ...(region !== undefined && { region }),
  };
}

/** The values of `--parameter` by name; the last of a name counts. */
export function parametersOf(options: Options): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const given of options.list("parameter")) {
    const assignments = readAssignments(given);
    if (!assignments) throw new UsageError(`--parameter takes KEY=VALUE, not "${given}".${assignmentAdvice(given)}`);
    for (const { name, value } of assignments) parameters.set(name, value);
  }
  return parameters;
}

/** Where the AWS CLI takes the path of a parameter file. */
function assignmentAdvice(given: string): string {
  if (/^file:\/\/|\.(?:json|ya?ml)$/.test(given)) return " A parameter file goes with --parameter-file.";
  return given.indexOf("=") > 0 ? " Give several one by one, or quote a value with blanks: A='x y' B=2." : "";
}
