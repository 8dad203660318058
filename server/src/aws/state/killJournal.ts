import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { KillRecord } from "#core";
import { AccountError } from "../accountError.ts";
import { isObject, readRecord } from "../record/recordShape.ts";
import { cannotRead, writeAtomically } from "./atomicFile.ts";
import { type Claim, claimIn } from "./claim.ts";

/**
 * How far a kill has come. `prepared`: recorded, no call made yet. `killing`, `restoring`: calls may have been made.
 * `restored`: put back. `removed`: closed without a restore, because nothing was changed or somebody said so.
 */
export type KillStage = "prepared" | "killing" | "killed" | "restoring" | "restored" | "removed";

/** A kill as this machine knows it. */
export interface JournalEntry {
  readonly version: 1;
  /** `accountKey` of the account: the same number at another endpoint is another account. */
  readonly key: string;
  readonly stage: KillStage;
  /** When `stage` was written; ISO 8601. */
  readonly changedAt: string;
  /** Is the record on the function as tags too? */
  readonly tagged: boolean;
  readonly record: KillRecord;
}

/**
 * The kills that were made on this machine, one file each. Editor and command line, in any number of processes, share
 * it.
 */
export interface Journal {
  readonly folder: string;
  /**
   * All kills, closed ones too, newest first; files that cannot be read are reported and left alone. Rejects with an
   * `AccountError` when the folder cannot be read.
   */
  list(): Promise<JournalContent>;
  /** The kill with this id, whatever its stage; undefined where there is none or it cannot be read. */
  read(id: string): Promise<JournalEntry | undefined>;
  /** On disk when it resolves. Rejects with what the file system says. */
  write(entry: JournalEntry): Promise<void>;
  /** Keeps other processes from the same function until it is released; undefined when one is at work on it now. */
  claim(key: string, name: string): Promise<Claim | undefined>;
}

/** What the folder of the journal holds. */
export interface JournalContent {
  readonly entries: readonly JournalEntry[];
  readonly broken: readonly { readonly file: string; readonly message: string }[];
}

/** Is there something to restore? */
export function isOpen({ stage }: Pick<JournalEntry, "stage">): boolean {
  return stage !== "restored" && stage !== "removed";
}

/** The journal in a state folder; it is made when something is written. */
export function createJournal(stateFolder: string): Journal {
  const folder = path.join(stateFolder, "kills");
  return {
    folder,
    list: () => readFolder(folder),
    async read(id) {
      const entry = await readEntry(path.join(folder, `${id}.json`));
      return typeof entry === "string" ? undefined : entry;
    },
    write: (entry) =>
      writeAtomically(path.join(folder, `${entry.record.id}.json`), `${JSON.stringify(entry, undefined, 2)}\n`),
    claim: (key, name) => claimIn(path.join(folder, "claims"), `${key}/${name}`),
  };
}

async function readFolder(folder: string): Promise<JournalContent> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw cannotRead("kills recorded", folder, error);
  });
  const files = names.filter((name) => name.endsWith(".json")).map((name) => path.join(folder, name));
  const read = await Promise.all(files.map(async (file) => ({ file, entry: await readEntry(file) })));
  const entries = read.flatMap(({ entry }) => (typeof entry === "string" ? [] : [entry]));
  return {
    entries: entries.sort((a, b) => (a.record.at < b.record.at ? 1 : -1)),
    broken: read.flatMap(({ file, entry }) => (typeof entry === "string" ? [{ file, message: entry }] : [])),
  };
}

/** The entry in a file, or a sentence that says why there is none. */
async function readEntry(file: string): Promise<JournalEntry | string> {
  const cannot = (why: string) => `The kill recorded in ${file} cannot be read: ${why}.`;
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => error);
  if (typeof text !== "string") return cannot(text.code ?? text.message);
  const value = parsed(text);
  if (!isObject(value)) return cannot("it is not JSON");
  const { version, key, stage, changedAt, tagged } = value;
  if (version !== 1) return cannot("it was written by another version of this program");
  const record = readRecord(value.record);
  const known = stages.find((name) => name === stage);
  const whole = typeof key === "string" && typeof changedAt === "string" && typeof tagged === "boolean";
  if (record === undefined || known === undefined || !whole) return cannot("something is missing in it");
  if (path.basename(file) !== `${record.id}.json`) return cannot(`it is a copy of ${record.id}.json`);
  return { version, key, stage: known, changedAt, tagged, record };
}

const stages: readonly KillStage[] = ["prepared", "killing", "killed", "restoring", "restored", "removed"];

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Without a record on disk nothing is begun. */
export function cannotWrite({ folder }: Journal): (error: unknown) => never {
  return (error) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new AccountError(
      "failed",
      `The record cannot be written to ${folder}, so nothing was done: ${why}. Make room there, or set XDG_STATE_HOME to another folder.`,
    );
  };
}

/** What to say when a later write fails: the record is there, only how far it has come is not. */
export function staleJournal(name: string, { folder }: Journal, error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return `The journal in ${folder} does not say how far ${name} has come: ${why}.`;
}
