import path from "node:path";
import { type AccountSnapshot, accountKey, isSnapshot } from "#core";
import { writeAtomically } from "./atomicFile.ts";
import { fileNameFor, keepNewest, readJson } from "./keptFile.ts";

const LARGEST = 32 * 1024 * 1024;
const MOST_FILES = 50;

/**
 * Snapshots that outlive the process, so that something can be shown, with its age, before an account is read again.
 */
export interface SnapshotCache {
  /**
   * The last snapshot of the account with this key (`accountKey`); undefined when there is none that can be used.
   * Never rejects.
   */
  load(key: string): Promise<AccountSnapshot | undefined>;
  /** Keeps a snapshot whose reading has ended. Rejects when the folder cannot be written. */
  save(snapshot: AccountSnapshot): Promise<void>;
}

/**
 * Snapshots in a folder: one file per account, Region and endpoint, at most 50, each up to 32 MB. Several processes
 * may use it at once.
 */
export function snapshotCache(folder: string): SnapshotCache {
  const files = path.join(folder, "snapshots");
  return {
    async load(key) {
      const found = await readJson(path.join(files, fileNameFor(key)), LARGEST);
      return isSnapshot(found) && accountKey(found.identity) === key ? found : undefined;
    },
    async save(snapshot) {
      if (snapshot.reading.state === "reading") return;
      const text = JSON.stringify(snapshot);
      if (Buffer.byteLength(text) > LARGEST) return;
      await writeAtomically(path.join(files, fileNameFor(accountKey(snapshot.identity))), text);
      await keepNewest(files, MOST_FILES);
    },
  };
}
