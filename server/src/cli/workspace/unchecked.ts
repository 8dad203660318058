import { many, type Uri } from "#core";
import { complain } from "../complain.ts";
import type { Inputs, SearchedFolder } from "../inputs.ts";
import type { Io } from "../io.ts";
import type { Names } from "../names.ts";
import type { CheckReport, FileSummary } from "../report.ts";

/** What the caller accepts. */
export interface Tolerance {
  /** A path, file or folder without anything to check in it is no failure. */
  readonly allowEmpty: boolean;
  /** Named files that are neither template nor budget are passed over. */
  readonly skipOthers: boolean;
}

const NEITHER =
  "This is neither a SAM or CloudFormation template nor a budget file; nothing in it was checked (a budget is called concurrency-budget.yaml or NAME.concurrency-budget.yaml).";

/** Says on stderr what was not checked. True when the run must not count as a success for it. */
export function reportUnchecked(
  inputs: Inputs,
  files: readonly FileSummary[],
  names: Names,
  { allowEmpty, skipOthers }: Tolerance,
  io: Io,
): boolean {
  const missing = new Set(inputs.named.flatMap(({ uri, missing: isMissing }) => (isMissing ? [uri] : [])));
  const explicit = new Set([...inputs.named, ...inputs.unreadable].map(({ uri }) => uri));
  let failed = false;
  let passedOver = 0;
  for (const { uri, kind, error, cut = false } of files) {
    if (error !== undefined) {
      complain(`${names.of(uri)}: ${error}`, io);
      failed ||= cut || (explicit.has(uri) && !(allowEmpty && missing.has(uri)));
    } else if (kind === "other" && skipOthers) {
      passedOver++;
    } else if (kind === "other") {
      complain(`${names.of(uri)}: ${NEITHER}`, io);
      failed ||= !allowEmpty;
    }
  }
  if (passedOver > 0) complain(passedOverText(passedOver, files.length), io);
  const checked = new Set(files.flatMap(({ uri, kind }) => (kind === "other" ? [] : [uri])));
  for (const folder of inputs.searched) {
    if (folder.found.some((uri) => checked.has(uri))) continue;
    complain(`${shown(folder, io)}: No template or budget file was found in this folder; nothing was checked.`, io);
    failed ||= !allowEmpty;
  }
  for (const { uri, message } of skippedFolders(inputs)) complain(`${names.of(uri)}: ${message}`, io);
  return failed;
}

/** Folders that a search leaves out although they hold templates. */
export function skippedFolders({ searched }: Inputs): CheckReport["skipped"] {
  const uris = new Set<Uri>(searched.flatMap(({ skipped }) => skipped));
  const message = "Build output, not searched: the templates in it are checked when the folder is named.";
  return [...uris].map((uri) => ({ uri, message }));
}

function passedOverText(count: number, all: number): string {
  const what = "neither template nor budget file";
  return count === all
    ? `${many(count, "named file")}, ${what}: nothing was checked.`
    : `${many(count, "named file")} passed over: ${what}.`;
}

/** `.` says nothing to a reader of a log. */
function shown({ given }: SearchedFolder, io: Io): string {
  return given === "." ? io.cwd : given;
}
