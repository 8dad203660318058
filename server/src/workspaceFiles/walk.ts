import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Uri } from "#core";
import { isSkippedFolder, MAX_FILES, MAX_FOLDERS } from "./bounds.ts";
import { inspect, isCandidateName } from "./candidates.ts";
import { type IgnoreRules, rulesFor } from "./gitIgnored.ts";
import { failure } from "./readText.ts";
import { toUri } from "./uris.ts";

/** What a walk found, each list sorted. */
export interface Walked {
  /** Budget files, by name. */
  readonly budgets: readonly Uri[];
  /** Files that can be templates: core's `recognise` decides. */
  readonly templates: readonly Uri[];
  /** Files and folders that could not be looked at, with one sentence each. */
  readonly problems: readonly { readonly uri: Uri; readonly error: string }[];
  /** Why the walk stopped early, as a sentence; undefined when it saw everything. */
  readonly cut?: string;
}

/** How a walk runs. */
export interface WalkOptions {
  /** Ends the walk early: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** How many files with a fitting name are looked at; default 5,000. */
  readonly maxFiles?: number;
}

/** The event loop gets its turn after this many milliseconds. */
const SLICE_MS = 8;

/**
 * Finds budget files and possible templates below a folder (absolute path). Leaves out `.git`, `node_modules`, `.aws-sam`, `cdk.out`,
 * `.serverless`, virtual environments and what git ignores, unless the folder itself is one of these. Does not follow
 * links to folders. An unreadable folder is a problem in the result and does not end the walk.
 */
export async function walk(root: string, options: WalkOptions = {}): Promise<Walked> {
  const maxFiles = options.maxFiles ?? MAX_FILES;
  const budgets: Uri[] = [];
  const templates: Uri[] = [];
  const problems: { uri: Uri; error: string }[] = [];
  const pending: { path: string; rules: IgnoreRules }[] = [{ path: root, rules: rulesFor(root) }];
  let cut: string | undefined;
  let looked = 0;
  let entered = 0;
  let sliceEnd = performance.now() + SLICE_MS;

  for (let next = pending.shift(); next && cut === undefined; next = pending.shift()) {
    if (++entered > MAX_FOLDERS)
      cut = `Only the first ${MAX_FOLDERS} folders were searched; open or name a smaller folder.`;
    for (const entry of entriesOf(next.path, problems)) {
      if (performance.now() > sliceEnd) {
        await setImmediate();
        sliceEnd = performance.now() + SLICE_MS;
      }
      options.signal?.throwIfAborted();
      const path = join(next.path, entry.name);
      if (entry.isDirectory()) {
        if (isSkippedFolder(entry.name) || next.rules.ignores(path, true) || existsSync(join(path, "pyvenv.cfg")))
          continue;
        pending.push({ path, rules: next.rules.inside(path) });
      } else if (isCandidateName(entry.name) && !next.rules.ignores(path, false)) {
        if (++looked > maxFiles) {
          cut = `Only the first ${maxFiles} YAML and JSON files were searched; open or name a smaller folder.`;
          break;
        }
        const candidate = inspect(path);
        if (candidate === "budget") budgets.push(toUri(path));
        else if (candidate === "template") templates.push(toUri(path));
        else if (candidate !== "other") problems.push({ uri: toUri(path), error: candidate.error });
        else if (entry.isSymbolicLink() && leadsNowhere(path))
          problems.push({ uri: toUri(path), error: "Its symbolic link leads to no file." });
      }
    }
  }
  return { budgets: budgets.sort(), templates: templates.sort(), problems, ...(cut === undefined ? {} : { cut }) };
}

/** Links called `.#name` are the locks that some editors keep beside an open file. */
function leadsNowhere(link: string): boolean {
  return !basename(link).startsWith(".#") && !existsSync(link);
}

function entriesOf(folder: string, problems: { uri: Uri; error: string }[]) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    problems.push({ uri: toUri(folder), error: failure(error).error });
    return [];
  }
}
