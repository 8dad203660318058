import { basename, resolve } from "node:path";
import { type AnalysisOptions, readParameterFileAt, type Sources, samconfigsFor, type Uri } from "#core";
import { toUri } from "#workspaceFiles";
import { complain } from "./complain.ts";
import { UsageError } from "./exitCodes.ts";
import type { Io } from "./io.ts";
import type { Names } from "./names.ts";
import type { Options } from "./options.ts";

/** The files that `--parameter-file` and `--config-file` name, as options of the analysis. */
export function givenFiles(options: Options, io: Io): Pick<AnalysisOptions, "parameterFiles" | "configFile"> {
  const parameterFiles = options.list("parameter-file").map((file) => pathOf(file, io));
  const path = options.text("config-file");
  return {
    ...(parameterFiles.length > 0 && { parameterFiles: parameterFiles.map(toUri) }),
    ...(path !== undefined && { configFile: { path, folder: toUri(io.cwd) } }),
  };
}

/** Absolute paths of the same files: they may be read wherever they lie. */
export function givenPaths(options: Options, io: Io): readonly string[] {
  return [...options.list("parameter-file"), ...options.list("config-file")].map((file) => pathOf(file, io));
}

/** Refuses a parameter file with anything in it that is not understood, and a samconfig that SAM CLI would refuse by its name. */
export function checkGivenFiles(options: Options, sources: Sources, io: Io): void {
  const config = options.text("config-file");
  if (config !== undefined && !/\.(?:toml|ya?ml)$/.test(config))
    throw new UsageError(`--config-file ${config}: SAM CLI reads samconfig files of type .toml, .yaml and .yml.`);
  for (const given of options.list("parameter-file")) {
    const { missing, problems } = readParameterFileAt(toUri(pathOf(given, io)), sources);
    if (missing) throw new UsageError(`--parameter-file ${given}: There is no such file.`);
    const [problem] = problems;
    // Here the file is named already.
    if (problem)
      throw new UsageError(`--parameter-file ${given}: ${problem.message.replace(`${basename(given)}: `, "")}`);
  }
}

/** The parameters that the parameter files set, each with what to call it in a message. */
export function parametersInFiles(options: Options, sources: Sources, io: Io) {
  return options.list("parameter-file").flatMap((given) => {
    const { parameters } = readParameterFileAt(toUri(pathOf(given, io)), sources);
    return [...parameters.keys()].map((name) => ({ name, what: `--parameter-file ${given}: ${name}` }));
  });
}

/** The templates that were read, with what the workspace looked at for them. */
export interface ReadTemplates {
  readonly templates: readonly Uri[];
  /** The environments under which they were read. */
  readonly environments: ReadonlySet<string | undefined>;
  readonly sources: Sources;
  readonly names: Names;
}

/** A mistyped environment or samconfig must not pass as the default one: says on stderr which was not used, and why. */
export function noteSamconfig(options: Options, read: ReadTemplates, io: Io): void {
  const { configFile } = givenFiles(options, io);
  const searches = [...new Set(read.templates)].map((uri) => samconfigsFor(uri, configFile, read.sources, []));
  const note = (message: string) => complain(message, io);
  if (configFile) {
    const without = searches.filter(({ found, broken }) => found.length === 0 && !broken);
    if (searches.length > 0 && without.length === searches.length)
      throw new UsageError(
        `--config-file ${configFile.path}: There is no such file, neither beside a template nor here.`,
      );
    for (const { target } of without)
      note(
        `--config-file ${configFile.path}: not there for ${read.names.of(target.uri)}, which is read without a samconfig.`,
      );
  }
  const name = options.text("config-env");
  if (name === undefined || read.environments.has(name)) return;
  const all = new Map(
    searches.flatMap(({ found, others }) => [...found, ...others]).map(({ config }) => [config.uri, config]),
  );
  const having = [...all.values()].find(({ root }) => root.kind === "map" && root.entries.get(name)?.kind === "map");
  note(
    having
      ? `--config-env ${name}: ${read.names.of(having.uri)} has this environment, but for no template that was read (template_file).`
      : `--config-env ${name}: no samconfig that was read has this environment.`,
  );
}

function pathOf(file: string, { cwd }: Io): string {
  return resolve(cwd, file.replace(/^file:\/\//, ""));
}
