import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import picomatch from "picomatch";
import { isSkippedFolder, MAX_FILES, MAX_FOLDERS } from "./bounds.ts";
import { type IgnoreRules, noRules, rulesFor } from "./gitIgnored.ts";
import { realPath } from "./roots.ts";

/**
 * Absolute paths of the files below `folder` that match `glob`. Folders that a walk skips, and what git ignores, are only matched when
 * the glob writes their name out (`cdk.out/*.json`), never by a wildcard. Links to folders are followed only where the glob
 * writes them out. At most 5,000 files.
 */
export function listGlob(folder: string, glob: string, mayRead: (realpath: string) => boolean): readonly string[] {
  const segments = glob.replace(/^\.\//, "").split("/");
  const wild = segments.findIndex(isWild);
  const base = resolve(folder, ...(wild < 0 ? segments : segments.slice(0, wild)));
  const real = realPath(base);
  if (real === undefined || !mayRead(real)) return [];
  if (wild < 0) return existsSync(base) ? [base] : [];

  const rest = segments.slice(wild);
  const matches = picomatch(rest.join("/"));
  const written = new Set(rest.filter((segment) => !isWild(segment)));
  const depth =
    rest.includes("**") || rest.some((segment) => segment.includes("**")) ? Number.POSITIVE_INFINITY : rest.length;
  return collect(base, { matches, written, depth });
}

interface Search {
  readonly matches: (relativePath: string) => boolean;
  /** Names that the glob writes out. */
  readonly written: ReadonlySet<string>;
  /** How many segments a match can have. */
  readonly depth: number;
}

function collect(base: string, { matches, written, depth }: Search): string[] {
  const found: string[] = [];
  const pending: { path: string; way: string; level: number; rules: IgnoreRules }[] = [
    { path: base, way: "", level: 1, rules: rulesFor(base) },
  ];
  let entered = 0;
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (++entered > MAX_FOLDERS) break;
    const { path, way, level, rules } = next;
    for (const entry of entriesOf(path)) {
      const entryPath = join(path, entry.name);
      const entryWay = way === "" ? entry.name : `${way}/${entry.name}`;
      const named = written.has(entry.name);
      if (entry.isDirectory()) {
        if (level >= depth) continue;
        const skipped = isSkippedFolder(entry.name) || rules.ignores(entryPath, true);
        if (skipped && !named) continue;
        pending.push({
          path: entryPath,
          way: entryWay,
          level: level + 1,
          rules: skipped ? noRules : rules.inside(entryPath),
        });
      } else if (matches(entryWay) && (named || !rules.ignores(entryPath, false))) {
        found.push(entryPath);
        if (found.length >= MAX_FILES) return found;
      }
    }
  }
  return found;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isWild(segment: string): boolean {
  return picomatch.scan(segment).isGlob;
}
