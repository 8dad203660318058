import path from "node:path";
import { isCount } from "../invalidMember.ts";
import { writeAtomically } from "./atomicFile.ts";
import { fileNameFor, keepNewest, readJson } from "./keptFile.ts";

const LARGEST = 4096;
const MOST_FILES = 200;

/**
 * What Lambda insisted on leaving unreserved when it refused a change, by account, Region and endpoint (`accountKey`).
 */
export interface LearnedFloors {
  /** The floor that was learned; undefined when none was. Never rejects. */
  get(key: string): Promise<number | undefined>;
  /** Keeps a floor, 0 or a positive integer; anything else is ignored. Rejects when the folder cannot be written. */
  learn(key: string, floor: number): Promise<void>;
}

/** Floors in a folder: one small file each, so that two processes which learn at the same time lose nothing. */
export function learnedFloors(folder: string): LearnedFloors {
  const files = path.join(folder, "floors");
  return {
    async get(key) {
      const found = await readJson(path.join(files, fileNameFor(key)), LARGEST);
      return isFloor(found) && found.key === key ? found.floor : undefined;
    },
    async learn(key, floor) {
      const content = { version: 1, key, floor };
      if (!isFloor(content)) return;
      await writeAtomically(path.join(files, fileNameFor(key)), JSON.stringify(content));
      await keepNewest(files, MOST_FILES);
    },
  };
}

function isFloor(value: unknown): value is { readonly version: 1; readonly key: string; readonly floor: number } {
  if (typeof value !== "object" || value === null) return false;
  const { version, key, floor } = value as Readonly<Record<string, unknown>>;
  return version === 1 && typeof key === "string" && isCount(floor);
}
