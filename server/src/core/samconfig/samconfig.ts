import type { Place, Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import { fileIn, nameOf } from "../uris.ts";
import type { ConfigProblem } from "./configProblem.ts";
import { type ConfigMap, type ConfigValue, valueAt } from "./configValue.ts";
import { type ReadConfig, readConfig, type UnreadConfig } from "./readConfig.ts";

/** In the order SAM CLI prefers them; JSON is switched off there. */
const NAMES = ["samconfig.toml", "samconfig.yaml", "samconfig.yml"];

/** Environment that is used when none is named. */
export const DEFAULT_ENVIRONMENT = "default";

/** The samconfig of a folder, or a problem that keeps it from being read; undefined when there is none. */
export function findSamconfig(folder: Uri, sources: Sources, reads: Uri[]): ReadConfig | UnreadConfig | undefined {
  for (const name of NAMES) {
    const uri = fileIn(folder, name);
    reads.push(uri);
    const read = readConfig(uri, sources);
    if (read !== "missing") return read;
  }
  return undefined;
}

/** What SAM CLI refuses about a samconfig as a whole: no mapping, or a `version` that is missing or no float. */
export function checkSamconfig(config: ReadConfig): ConfigProblem | undefined {
  const name = nameOf(config.uri);
  const { root } = config;
  const start: Place = { uri: config.uri, start: 0, end: 0 };
  if (root.kind === "nothing" || (root.kind === "map" && root.entries.size === 0)) return undefined;
  if (root.kind !== "map")
    return { place: start, message: `${name} must hold tables such as [default.deploy.parameters].` };
  const version = root.entries.get("version");
  if (version?.kind === "text" && version.type === "float") return undefined;
  const message = version
    ? `SAM CLI refuses ${name}: \`version\` must be a number with a point, such as 0.1.`
    : `SAM CLI refuses ${name}: it needs \`version = 0.1\`.`;
  return { place: version?.place ?? start, message: name.endsWith(".toml") ? message : message.replace(" = ", ": ") };
}

/** Names of the environments that a samconfig declares. */
export function environmentsOf(config: ReadConfig): readonly string[] {
  if (config.root.kind !== "map") return [];
  return [...config.root.entries].filter(([, value]) => value.kind === "map").map(([name]) => name);
}

/** Options of `sam deploy` in an environment: `global` with `deploy` above it; undefined when there is no such environment. */
export function deployOptions(config: ReadConfig, environment: string): ReadonlyMap<string, ConfigValue> | undefined {
  const table = valueAt(config.root, [environment]);
  if (table?.kind !== "map") return undefined;
  const options = new Map<string, ConfigValue>();
  for (const command of ["global", "deploy"]) {
    for (const [name, value] of parametersOf(table, command)) options.set(name, value);
  }
  return options;
}

/** A text option, e.g. `stack_name`. */
export function textOption(options: ReadonlyMap<string, ConfigValue>, name: string): string | undefined {
  const value = options.get(name);
  return value?.kind === "text" && value.text !== "" ? value.text : undefined;
}

function parametersOf(environment: ConfigMap, command: string): ReadonlyMap<string, ConfigValue> {
  const parameters = valueAt(environment, [command, "parameters"]);
  return parameters?.kind === "map" ? parameters.entries : new Map();
}
