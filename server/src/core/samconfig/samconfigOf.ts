import type { ParameterValue, ParameterValues, Place, Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import type { ConfigProblem } from "./configProblem.ts";
import type { ConfigValue } from "./configValue.ts";
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

/** What samconfig says about a template. */
export interface SamconfigAnswer {
  readonly parameters: ParameterValues;
  readonly stackName?: string;
  readonly region?: string;
  /** The environment that was used. */
  readonly environment?: string;
  readonly problems: readonly ConfigProblem[];
  readonly reads: readonly Uri[];
  /** A file that could not be read as a whole: it may set more parameters. */
  readonly undecided?: Uri;
}

/** The environment that a budget names, with where it does. */
export interface NamedEnvironment {
  readonly value: string;
  readonly place: Place | undefined;
}

/** How many folders above a template are searched for a samconfig that names it. */
const MAX_ANCESTORS = 8;

/**
 * What the samconfig of a template says about it: the one beside it, else, when an environment is named, the nearest one above
 * whose environment has it as `template_file` (one samconfig at the root of a repository with an environment per service).
 */
export function samconfigOf(
  templateUri: Uri,
  named: NamedEnvironment | undefined,
  configEnv: string | undefined,
  sources: Sources,
): SamconfigAnswer {
  const reads: Uri[] = [];
  const environment = named?.value ?? configEnv ?? DEFAULT_ENVIRONMENT;
  const isNamed = named !== undefined || configEnv !== undefined;
  const nothing = (...problems: readonly ConfigProblem[]) => ({ parameters: new Map(), problems, reads });
  const beside = findSamconfig(folderOf(templateUri), sources, reads);
  const config = beside ?? (isNamed ? findAbove(templateUri, environment, sources, reads) : undefined);
  if (!config) return nothing(...(named ? [missingFile(named, templateUri)] : []));
  if ("problem" in config) return { ...nothing(config.problem), undecided: config.problem.place.uri };
  const refused = checkSamconfig(config);
  const options = deployOptions(config, environment);
  if (!options) {
    const missing = isNamed ? [missingEnvironment(config, environment, named)] : [];
    return nothing(...(refused ? [refused] : missing));
  }
  // A stack that names the environment itself has decided that it is meant.
  if (!named && namesOtherTemplate(config, options, templateUri, sources, reads)) return nothing();
  const { parameters, problems, undecided } = overridesOf(config, options, environment, sources, reads);
  const stackName = textOption(options, "stack_name");
  const region = textOption(options, "region");
  return {
    parameters,
    ...(stackName === undefined ? {} : { stackName }),
    ...(region === undefined ? {} : { region }),
    environment,
    problems: refused ? [refused, ...problems] : problems,
    reads,
    ...(undecided === undefined ? {} : { undecided }),
  };
}

function overridesOf(
  config: ReadConfig,
  options: ReadonlyMap<string, ConfigValue>,
  environment: string,
  sources: Sources,
  reads: Uri[],
): Pick<SamconfigAnswer, "parameters" | "problems" | "undecided"> {
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
  const { problems } = read;
  return { parameters, problems, ...(problems.length > 0 ? { undecided: config.uri } : {}) };
}

function findAbove(templateUri: Uri, environment: string, sources: Sources, reads: Uri[]): ReadConfig | undefined {
  let folder = folderOf(templateUri);
  for (let i = 0; i < MAX_ANCESTORS; i++) {
    const parent = resolvePath(folder, "..");
    if (sameFile(parent, folder)) return undefined;
    folder = parent;
    const config = findSamconfig(folder, sources, reads);
    if (!config) continue;
    const options = "problem" in config ? undefined : deployOptions(config, environment);
    const path = options && templateOption(options);
    const isMeant = path !== undefined && sameFile(resolvePath(folder, path), templateUri);
    return isMeant && !("problem" in config) ? config : undefined;
  }
  return undefined;
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
  const path = templateOption(options);
  if (path === undefined || /(?:^|[/\\])\.aws-sam[/\\]|packaged|output/i.test(path)) return false;
  const named = resolvePath(folderOf(config.uri), path);
  if (sameFile(named, templateUri)) return false;
  reads.push(named);
  const file = sources.get(named);
  return !("error" in file) && (file.kind === "sam" || file.kind === "cloudformation");
}

function templateOption(options: ReadonlyMap<string, ConfigValue>): string | undefined {
  return textOption(options, "template_file") ?? textOption(options, "template");
}

function missingFile(named: NamedEnvironment, templateUri: Uri): ConfigProblem {
  const message = `There is no samconfig.toml, .yaml or .yml beside the template, so its environment \`${named.value}\` cannot be used.`;
  return { place: named.place ?? { uri: templateUri, start: 0, end: 0 }, message };
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
