import { URI, Utils } from "vscode-uri";
import type { Uri } from "../model.ts";

/** Name of the folder a file lies in, for people; the file's own name at the top of the file system. */
export function folderName(uri: Uri): string {
  const parsed = URI.parse(uri);
  return Utils.basename(Utils.dirname(parsed)) || Utils.basename(parsed);
}

/** A file with its folder, for people: `orders/template.yaml`. */
export function shortName(uri: Uri): string {
  return URI.parse(uri).path.split("/").filter(Boolean).slice(-2).join("/");
}

/** Does a path have to be searched for, as opposed to naming one file? */
export function isPathGlob(path: string): boolean {
  return /[*?{[]/.test(path);
}

export { folderOf, resolvePath as fileAt } from "../uris.ts";
