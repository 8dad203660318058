import { relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Uri } from "#core";
import { isInside, toPath } from "#workspaceFiles";

/** How files are called in what we print: as the user named them, else relative to the current folder. */
export interface Names {
  /** For people and JSON. */
  of(uri: Uri): string;
  /** With `/`, relative to `folder`; undefined for a file outside it. */
  below(folder: string, uri: Uri): string | undefined;
}

/** `given` holds the files that stand on the command line, as written there. */
export function fileNames(cwd: string, given: ReadonlyMap<Uri, string>): Names {
  const below = (folder: string, uri: Uri) => {
    const path = toPath(uri);
    return path !== undefined && isInside(path, folder) ? slashes(relative(folder, path)) : undefined;
  };
  return {
    of(uri) {
      const name = given.get(uri);
      if (name !== undefined) return name;
      const path = toPath(uri);
      return path === undefined ? uri : slashes(relative(cwd, path) || ".");
    },
    below,
  };
}

/** The `file:` URI of a folder with the slash that makes it a base for relative ones. */
export function folderUri(folder: string): string {
  const uri = pathToFileURL(folder).href;
  return uri.endsWith("/") ? uri : `${uri}/`;
}

function slashes(path: string): string {
  return sep === "/" ? path : path.split(sep).join("/");
}
