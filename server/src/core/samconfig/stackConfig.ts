import type { Placed } from "../budgetFile/budgetFile.ts";
import type { ParameterValue, ParameterValues, Place, Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import type { ConfigProblem } from "./configProblem.ts";
import type { ConfigValue } from "./configValue.ts";
import { readParameterFileAt } from "./parameterFile.ts";
import type { ReadConfig } from "./readConfig.ts";
import { readOverrides } from "./readOverrides.ts";
import {
  checkSamconfig,
  DEFAULT_ENVIRONMENT,
  deployOptions,
  environmentsOf,
  findSamconfig,
  textOption,
} from "./samconfig.ts";
import { folderOf, nameOf, resolvePath, sameFile } from "./uris.ts";

/** What is known about a stack beside its template. Later ones win: samconfig, the stack's parameters, overrides. */
export interface StackConfigOptions {
  /** samconfig environment for stacks that name none (`--config-env`). */
  readonly configEnv?: string | undefined;
  /** samconfig environment that the budget's stack names; a missing one is reported at its place. */
  readonly config?: Placed<string> | string | undefined;
  /** `parameters` of the budget's stack. */
  readonly stackParameters?: ReadonlyMap<string, Placed<string>> | undefined;
  /** `parameters` of the budget's stack as a path, relative to the file that `place` is in. */
  readonly parametersFile?: Placed<string> | undefined;
  /** `--parameter`. */
  readonly overrides?: ReadonlyMap<string, string> | undefined;
}

/** Parameters and name under which a template is deployed. */
export interface StackConfig {
  /** What is set beyond the template's own defaults, with where it comes from. */
  readonly parameters: ParameterValues;
  /** samconfig's `stack_name`. */
  readonly stackName?: string;
  /** The samconfig environment that was used; absent when no samconfig says anything about the template. */
  readonly environment?: string;
  readonly problems: readonly ConfigProblem[];
  /** Every file that was read or looked for. */
  readonly reads: readonly Uri[];
}

/** Collects the parameters of a stack from samconfig, the budget and the command line. */
export function stackConfig(templateUri: Uri, options: StackConfigOptions, sources: Sources): StackConfig {
  const config = typeof options.config === "string" ? { value: options.config, place: undefined } : options.config;
  const found = fromSamconfig(templateUri, config, options.configEnv, sources);
  const parameters = new Map<string, ParameterValue>(found.parameters);
  const problems = [...found.problems];
  const reads = [...found.reads];
  if (options.parametersFile) {
    const { value, place } = options.parametersFile;
    const file = readParameterFileAt(resolvePath(folderOf(place.uri), value.replace(/^file:\/\//, "")), sources);
    reads.push(file.uri);
    problems.push(
      ...(file.missing ? [{ place, message: `The parameter file ${value} does not exist.` }] : file.problems),
    );
    for (const [name, parameter] of file.parameters) parameters.set(name, parameter);
  }
  for (const [name, { value, place }] of options.stackParameters ?? []) {
    parameters.set(name, { value, source: { what: `parameters in ${nameOf(place.uri)}`, place } });
  }
  for (const [name, value] of options.overrides ?? []) parameters.set(name, { value, source: { what: "--parameter" } });
  return { ...found, parameters, problems, reads };
}

interface NamedEnvironment {
  readonly value: string;
  readonly place: Place | undefined;
}

/** What the samconfig beside the template says about it. */
function fromSamconfig(
  templateUri: Uri,
  named: NamedEnvironment | undefined,
  configEnv: string | undefined,
  sources: Sources,
): StackConfig {
  const reads: Uri[] = [];
  const folder = folderOf(templateUri);
  const environment = named?.value ?? configEnv ?? DEFAULT_ENVIRONMENT;
  const nothing = (...problems: readonly ConfigProblem[]): StackConfig => ({ parameters: new Map(), problems, reads });
  const config = findSamconfig(folder, sources, reads);
  if (!config) return nothing(...(named ? [missingFile(named, folder)] : []));
  if ("problem" in config) return nothing(config.problem);
  const refused = checkSamconfig(config);
  const options = deployOptions(config, environment);
  if (!options) {
    const missing = named || configEnv !== undefined ? [missingEnvironment(config, environment, named)] : [];
    return nothing(...(refused ? [refused] : missing));
  }
  // A stack that names the environment itself has decided that it is meant.
  if (!named && namesOtherTemplate(config, options, templateUri, sources, reads)) return nothing();
  const { parameters, problems } = overridesOf(config, options, environment, sources, reads);
  const stackName = textOption(options, "stack_name");
  return {
    parameters,
    ...(stackName === undefined ? {} : { stackName }),
    environment,
    problems: refused ? [refused, ...problems] : problems,
    reads,
  };
}

function overridesOf(
  config: ReadConfig,
  options: ReadonlyMap<string, ConfigValue>,
  environment: string,
  sources: Sources,
  reads: Uri[],
): { readonly parameters: ParameterValues; readonly problems: readonly ConfigProblem[] } {
  const value = options.get("parameter_overrides");
  if (!value) return { parameters: new Map(), problems: [] };
  const read = readOverrides(value, config, sources);
  reads.push(...read.reads);
  const samconfig = `${nameOf(config.uri)} [${environment}]`;
  const parameters = new Map<string, ParameterValue>();
  for (const [name, { value: text, place }] of read.overrides) {
    const what = place.uri === config.uri ? samconfig : `${nameOf(place.uri)}, included by ${samconfig}`;
    parameters.set(name, { value: text, source: { what, place } });
  }
  return { parameters, problems: read.problems };
}

/**
 * Whether the samconfig belongs to another template: its `template_file` names one that exists and is not this one. SAM CLI
 * would apply it to any template given on the command line; here nobody gave one, so it is taken at its word. What
 * `sam build` and `sam package` write stands for the template it is made from.
 */
function namesOtherTemplate(
  config: ReadConfig,
  options: ReadonlyMap<string, ConfigValue>,
  templateUri: Uri,
  sources: Sources,
  reads: Uri[],
): boolean {
  const path = textOption(options, "template_file") ?? textOption(options, "template");
  if (path === undefined || /(?:^|[/\\])\.aws-sam[/\\]|packaged|output/i.test(path)) return false;
  const named = resolvePath(folderOf(config.uri), path);
  if (sameFile(named, templateUri)) return false;
  reads.push(named);
  const file = sources.get(named);
  return !("error" in file) && (file.kind === "sam" || file.kind === "cloudformation");
}

function missingFile(named: NamedEnvironment, folder: Uri): ConfigProblem {
  const message = `There is no samconfig.toml, .yaml or .yml beside the template, so its environment \`${named.value}\` cannot be used.`;
  return { place: named.place ?? { uri: folder, start: 0, end: 0 }, message };
}

function missingEnvironment(
  config: ReadConfig,
  environment: string,
  named: NamedEnvironment | undefined,
): ConfigProblem {
  const known = environmentsOf(config);
  const hint = known.length > 0 ? `It has ${known.slice(0, 10).join(", ")}.` : "It has none.";
  const message = `${nameOf(config.uri)} has no environment \`${environment}\`. ${hint}`;
  return { place: named?.place ?? { uri: config.uri, start: 0, end: 0 }, message };
}
