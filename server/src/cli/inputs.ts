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
  /** Files and folders that a walk could not look at. */
  readonly unreadable: readonly { readonly uri: Uri; readonly error: string }[];
  /** Where a walk stopped early, as sentences. */
  readonly cuts: readonly string[];
}

/** A file on the command line. */
export interface NamedFile {
  /** As written there. */
  readonly given: string;
  readonly uri: Uri;
  /** Why there is nothing to read, as a sentence. */
  readonly error?: string;
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
  const cuts: string[] = [];

  for (const given of paths.length === 0 ? ["."] : paths) {
    const path = resolve(io.cwd, given);
    const uri = toUri(path);
    const kind = kindOf(path);
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
      if (found.cut !== undefined) cuts.push(`${given}: ${found.cut}`);
    } else if (kind === "file") {
      named.push({ given, uri });
      if (isBudgetFile(uri)) budgets.add(uri);
      else candidates.add(uri);
    } else {
      named.push({
        given,
        uri,
        error: /[*?[{]/.test(given)
          ? `${kind.error} The shell expands patterns; this one matched nothing.`
          : kind.error,
      });
    }
  }
  return { roots, named, budgets: [...budgets], candidates: [...candidates], unreadable, cuts };
}

function kindOf(path: string): "file" | "folder" | { readonly error: string } {
  try {
    return statSync(path).isDirectory() ? "folder" : "file";
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return { error: "There is no such file or folder." };
    if (code === "ELOOP") return { error: "Its symbolic links lead in a circle." };
    if (code === "EACCES" || code === "EPERM") return { error: "Permission to read it is denied." };
    return { error: `It cannot be read (${code ?? "unknown error"}).` };
  }
}
