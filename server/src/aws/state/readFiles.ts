import { constants } from "node:fs";
import { open, readdir } from "node:fs/promises";
import path from "node:path";
import { inParallel } from "../inParallel.ts";
import { cannotRead, fileProblem } from "./atomicFile.ts";

/** Far below what a process may hold open, beside whatever else it does. */
const WIDTH = 16;

/**
 * The text of a file of the state. Rejects where that is no plain file (a pipe or a device may never end), larger than `largest` bytes, or
 * not readable.
 */
export async function readWhole(file: string, largest: number): Promise<string> {
  // Not to wait for whoever writes into a pipe. Windows has neither.
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new Error("it is no file");
    if (stats.size > largest) throw new Error(`it is larger than ${largest / 1024 / 1024} MB`);
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

/**
 * Why a JSON file of the state cannot be read, as a sentence, and what to do.
 * @param lost what to do where its text is damaged
 */
export function readingProblem(error: unknown, lost: string): string {
  if (error instanceof SyntaxError) return `it is not JSON. ${lost}`;
  const isSystem = (error as NodeJS.ErrnoException).code !== undefined;
  return `${fileProblem(error)}. ${isSystem ? "Make it readable." : "Move it away."}`;
}

/**
 * Does this with each JSON file of a folder, a few at a time; nothing where there is no folder. Rejects with an `AccountError` when the
 * folder cannot be listed.
 * @param what the files hold, as a phrase: `kills recorded`
 */
export async function eachJsonFile<T>(
  folder: string,
  what: string,
  work: (file: string) => Promise<T>,
): Promise<readonly T[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === "ENOENT") return [];
    throw cannotRead(what, folder, error);
  });
  const files = names.filter((name) => name.endsWith(".json")).map((name) => path.join(folder, name));
  return await inParallel(files, WIDTH, work);
}
