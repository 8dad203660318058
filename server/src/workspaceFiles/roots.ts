import { existsSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";

/** The nearest folder at or above `folder` that holds `.git`; undefined outside a repository. */
export function repositoryRoot(folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, ".git"))) return current;
    if (dirname(current) === current) return undefined;
  }
}

/** Is `path` the folder `root` or below it? Both absolute; nothing is read. */
export function isInside(path: string, root: string): boolean {
  const way = relative(root, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** The path with every symbolic link followed; undefined when it does not exist, loops or may not be followed. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

/** What may be read on behalf of a folder: its repository when it lies in one, else the folder. Links followed. */
export function readableRoot(folder: string): string | undefined {
  const real = realPath(folder);
  return real === undefined ? undefined : (repositoryRoot(real) ?? real);
}
