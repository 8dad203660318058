import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { RegionState } from "./state.ts";

const VERSION = 1;

/** The content of a state file. */
export interface SavedState {
  readonly account: string;
  readonly regions: readonly RegionState[];
}

/** Reads a state file; nothing where there is none yet. Throws an `Error` with a sentence where it is something else. */
export function loadState(file: string): SavedState | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${file} is no state file of a demo account: it is not JSON.`);
  }
  if (!isSaved(value)) throw new Error(`${file} is no state file of a demo account.`);
  return value;
}

/** Writes the state so that the file is whole at any moment: beside it first, then in its place. */
export function saveState(file: string, { account, regions }: SavedState): void {
  const temporary = `${file}.${process.pid}.tmp`;
  const handle = openSync(temporary, "w", 0o600);
  try {
    writeFileSync(handle, `${JSON.stringify({ version: VERSION, account, regions }, undefined, 1)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
}

function isSaved(value: unknown): value is SavedState {
  if (typeof value !== "object" || value === null) return false;
  const { version, account, regions }: Partial<Record<string, unknown>> = { ...value };
  return version === VERSION && typeof account === "string" && Array.isArray(regions);
}
