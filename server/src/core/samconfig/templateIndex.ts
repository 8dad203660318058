import type { Uri } from "../model.ts";
import { folderOf, resolvePath } from "../uris.ts";
import { type ConfigFile, type ConfigText, type ConfigValue, valueAt } from "./configValue.ts";

/** A `template_file` in a samconfig. */
export interface NamedTemplate {
  readonly environment: string;
  /** `deploy`, `build`, `global`, … */
  readonly command: string;
  /** The path as written, with its place. */
  readonly path: ConfigText;
}

/** Which templates a samconfig names. */
export interface TemplateIndex {
  readonly byEnvironment: ReadonlyMap<string, readonly NamedTemplate[]>;
  /** By what the path leads to from the samconfig's folder: each template of a repository asks. */
  readonly byUri: ReadonlyMap<Uri, readonly NamedTemplate[]>;
}

/** A configuration file with the templates that it names, or why it was not read. */
export type IndexedConfig =
  | { readonly root: ConfigValue; readonly templates: TemplateIndex }
  | Extract<ConfigFile, { readonly problem: string }>;

/** Looks once through a samconfig for the templates that it names. */
export function indexTemplates(uri: Uri, root: ConfigValue): TemplateIndex {
  const byEnvironment = new Map<string, NamedTemplate[]>();
  const byUri = new Map<Uri, NamedTemplate[]>();
  const folder = folderOf(uri);
  for (const [environment, table] of entriesOf(root)) {
    for (const [command, options] of entriesOf(table)) {
      const path = valueAt(options, ["parameters", "template_file"]) ?? valueAt(options, ["parameters", "template"]);
      if (path?.kind !== "text" || path.text === "") continue;
      const named: NamedTemplate = { environment, command, path };
      add(byEnvironment, environment, named);
      add(byUri, resolvePath(folder, path.text), named);
    }
  }
  return { byEnvironment, byUri };
}

function entriesOf(value: ConfigValue): Iterable<readonly [string, ConfigValue]> {
  return value.kind === "map" ? value.entries : [];
}

function add<K>(index: Map<K, NamedTemplate[]>, key: K, named: NamedTemplate): void {
  const known = index.get(key);
  if (known) known.push(named);
  else index.set(key, [named]);
}
