import { URI, Utils } from "vscode-uri";
import type { Uri } from "../model.ts";

/** The folder that a file is in. */
export function folderOf(uri: Uri): Uri {
  return Utils.dirname(URI.parse(uri)).toString();
}

/** The last part of a path, decoded: `samconfig.toml`. */
export function nameOf(uri: Uri): string {
  return Utils.basename(URI.parse(uri));
}

/** A path as somebody wrote it, relative to a folder or absolute; `\` counts as `/`. */
export function resolvePath(folder: Uri, path: string): Uri {
  return Utils.resolvePath(URI.parse(folder), path.replaceAll("\\", "/")).toString();
}

/** Whether two URIs are the same file, however their characters are encoded. */
export function sameFile(a: Uri, b: Uri): boolean {
  return a === b || URI.parse(a).toString() === URI.parse(b).toString();
}
