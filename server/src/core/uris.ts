import { URI, Utils } from "vscode-uri";
import type { Uri } from "./model.ts";

/** The folder that a file is in; for a document that is not saved yet but knows where it will be (`untitled:/w/a.yaml`), that folder on disk. */
export function folderOf(uri: Uri): Uri {
  const folder = Utils.dirname(URI.parse(uri));
  const isPlanned = folder.scheme === "untitled" && folder.path.startsWith("/");
  return (isPlanned ? folder.with({ scheme: "file" }) : folder).toString();
}

/** The last part of a path, decoded: `samconfig.toml`. */
export function nameOf(uri: Uri): string {
  return Utils.basename(URI.parse(uri));
}

/** A path as somebody wrote it, relative to a folder or absolute; `\` counts as `/`. */
export function resolvePath(folder: Uri, path: string): Uri {
  return Utils.resolvePath(URI.parse(folder), wellFormed(path).replaceAll("\\", "/")).toString();
}

/** The URI that somebody wrote, in its usual spelling; undefined when it is none. */
export function writtenUri(text: string): Uri | undefined {
  try {
    return URI.parse(wellFormed(text)).toString();
  } catch {
    return undefined;
  }
}

/** Half of a character, which `"\uD83D"` puts into a text, cannot be written in a URI and is in no file's name. */
export function wellFormed(path: string): string {
  return path.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** The folder around a folder, in the spelling of `folderOf`; undefined at the top. */
export function parentOf(folder: Uri): Uri | undefined {
  const top = folder.indexOf("/", folder.indexOf("//") + 2);
  if (top < 0 || folder.length <= top + 1) return undefined;
  return folder.slice(0, Math.max(folder.lastIndexOf("/"), top + 1));
}

/** A file directly in a folder. */
export function fileIn(folder: Uri, name: string): Uri {
  return folder.endsWith("/") ? folder + name : `${folder}/${name}`;
}

/** The way from a folder to a file in or beside it, with forward slashes. */
export function relativePath(folder: Uri, file: Uri): string {
  const from = URI.parse(folder).path.split("/").filter(Boolean);
  const to = URI.parse(file).path.split("/").filter(Boolean);
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => ".."), ...to.slice(common)].join("/");
}
