import type { Uri } from "../model.ts";
import { readAs, type Sources } from "../sources.ts";
import { nameOf } from "../uris.ts";
import type { ConfigProblem } from "./configProblem.ts";
import type { ConfigValue } from "./configValue.ts";
import { readToml } from "./readToml.ts";
import { readYaml } from "./readYaml.ts";
import { type IndexedConfig, indexTemplates, type TemplateIndex } from "./templateIndex.ts";

/** Larger configuration files are refused: a real one has a few kilobytes. */
const MAX_LENGTH = 1_000_000;

/** A configuration file by its extension. */
export interface ReadConfig {
  readonly uri: Uri;
  readonly text: string;
  readonly root: ConfigValue;
  readonly templates: TemplateIndex;
}

/** A configuration file that is there and cannot be used. */
export interface UnreadConfig {
  readonly problem: ConfigProblem;
}

/** Reads a TOML or YAML file: its values, a problem in it, or `missing` when there is none. */
export function readConfig(uri: Uri, sources: Sources): ReadConfig | UnreadConfig | "missing" {
  const start = { uri, start: 0, end: 0 };
  const file = sources.text(uri);
  if ("error" in file) {
    return file.missing
      ? "missing"
      : { problem: { place: start, message: `${nameOf(uri)} cannot be read: ${file.error}` } };
  }
  if (file.text.length > MAX_LENGTH) {
    return {
      problem: { place: start, message: `${nameOf(uri)} is larger than ${MAX_LENGTH} characters and is not read.` },
    };
  }
  const read = readAs(uri, file, valuesOf, sources);
  if ("problem" in read) return { problem: { place: read.place, message: `${nameOf(uri)}: ${read.problem}` } };
  return { uri, text: file.text, ...read };
}

/** One samconfig can be asked about by every template of a repository. */
function valuesOf(uri: Uri, text: string): IndexedConfig {
  const values = uri.endsWith(".toml") ? readToml(uri, text) : readYaml(uri, text);
  return "problem" in values ? values : { ...values, templates: indexTemplates(uri, values.root) };
}
