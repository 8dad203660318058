import { lstat, stat, unlink } from "node:fs/promises";
import path from "node:path";
import type { KillRecord } from "#core";
import { AccountError } from "../accountError.ts";
import { isObject, readRecord } from "../record/recordShape.ts";
import { writeAtomically } from "./atomicFile.ts";
import { type Claim, claimIn, holderIn } from "./claim.ts";
import { type LoadJournal, loadJournal } from "./loadJournal.ts";
import { eachJsonFile, readingProblem, readWhole } from "./readFiles.ts";

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
  /** The load tests of this machine: a kill takes over what they have to put back. */
  readonly loads: LoadJournal;
  /**
   * All kills, closed ones too, newest first; files that cannot be read are reported and left alone. Rejects with an
   * `AccountError` when the folder cannot be read.
   */
  list(): Promise<JournalContent>;
  /** The kill with this id, whatever its stage; undefined where there is none. Rejects with an `AccountError` when it cannot be read. */
  read(id: string): Promise<JournalEntry | undefined>;
  /**
   * On disk when it resolves. Rejects with what the file system says, and for a record that could not be read back. A kill that is closed lets those go that were closed 30 days ago, once
   * their functions carry no record of them.
   */
  write(entry: JournalEntry): Promise<void>;
  /** Keeps other processes from the same function until it is released; undefined when one is at work on it now. */
  claim(key: string, name: string): Promise<Claim | undefined>;
  /** Which process keeps others from the function, and until when, as a sentence. */
  holder(key: string, name: string): Promise<string>;
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

/** A record takes some kilobytes. */
const LARGEST = 16 * 1024 * 1024;
/** How long a closed kill stays on record after its function carries it no more, milliseconds. */
const KEPT = 30 * 24 * 60 * 60_000;

/** The journal in a state folder; it is made when something is written. */
export function createJournal(stateFolder: string): Journal {
  const folder = path.join(stateFolder, "kills");
  const fileOf = (id: string) => path.join(folder, `${id}.json`);
  return {
    folder,
    loads: loadJournal(stateFolder),
    list: () => readFolder(folder),
    async read(id) {
      const entry = await readEntry(fileOf(id));
      if (typeof entry !== "string") return entry;
      if (await isMissing(fileOf(id))) return undefined;
      throw new AccountError("failed", entry);
    },
    async write(entry) {
      const { record } = entry;
      if (readRecord(record) === undefined)
        throw new AccountError("failed", `the record of ${record.name} could not be read back`);
      await writeAtomically(fileOf(record.id), `${JSON.stringify(entry, undefined, 2)}\n`);
      // What cannot be tidied up now is tidied up next time.
      if (!isOpen(entry)) await prune(folder, Date.now() - KEPT).catch(() => {});
    },
    claim: (key, name) => claimIn(path.join(folder, "claims"), `${key}/${name}`),
    holder: (key, name) => holderIn(path.join(folder, "claims"), `${key}/${name}`),
  };
}

async function readFolder(folder: string): Promise<JournalContent> {
  const read = await eachJsonFile(folder, "kills recorded", async (file) => ({ file, entry: await readEntry(file) }));
  const entries = read.flatMap(({ entry }) => (typeof entry === "string" ? [] : [entry]));
  return {
    entries: entries.sort((a, b) => (a.record.at < b.record.at ? 1 : -1)),
    broken: read.flatMap(({ file, entry }) => (typeof entry === "string" ? [{ file, message: entry }] : [])),
  };
}

/**
 * Removes kills that were closed before a moment (milliseconds since 1970). Those whose record may still be on their function stay: by
 * them alone it is known that such a record is of a closed kill.
 */
async function prune(folder: string, before: number): Promise<void> {
  await eachJsonFile(folder, "kills recorded", async (file) => {
    if ((await stat(file)).mtimeMs >= before) return;
    const entry = await readEntry(file);
    if (typeof entry === "string" || isOpen(entry) || entry.tagged) return;
    if (Date.parse(entry.changedAt) < before) await unlink(file);
  });
}

/** The entry in a file, or sentences that say why there is none, and what to do. */
async function readEntry(file: string): Promise<JournalEntry | string> {
  const cannot = (why: string) => `The kill recorded in ${file} cannot be read: ${why}`;
  let value: unknown;
  try {
    value = JSON.parse(await readWhole(file, LARGEST));
  } catch (error) {
    return cannot(readingProblem(error, lost));
  }
  const { version, key, stage, changedAt, tagged, record: recorded } = isObject(value) ? value : {};
  if (version !== 1) return cannot("it was written by another version of this program. Use that version for it.");
  const record = readRecord(recorded);
  const known = stages.find((name) => name === stage);
  const whole = typeof key === "string" && typeof changedAt === "string" && typeof tagged === "boolean";
  if (record === undefined || known === undefined || !whole) return cannot(`something is missing in it. ${lost}`);
  if (path.basename(file) !== `${record.id}.json`) return cannot(`it is a copy of ${record.id}.json. Remove it.`);
  return { version, key, stage: known, changedAt, tagged, record };
}

/** What the log of changes has of a kill, by its id, is enough to put a function back by hand. */
const lost = "The log of changes says under this id what was changed: put that back, then remove the file.";

async function isMissing(file: string): Promise<boolean> {
  return await lstat(file).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === "ENOENT",
  );
}

const stages: readonly KillStage[] = ["prepared", "killing", "killed", "restoring", "restored", "removed"];

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

/** What to say when another process keeps this one from a function. */
export async function busyMessage(journal: Pick<Journal, "holder">, key: string, name: string): Promise<string> {
  return `Another process is killing or restoring ${name}; nothing was done here. ${await journal.holder(key, name)}`;
}

/** What to say when a later write fails: the record is there, only how far it has come is not. */
export function staleJournal(name: string, { folder }: Journal, error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return `The journal in ${folder} does not say how far ${name} has come: ${why}.`;
}
