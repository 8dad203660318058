import { closeSync, lstatSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import type { FileText } from "#core";
import { MAX_FILE_BYTES } from "./bounds.ts";

/** The text of a regular file of at most 10 MB, without its byte order mark. UTF-8, or UTF-16 when its mark says so. */
export function readText(path: string): FileText {
  try {
    // Looked at before it is opened: opening a pipe would wait for its other end.
    const stat = statSync(path);
    if (stat.isDirectory()) return refuse("This is a folder, not a file.");
    if (!stat.isFile()) return refuse("This is not a regular file.");
    if (stat.size > MAX_FILE_BYTES) return refuse(tooLarge(stat.size));
    return { text: decode(readFileSync(path)) };
  } catch (error) {
    return failure(error, path);
  }
}

/** The first bytes of a file, at most `bytes`, for a look at what it is. Throws what `node:fs` throws. */
export function readHead(path: string, bytes: number): Buffer {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.allocUnsafe(bytes);
    return buffer.subarray(0, readSync(file, buffer, 0, bytes, 0));
  } finally {
    closeSync(file);
  }
}

/** The sentence for a file that is larger than what is read. */
export function tooLarge(bytes: number): string {
  const size = Math.ceil((bytes / 1024 / 1024) * 10) / 10;
  return `The file has ${size} MB; files of more than 10 MB are not read.`;
}

/** What a failed read of a path means, as one sentence without paths or stack. */
export function failure(error: unknown, path: string): { readonly error: string; readonly missing: boolean } {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      if (path.includes("\ufffd")) return refuse("Its name is not UTF-8, so it cannot be opened.");
      return { error: isLink(path) ? DANGLING : "There is no such file.", missing: true };
    case "EACCES":
    case "EPERM":
      return refuse("Permission to read it is denied.");
    case "ELOOP":
      return refuse("Its symbolic links lead in a circle.");
    case "EISDIR":
      return refuse("This is a folder, not a file.");
    default:
      return refuse(`It cannot be read (${code ?? "unknown error"}).`);
  }
}

/** What is said of a link whose target is not there. */
export const DANGLING = "Its symbolic link leads to no file.";

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function refuse(error: string) {
  return { error, missing: false };
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder().decode(bytes);
}
