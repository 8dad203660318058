import { statSync } from "node:fs";
import { resolve } from "node:path";
import { isBudgetFile, type Uri } from "#core";
import { toUri, walk } from "#workspaceFiles";
import type { Io } from "./io.ts";

/** What the paths on the command line lead to. */
export interface Inputs {
  /** Absolute paths; what may be read is bounded by them. */
  readonly roots: readonly string[];
  /** The arguments that are files, in their order; with `error` those that lead nowhere and folders that cannot be read. */
  readonly named: readonly NamedFile[];
  /** Budget files: named ones and those found in named folders. */
  readonly budgets: readonly Uri[];
  /** Possible templates: named files that are no budgets, and what the walk found. */
  readonly candidates: readonly Uri[];
  /** What may be meant as budget or template without being read as one: named files, and what the walk found. */
  readonly others: readonly Uri[];
  /** The folders that were searched, in the order of the arguments. */
  readonly searched: readonly SearchedFolder[];
  /** Files and folders that a walk could not look at, or not completely. */
  readonly unreadable: readonly { readonly uri: Uri; readonly error: string }[];
}

/** A folder on the command line. */
export interface SearchedFolder {
  /** As written there. */
  readonly given: string;
  readonly uri: Uri;
  /** Budgets and possible templates in it. */
  readonly found: readonly Uri[];
  /** Build output with templates that the search left out. */
  readonly skipped: readonly Uri[];
}

/** A file on the command line. */
export interface NamedFile {
  /** As written there. */
  readonly given: string;
  readonly uri: Uri;
  /** Why there is nothing to read, as a sentence. */
  readonly error?: string;
  /** There is no such file or folder. */
  readonly missing?: true;
}

/** Looks at the paths of the command line: files stay as they are, folders are searched. With `files` a folder is a mistake. No path means the current folder. */
export async function findInputs(
  paths: readonly string[],
  io: Io,
  accept: "files" | "folders" = "folders",
): Promise<Inputs> {
  const roots: string[] = [];
  const named: NamedFile[] = [];
  const unreadable: { uri: Uri; error: string }[] = [];
  const budgets = new Set<Uri>();
  const candidates = new Set<Uri>();
  const others = new Set<Uri>();
  const searched: SearchedFolder[] = [];

  for (const given of paths.length === 0 ? ["."] : paths) {
    const path = resolve(io.cwd, given);
    const uri = toUri(path);
    const kind = given === "" ? EMPTY : kindOf(path);
    roots.push(path);
    if (kind === "folder" && accept === "files") {
      named.push({ given, uri, error: "This is a folder; name the template in it." });
    } else if (kind === "folder") {
      const found = await walk(path);
      for (const budget of found.budgets) budgets.add(budget);
      for (const template of found.templates) candidates.add(template);
      for (const problem of found.problems) {
        if (problem.uri === uri) named.push({ given, ...problem });
        else unreadable.push(problem);
      }
      for (const lookalike of found.lookalikes) others.add(lookalike);
      if (found.cut !== undefined) unreadable.push({ uri, error: found.cut });
      searched.push({ given, uri, found: [...found.budgets, ...found.templates], skipped: found.skipped });
    } else if (kind === "file") {
      named.push({ given, uri });
      if (isBudgetFile(uri)) budgets.add(uri);
      else for (const list of [candidates, others]) list.add(uri);
    } else {
      named.push({ given, uri, ...(/[*?[{]/.test(given) ? asPattern(kind) : kind) });
    }
  }
  const found = { budgets: [...budgets], candidates: [...candidates], others: [...others] };
  return { roots, named, ...found, searched, unreadable };
}

function asPattern<T extends { readonly error: string }>(kind: T): T {
  return { ...kind, error: `${kind.error} The shell expands patterns; this one matched nothing.` };
}

/** What an empty variable of a script leaves behind is not the current folder. */
const EMPTY = { error: "An empty path names nothing. Leave it out to mean the current folder." };

function kindOf(path: string): "file" | "folder" | { readonly error: string; readonly missing?: true } {
  try {
    return statSync(path).isDirectory() ? "folder" : "file";
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return { error: "There is no such file or folder.", missing: true };
    if (code === "ELOOP") return { error: "Its symbolic links lead in a circle." };
    if (code === "EACCES" || code === "EPERM") return { error: "Permission to read it is denied." };
    return { error: `It cannot be read (${code ?? "unknown error"}).` };
  }
}
