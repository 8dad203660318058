import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { LeftOut } from "#core";
import { isSkippedFolder, MAX_FILES, MAX_FOLDERS } from "./bounds.ts";
import { inspect } from "./candidates.ts";
import { type IgnoreRules, noRules, rulesFor } from "./gitIgnored.ts";
import { type GlobMatcher, globMatcher, isGlob } from "./glob.ts";
import { failure } from "./readText.ts";
import { isInside, realPath } from "./roots.ts";

type MayRead = (realpath: string) => boolean;

/** What a glob leads to, as absolute paths. */
export interface GlobListing {
  readonly files: readonly string[];
  readonly leftOut: readonly GlobLeftOut[];
}

/** As core's `LeftOut`, by path. */
export interface GlobLeftOut extends Omit<LeftOut, "uri"> {
  readonly path: string;
}

/**
 * Absolute paths of the files below `folder` that match `glob`. Folders that a walk skips, and what git ignores, are only matched when
 * the glob writes their name out (`cdk.out/*.json`), never by a wildcard. Links to folders are followed only where the glob
 * writes them out. At most 5,000 files. What is left out of that although it matches, or may, is told with the reason, but for
 * folders that a walk skips.
 */
export function listGlob(folder: string, glob: string, mayRead: MayRead): GlobListing {
  const segments = glob.replace(/^\.\//, "").split("/");
  const wild = segments.findIndex(isGlob);
  const base = resolve(folder, ...(wild < 0 ? segments : segments.slice(0, wild)));
  const real = realPath(base);
  if (real === undefined || !mayRead(real)) return { files: [], leftOut: [] };
  if (wild < 0) return { files: existsSync(base) ? [base] : [], leftOut: [] };

  const rest = segments.slice(wild);
  const matches = globMatcher(rest.join("/"));
  const written = new Set(rest.filter((segment) => !isGlob(segment)));
  const depth =
    rest.includes("**") || rest.some((segment) => segment.includes("**")) ? Number.POSITIVE_INFINITY : rest.length;
  return collect(base, { matches, written, depth }, mayRead);
}

interface Search {
  readonly matches: GlobMatcher;
  /** Names that the glob writes out. */
  readonly written: ReadonlySet<string>;
  /** How many segments a match can have. */
  readonly depth: number;
}

function collect(base: string, { matches, written, depth }: Search, mayRead: MayRead): GlobListing {
  const files: string[] = [];
  const leftOut: GlobLeftOut[] = [];
  const roots = [realPath(base) ?? base];
  const pending: Visit[] = [{ path: base, way: "", level: 1, rules: rulesFor(base) }];
  const enter = (visit: Visit, name: string, because = visit.because, rules = visit.rules) =>
    pending.push({ ...below(visit, name), level: visit.level + 1, rules, ...(because !== undefined && { because }) });
  let entered = 0;
  for (let visit = pending.pop(); visit; visit = pending.pop()) {
    if (++entered > MAX_FOLDERS) {
      leftOut.push(cut(base, `Only ${MAX_FOLDERS} folders are searched, and there are more.`));
      break;
    }
    const { path, level, rules, because } = visit;
    for (const entry of entriesOf(path, leftOut)) {
      const { path: entryPath, way } = below(visit, entry.name);
      const named = written.has(entry.name);
      const deep = level < depth;
      if (entry.isDirectory()) {
        if (!deep) continue;
        if (isSkippedFolder(entry.name)) named && enter(visit, entry.name, because, noRules);
        else if (!rules.ignores(entryPath, true)) enter(visit, entry.name, because, rules.inside(entryPath));
        else enter(visit, entry.name, named ? because : (because ?? IGNORED), noRules);
      } else if (deep && entry.isSymbolicLink() && isFolder(entryPath)) {
        const real = realPath(entryPath) ?? entryPath;
        if (roots.some((root) => isInside(real, root))) continue;
        roots.push(real);
        if (mayRead(real)) enter(visit, entry.name, LINKED, noRules);
        else if (depth < Number.POSITIVE_INFINITY) leftOut.push({ path: entryPath, why: OUTSIDE, severity: "warning" });
      } else if (matches(way)) {
        const why = because ?? (named || !rules.ignores(entryPath, false) ? undefined : IGNORED);
        if (why === undefined) files.push(entryPath);
        else if (inspect(entryPath) === "template") leftOut.push({ path: entryPath, why, severity: "warning" });
        if (files.length < MAX_FILES) continue;
        return { files, leftOut: [...leftOut, cut(base, `Only the first ${MAX_FILES} files that match are counted.`)] };
      }
    }
  }
  return { files, leftOut };
}

/** A folder on the way of a search. */
interface Visit {
  readonly path: string;
  /** Relative to where the search began, with `/`. */
  readonly way: string;
  readonly level: number;
  readonly rules: IgnoreRules;
  /** Why matches in it are not counted. */
  readonly because?: string;
}

const IGNORED = "Git ignores it, and the pattern does not write its name out.";
const LINKED = "It lies behind a link to a folder, which a pattern does not follow.";
const OUTSIDE = "It leads outside the workspace and its repository and is not read.";

function below({ path, way }: Visit, name: string): Pick<Visit, "path" | "way"> {
  return { path: join(path, name), way: way === "" ? name : `${way}/${name}` };
}

function cut(path: string, why: string): GlobLeftOut {
  return { path, why, severity: "error" };
}

function entriesOf(folder: string, leftOut: GlobLeftOut[]) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    leftOut.push({ path: folder, why: failure(error, folder).error, severity: "error" });
    return [];
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
