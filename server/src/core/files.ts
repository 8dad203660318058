import type { Uri } from "./model.ts";

/** Text of a file, or one sentence that says why it cannot be read. `missing` when there is no such file. */
export type FileText = { readonly text: string } | { readonly error: string; readonly missing: boolean };

/** What a listing matches and leaves out, with one sentence on why. */
export interface LeftOut {
  readonly uri: Uri;
  readonly why: string;
  /** `error`: it cannot be looked at. `warning`: it is left out on purpose, by git or as a link, and may hold templates. */
  readonly severity: "error" | "warning";
}

/**
 * The one port through which core asks for other files. Implemented by the language server (open documents first),
 * the command line and tests. It never leaves the workspace or the repository of a named root and follows no symlink cycle.
 * Synchronous: core is a pure computation over texts; who implements it decides what is cached.
 */
export interface Files {
  /** At most 10 MB; larger files answer with an error sentence. */
  read(uri: Uri): FileText;
  /** Files below `folder` that match `glob` (`*`, `**`, `?`, `{a,b}`, `[…]`), sorted by URI. */
  list(folder: Uri, glob: string): readonly Uri[];
  /** What `list` leaves out although it matches, or may hold matches; nothing when absent. */
  leftOut?(folder: Uri, glob: string): readonly LeftOut[];
  /** Where somebody works: the current folder, folders that are named, the workspace's. A samconfig there can be meant for any template. */
  folders?(): readonly Uri[];
  /** False for a folder that lies where nothing may be read. */
  mayRead?(folder: Uri): boolean;
}
