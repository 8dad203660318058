import { lstatSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Files, FileText, LeftOut, Uri } from "#core";
import { listGlob } from "./listGlob.ts";
import { readText } from "./readText.ts";
import { isInside, readableRoot, realPath } from "./roots.ts";
import { toPath, toUri } from "./uris.ts";

/** The files of this machine behind core's port, with what only an editor needs. */
export interface NodeFiles extends Required<Files> {
  /** Changes what may be read; absolute paths of folders, or of single files (then their folder counts). True when something changed. */
  setRoots(roots: readonly string[]): boolean;
  /** Forgets remembered listings. To be called when files were created or deleted. */
  forgetListings(): void;
}

/**
 * `Files` over `node:fs`. `roots` are absolute paths: workspace folders, or what a command line names. A file is read when its real path
 * lies in one of them, in the git repository of one of them, or in `currentFolder` (of a command line); symbolic links do not lead out.
 * `overlay` answers first: the text of an open document, undefined for a file that is not open. Texts are not kept, listings are until
 * `forgetListings`.
 */
export function nodeFiles(
  roots: readonly string[],
  overlay?: (uri: Uri) => string | undefined,
  currentFolder?: string,
): NodeFiles {
  const current = currentFolder === undefined ? undefined : realPath(currentFolder);
  let readable: readonly string[] = [];
  let folders: readonly Uri[] = [];
  const listings = new Map<string, Listing>();
  const readableFolders = new Map<Uri, boolean>();

  function setRoots(paths: readonly string[]): boolean {
    const named = new Set(paths.filter(isFolder));
    const found = paths.map((path) => readableRoot(named.has(path) ? path : dirname(path)));
    const before = [...readable, ...folders];
    readable = [...new Set([...found, current].filter((root) => root !== undefined))];
    folders = [...new Set([...(currentFolder === undefined ? [] : [currentFolder]), ...named])].map(toUri);
    forgetListings();
    const now = [...readable, ...folders];
    return now.length !== before.length || now.some((each, index) => each !== before[index]);
  }

  function mayRead(realpath: string): boolean {
    return readable.some((root) => isInside(realpath, root));
  }

  function mayReadFolder(folder: Uri): boolean {
    const known = readableFolders.get(folder);
    if (known !== undefined) return known;
    const real = realPath(toPath(folder) ?? "");
    const answer = real === undefined || mayRead(real);
    readableFolders.set(folder, answer);
    return answer;
  }

  function forgetListings(): void {
    listings.clear();
    readableFolders.clear();
  }

  function read(uri: Uri): FileText {
    const open = overlay?.(uri);
    if (open !== undefined) return { text: open };
    const path = toPath(uri);
    if (path === undefined) return { error: "Only files on disk can be read.", missing: true };
    // Most files that are asked for are not there: each template looks for a samconfig in every folder above it.
    if (isMissing(path)) return { error: "There is no such file.", missing: true };
    const real = realPath(path);
    if (real === undefined) return readText(path);
    if (!mayRead(real))
      return { error: "It lies outside the workspace and its repository and is not read.", missing: false };
    return readText(real);
  }

  function listing(folder: Uri, glob: string): Listing {
    const key = `${folder}\n${glob}`;
    const known = listings.get(key);
    if (known) return known;
    const path = toPath(folder);
    const found = path === undefined ? undefined : listGlob(path, glob, mayRead);
    const leftOut = (found?.leftOut ?? []).map(({ path: at, ...why }) => ({ uri: toUri(at), ...why }));
    const listed = { files: (found?.files ?? []).map(toUri).sort(), leftOut };
    listings.set(key, listed);
    return listed;
  }

  setRoots(roots);
  const list = (folder: Uri, glob: string) => listing(folder, glob).files;
  const leftOut = (folder: Uri, glob: string) => listing(folder, glob).leftOut;
  return { read, list, leftOut, setRoots, folders: () => folders, mayRead: mayReadFolder, forgetListings };
}

interface Listing {
  readonly files: readonly Uri[];
  readonly leftOut: readonly LeftOut[];
}

/** Nothing is thrown for what is not there, which is several times as fast. */
function isMissing(path: string): boolean {
  try {
    // Neither a link to nothing nor a name that is not UTF-8 is called missing.
    return lstatSync(path, { throwIfNoEntry: false }) === undefined && !path.includes("\ufffd");
  } catch {
    return false;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
