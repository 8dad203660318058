import type { Placed } from "../budgetFile/budgetFile.ts";
import type { ParameterValue, ParameterValues, Place, Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import { asMap, get, keyText, pairs, rootOf } from "../syntax/lookup.ts";
import { folderOf, nameOf, resolvePath } from "../uris.ts";
import type { ConfigProblem } from "./configProblem.ts";
import { readParameterFileAt } from "./parameterFile.ts";
import type { SamconfigPick } from "./samconfigAnswer.ts";
import { samconfigOf } from "./samconfigOf.ts";
import type { ConfigFileOption } from "./samconfigsFor.ts";

/** What is known about a stack beside its template. Later ones win: samconfig, the stack's parameters, parameter files, overrides. */
export interface StackConfigOptions {
  /** `--config-file`: the samconfig to read instead of the one that would be found. */
  readonly configFile?: ConfigFileOption | undefined;
  /** One of the `alternatives` of an earlier answer. */
  readonly pick?: SamconfigPick | undefined;
  /** samconfig environment for stacks that name none (`--config-env`). */
  readonly configEnv?: string | undefined;
  /** samconfig environment that the budget's stack names; a missing one is reported at its place. */
  readonly config?: Placed<string> | string | undefined;
  /** `parameters` of the budget's stack. */
  readonly stackParameters?: ReadonlyMap<string, Placed<string>> | undefined;
  /** `parameters` of the budget's stack as a path, relative to the file that `place` is in. */
  readonly parametersFile?: Placed<string> | undefined;
  /** `--parameter-file`, in order. */
  readonly parameterFiles?: readonly Uri[] | undefined;
  /** `--parameter`. */
  readonly overrides?: ReadonlyMap<string, string> | undefined;
}

/** Parameters and name under which a template is deployed. */
export interface StackConfig {
  /** What is set beyond the template's own defaults, with where it comes from. */
  readonly parameters: ParameterValues;
  /** samconfig's `stack_name`. */
  readonly stackName?: string;
  /** samconfig's `region`. */
  readonly region?: string;
  /** The samconfig environment that was used; absent when no samconfig says anything about the template. */
  readonly environment?: string;
  /** Environments that name the template side by side: what they differ in is unknown here. */
  readonly alternatives?: readonly SamconfigPick[];
  readonly problems: readonly ConfigProblem[];
  /** Every file that was read or looked for. */
  readonly reads: readonly Uri[];
}

/**
 * Collects the parameters of a stack from samconfig, the budget and the command line. When one of the files cannot be read as a
 * whole, the template's parameters that nothing else sets are unknown: the file may set them.
 */
export function stackConfig(templateUri: Uri, options: StackConfigOptions, sources: Sources): StackConfig {
  const config = typeof options.config === "string" ? { value: options.config, place: undefined } : options.config;
  const { configEnv, configFile, pick } = options;
  const { undecided: unread, ...found } = samconfigOf(
    templateUri,
    { named: config, configEnv, configFile, pick },
    sources,
  );
  const parameters = new Map<string, ParameterValue>(found.parameters);
  const problems = [...found.problems];
  const reads = [...found.reads];
  let undecided = unread === undefined ? missingEnvironment(config, found, templateUri) : unreadFile(unread);
  if (options.parametersFile) {
    const { value, place } = options.parametersFile;
    const file = readParameterFileAt(resolvePath(folderOf(place.uri), value.replace(/^file:\/\//, "")), sources);
    const missing = { place, message: `The parameter file ${value} does not exist.` };
    const mistakes = file.missing ? [missing] : file.problems;
    if (mistakes.length > 0) undecided = unreadFile(file.uri);
    reads.push(file.uri);
    problems.push(...mistakes);
    for (const [name, parameter] of file.parameters) parameters.set(name, parameter);
  }
  for (const [name, { value, place }] of options.stackParameters ?? []) {
    parameters.set(name, { value, source: { what: `parameters in ${nameOf(place.uri)}`, place } });
  }
  // They may be meant for many templates: each takes what it declares.
  const declared = options.parameterFiles ? declaredParameters(templateUri, sources) : [];
  for (const uri of options.parameterFiles ?? []) {
    const file = readParameterFileAt(uri, sources);
    if (file.problems.length > 0) undecided = unreadFile(uri);
    reads.push(uri, templateUri);
    for (const name of declared) {
      const parameter = file.parameters.get(name);
      if (parameter) parameters.set(name, parameter);
    }
  }
  for (const [name, value] of options.overrides ?? []) parameters.set(name, { value, source: { what: "--parameter" } });
  if (undecided !== undefined) {
    reads.push(templateUri);
    for (const name of declaredParameters(templateUri, sources)) {
      if (!parameters.has(name)) parameters.set(name, undecidedBy(undecided, name));
    }
  }
  return { ...found, parameters, problems, reads };
}

/** A file that may set parameters and does not tell which. */
interface Undecided {
  /** A phrase: `samconfig.toml cannot be read completely`. */
  readonly what: string;
  readonly place: Place;
}

function unreadFile(uri: Uri): Undecided {
  return { what: `${nameOf(uri)} cannot be read completely`, place: startOf(uri) };
}

function startOf(uri: Uri): Place {
  return { uri, start: 0, end: 0 };
}

/** An environment that the budget names in vain: what it was to set is not what the template's defaults say. */
function missingEnvironment(
  named: { readonly value: string; readonly place: Place | undefined } | undefined,
  found: Pick<StackConfig, "environment" | "alternatives">,
  templateUri: Uri,
): Undecided | undefined {
  if (!named || found.environment !== undefined || found.alternatives) return undefined;
  return { what: `environment ${named.value} does not exist`, place: named.place ?? startOf(templateUri) };
}

function undecidedBy({ what, place }: Undecided, name: string): ParameterValue {
  return { value: { unknown: `${what} and may set ${name}` }, source: { what: nameOf(place.uri), place } };
}

function declaredParameters(templateUri: Uri, sources: Sources): readonly string[] {
  const file = sources.get(templateUri);
  const declared = "error" in file ? undefined : asMap(get(rootOf(file.tree), "Parameters"));
  return declared ? pairs(declared).flatMap((pair) => keyText(pair) ?? []) : [];
}
