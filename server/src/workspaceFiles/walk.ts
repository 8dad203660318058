import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Uri } from "#core";
import { isBuildOutput, isSkippedFolder, MAX_FILES, MAX_FOLDERS } from "./bounds.ts";
import { inspect, isCandidateName } from "./candidates.ts";
import { type IgnoreRules, rulesFor } from "./gitIgnored.ts";
import { DANGLING, failure } from "./readText.ts";
import { toUri } from "./uris.ts";

/** What a walk found, each list sorted. */
export interface Walked {
  /** Budget files, by name. */
  readonly budgets: readonly Uri[];
  /** Files that can be templates: core's `recognise` decides. */
  readonly templates: readonly Uri[];
  /** Files that may be meant as a budget or template without being one: core's rule `not-checked` decides. */
  readonly lookalikes: readonly Uri[];
  /** Folders of build output with templates in them that were left out because of their name. */
  readonly skipped: readonly Uri[];
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

/** More files of build output than this are not looked at to learn whether templates are among them. */
const MAX_BUILT = 50;

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
  const lookalikes: Uri[] = [];
  const skipped: Uri[] = [];
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
        if (isBuildOutput(entry.name) && holdsTemplate(path)) skipped.push(toUri(path));
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
        else if (candidate === "lookalike") lookalikes.push(toUri(path));
        else if (candidate !== "other") problems.push({ uri: toUri(path), error: candidate.error });
        else if (entry.isSymbolicLink() && leadsNowhere(path)) problems.push({ uri: toUri(path), error: DANGLING });
      }
    }
  }
  const found = { budgets: budgets.sort(), templates: templates.sort(), lookalikes: lookalikes.sort() };
  return { ...found, skipped: skipped.sort(), problems, ...(cut === undefined ? {} : { cut }) };
}

/** Looks at the files right in a folder, a few at most. */
function holdsTemplate(folder: string): boolean {
  const names = entriesOf(folder, []).flatMap(({ name }) => (isCandidateName(name) ? [name] : []));
  return names.slice(0, MAX_BUILT).some((name) => inspect(join(folder, name)) === "template");
}

/** Links called `.#name` are the locks that some editors keep beside an open file. */
function leadsNowhere(link: string): boolean {
  return !basename(link).startsWith(".#") && !existsSync(link);
}

function entriesOf(folder: string, problems: { uri: Uri; error: string }[]) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    problems.push({ uri: toUri(folder), error: failure(error, folder).error });
    return [];
  }
}
