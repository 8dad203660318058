import { statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { isBudgetFile, mayBeLookalike } from "#core";
import { isSkippedFolder, MAX_FILE_BYTES } from "./bounds.ts";
import { isGitIgnored } from "./gitIgnored.ts";
import { failure, readHead, tooLarge } from "./readText.ts";
import { isInside } from "./roots.ts";
import { toUri } from "./uris.ts";

/** What a walk makes of a file: a budget by its name, a possible template (or what may be meant as one) by a look at its bytes, or a reason why it was not looked at. */
export type Candidate = "budget" | "template" | "lookalike" | "other" | { readonly error: string };

const candidateName = /\.(?:ya?ml|json|template)$/i;

/** Can a file of this name be a budget file or a template? */
export function isCandidateName(path: string): boolean {
  return candidateName.test(path);
}

/** Looks at one file. "template" means only that `Resources` and an `AWS::` type occur in it; core decides what it is. */
export function inspect(path: string): Candidate {
  if (!isCandidateName(path)) return "other";
  if (isBudgetFile(toUri(path))) return "budget";
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return "other";
    const large = stat.size > MAX_FILE_BYTES;
    const bytes = readHead(path, Math.min(stat.size, large ? 65_536 : MAX_FILE_BYTES));
    if (large) return bytes.includes("AWS::") ? { error: tooLarge(stat.size) } : "other";
    if (looksLikeTemplate(bytes)) return "template";
    return mayBeLookalike(toUri(path), (text) => bytes.includes(text)) ? "lookalike" : "other";
  } catch (error) {
    const { error: sentence, missing } = failure(error, path);
    return missing ? "other" : { error: sentence };
  }
}

/** Would a walk of `root` come to this file? For files that a watcher reports. */
export function isWalked(root: string, path: string): boolean {
  if (!isInside(path, root) || !isCandidateName(path)) return false;
  for (let folder = dirname(path); folder !== root && isInside(folder, root); folder = dirname(folder)) {
    if (isSkippedFolder(basename(folder))) return false;
  }
  return !isGitIgnored(path);
}

function looksLikeTemplate(bytes: Buffer): boolean {
  // UTF-16 is rare enough to be left to core.
  if (bytes[0] === 0xff || bytes[0] === 0xfe) return true;
  return bytes.includes("Resources") && bytes.includes("AWS::");
}
