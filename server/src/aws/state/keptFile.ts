import { createHash } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { readWhole } from "./readFiles.ts";

/** A name for a file about this account, the same in every process. */
export function fileNameFor(key: string): string {
  return `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.json`;
}

/**
 * What a JSON file of this product holds; undefined when there is none, or none that can be read as JSON and is at
 * most `largest` bytes long.
 */
export async function readJson(file: string, largest: number): Promise<unknown> {
  try {
    return JSON.parse(await readWhole(file, largest));
  } catch {
    // What is kept here only spares a reading: a file that is broken is as good as none.
    return undefined;
  }
}

/**
 * Removes what is older than the newest `most` files of a folder, left-over temporary files included. Never rejects.
 */
export async function keepNewest(folder: string, most: number): Promise<void> {
  try {
    const names = await readdir(folder);
    if (names.length <= most) return;
    const aged = await Promise.all(
      names.map(async (name) => {
        const file = path.join(folder, name);
        return { file, at: (await stat(file).catch(() => undefined))?.mtimeMs ?? 0 };
      }),
    );
    const old = aged.sort((a, b) => b.at - a.at).slice(most);
    await Promise.all(old.map(async ({ file }) => await rm(file, { force: true })));
  } catch {
    // Another process tidies up as well.
  }
}
