import type { Uri } from "../model.ts";
import { readParameterFile } from "../samconfig/parameterFile.ts";
import { folderOf, relativePath } from "../uris.ts";
import { many } from "../wording/words.ts";
import type { Choice } from "./completion.ts";
import type { FeatureContext } from "./context.ts";
import { yamlScalar } from "./yamlText.ts";

/** The parameters that files are looked for. */
export interface DeclaredParameters {
  readonly templates: readonly Uri[];
  readonly names: ReadonlySet<string>;
}

/** Where parameter files lie: in a folder, or up to two below it (`parameters/prod/orders.json`). */
const LEVELS = ["*.{json,yaml,yml}", "*/*.{json,yaml,yml}", "*/*/*.{json,yaml,yml}"];

/** Not more files are looked into for one list, and none that is larger: a parameter file has a few kilobytes. */
const MAX_LOOKED_AT = 300;
const MAX_LENGTH = 100_000;

/** Files near a budget and its templates that set parameters which these declare. */
export function parameterFileChoices(
  { sources }: FeatureContext,
  budget: Uri,
  { templates, names }: DeclaredParameters,
): readonly Choice[] {
  const folder = folderOf(budget);
  const folders = new Set([folder, ...templates.map(folderOf)]);
  const files = [...folders].flatMap((each) => LEVELS.flatMap((glob) => sources.list(each, glob)));
  return [...new Set(files)].slice(0, MAX_LOOKED_AT).flatMap((uri) => {
    const file = sources.get(uri);
    if ("error" in file || file.kind !== "other" || file.text.length > MAX_LENGTH) return [];
    const set = [...readParameterFile(uri, file.text).parameters.keys()].filter((name) => names.has(name));
    if (set.length === 0) return [];
    const path = relativePath(folder, uri);
    return [{ label: path, text: yamlScalar(path), kind: "file", detail: `sets ${many(set.length, "parameter")}` }];
  });
}
