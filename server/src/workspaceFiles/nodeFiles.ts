import { statSync } from "node:fs";
import { dirname } from "node:path";
import type { Files, FileText, Uri } from "#core";
import { listGlob } from "./listGlob.ts";
import { readText } from "./readText.ts";
import { isInside, readableRoot, realPath } from "./roots.ts";
import { toPath, toUri } from "./uris.ts";

/** The files of this machine behind core's port, with what only an editor needs. */
export interface NodeFiles extends Files {
  /** Changes what may be read; absolute paths of folders, or of single files (then their folder counts). True when that is something else than before. */
  setRoots(roots: readonly string[]): boolean;
  /** Forgets remembered listings. To be called when files were created or deleted. */
  forgetListings(): void;
}

/**
 * `Files` over `node:fs`. `roots` are absolute paths: workspace folders, or what a command line names. A file is read when its real path
 * lies in one of them, or in the git repository of one of them; symbolic links do not lead out. `overlay` answers first: the
 * text of an open document, undefined for a file that is not open. Texts are not kept, listings are until `forgetListings`.
 */
export function nodeFiles(roots: readonly string[], overlay?: (uri: Uri) => string | undefined): NodeFiles {
  let readable: readonly string[] = [];
  const listings = new Map<string, readonly Uri[]>();

  function setRoots(paths: readonly string[]): boolean {
    const found = paths.map((path) => readableRoot(isFolder(path) ? path : dirname(path)));
    const before = readable;
    readable = [...new Set(found.filter((root) => root !== undefined))];
    listings.clear();
    return readable.length !== before.length || readable.some((root, index) => root !== before[index]);
  }

  function mayRead(realpath: string): boolean {
    return readable.some((root) => isInside(realpath, root));
  }

  function read(uri: Uri): FileText {
    const open = overlay?.(uri);
    if (open !== undefined) return { text: open };
    const path = toPath(uri);
    if (path === undefined) return { error: "Only files on disk can be read.", missing: true };
    const real = realPath(path);
    if (real === undefined) return readText(path);
    if (!mayRead(real))
      return { error: "It lies outside the workspace and its repository and is not read.", missing: false };
    return readText(real);
  }

  function list(folder: Uri, glob: string): readonly Uri[] {
    const key = `${folder}\n${glob}`;
    const known = listings.get(key);
    if (known) return known;
    const path = toPath(folder);
    const found = path === undefined ? [] : listGlob(path, glob, mayRead).map(toUri).sort();
    listings.set(key, found);
    return found;
  }

  setRoots(roots);
  return { read, list, setRoots, forgetListings: () => listings.clear() };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
