import { randomBytes } from "node:crypto";
import { type FileHandle, mkdir, open, rename, unlink } from "node:fs/promises";
import path from "node:path";
import { AccountError } from "../accountError.ts";

/** Makes a folder that only its owner may read, with those above it. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first !== undefined) await syncFolder(path.dirname(first));
}

/**
 * Writes a file whole or not at all, in a folder that is made when there is none, and returns when it survives a power
 * cut: temporary file, fsync, rename, fsync of the folder. Every process finds either the file before or the new one;
 * only the user may read it. Rejects with what the file system says.
 */
export async function writeAtomically(file: string, text: string): Promise<void> {
  const folder = path.dirname(file);
  await makeFolder(folder);
  const temporary = path.join(folder, `.${path.basename(file)}.${randomBytes(6).toString("hex")}`);
  try {
    const handle = await open(temporary, "wx", 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
  await syncFolder(folder);
}

/**
 * Opens a file that only the user may read to append to it; it is made, with its folder, when there is none, and
 * survives a power cut then.
 */
export async function openToAppend(file: string): Promise<FileHandle> {
  await makeFolder(path.dirname(file));
  const handle = await open(file, "a+", 0o600);
  try {
    await syncFolder(path.dirname(file));
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Why a folder of the state cannot be listed: then nobody knows what is in it. */
export function cannotRead(what: string, folder: string, error: unknown): AccountError {
  const message = `The ${what} in ${folder} cannot be read (${fileProblem(error)}). Make the folder readable, or set XDG_STATE_HOME to another one.`;
  return new AccountError("failed", message, { cause: error });
}

/** What the file system says of an error, in short: `ENOSPC`. */
export function fileProblem(error: unknown): string {
  const { name, code, message } = error as NodeJS.ErrnoException;
  return name === "AccountError" ? message : (code ?? message);
}

/** Windows cannot open folders, and writes renames through by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
