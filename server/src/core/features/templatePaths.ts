import type { Analysis } from "../analysis.ts";
import type { Uri } from "../model.ts";
import { folderOf, relativePath } from "../uris.ts";

/** A template as a budget's stack entry would name it. */
export interface TemplatePath {
  /** Relative to the budget's folder. */
  readonly path: string;
  /** How many functions it declares. */
  readonly functions: number;
}

/** Every template that was analysed, as seen from a budget file. */
export function templatePaths(analysis: Analysis, budget: Uri): readonly TemplatePath[] {
  const folder = folderOf(budget);
  return analysis.files.flatMap(({ uri, kind, functions }) =>
    kind === "sam" || kind === "cloudformation" ? [{ path: relativePath(folder, uri), functions }] : [],
  );
}
