import { URI } from "vscode-uri";
import type { Analysis } from "../analysis.ts";
import type { Uri } from "../model.ts";
import { folderOf } from "../pools/paths.ts";

/** A template as a budget's stack entry would name it. */
export interface TemplatePath {
  /** Relative to the budget's folder. */
  readonly path: string;
  /** How many functions it declares. */
  readonly functions: number;
}

/** Every template that was analysed, as seen from a budget file. */
export function templatePaths(analysis: Analysis, budget: Uri): readonly TemplatePath[] {
  const folder = URI.parse(folderOf(budget)).path;
  return analysis.files.flatMap(({ uri, kind, functions }) =>
    kind === "sam" || kind === "cloudformation" ? [{ path: relative(folder, URI.parse(uri).path), functions }] : [],
  );
}

function relative(folder: string, path: string): string {
  const from = folder.split("/").filter(Boolean);
  const to = path.split("/").filter(Boolean);
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => ".."), ...to.slice(common)].join("/");
}
