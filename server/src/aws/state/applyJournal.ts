import { unlink } from "node:fs/promises";
import path from "node:path";
import { type AccountIdentity, accountKey } from "#core";
import { AccountError } from "../accountError.ts";
import type { ApplyRecord } from "./applyRecord.ts";
import { readApplyRecord } from "./applyShape.ts";
import { writeAtomically } from "./atomicFile.ts";
import { type Claim, claimIn, holderIn } from "./claim.ts";
import { eachJsonFile, readingProblem, readWhole } from "./readFiles.ts";

/** What the folder of the journal holds. */
export interface ApplyJournalContent {
  /** Unfinished applies, oldest first. */
  readonly records: readonly ApplyRecord[];
  /** Why files cannot be read, as sentences; they are left alone. */
  readonly broken: readonly string[];
}

/** The unfinished applies of this machine, one file each. */
export interface ApplyJournal {
  /** Rejects with an `AccountError` when the folder cannot be read. */
  list(): Promise<ApplyJournalContent>;
  /** On disk when it resolves. Rejects with what the file system says, and for a record that could not be read back. */
  write(record: ApplyRecord): Promise<void>;
  remove(id: string): Promise<void>;
  /** Keeps other processes from applying to the same account; undefined when one is at it now. */
  claim(key: string): Promise<Claim | undefined>;
  /** Which process that is, and until when, as a sentence. */
  holder(key: string): Promise<string>;
}

/** The journal in a state folder; it is made when something is written. */
export function applyJournal(stateFolder: string): ApplyJournal {
  const folder = path.join(stateFolder, "applies");
  const fileOf = (id: string) => path.join(folder, `${id}.json`);
  return {
    async list() {
      const read = await eachJsonFile(folder, "unfinished applies", readOne);
      const records = read.filter((record) => typeof record !== "string");
      return {
        records: records.sort((a, b) => (a.at < b.at ? -1 : 1)),
        broken: read.filter((record) => typeof record === "string"),
      };
    },
    async write(record) {
      if (readApplyRecord(record) === undefined)
        throw new AccountError("failed", `the record of ${record.title} could not be read back`);
      await writeAtomically(fileOf(record.id), `${JSON.stringify(record, undefined, 2)}\n`);
    },
    remove: async (id) => await unlink(fileOf(id)),
    claim: async (key) => await claimIn(path.join(folder, "claims"), key),
    holder: async (key) => await holderIn(path.join(folder, "claims"), key),
  };
}

/** Unfinished applies of a state folder, of one account when it is given, and files that may be of any. Rejects as `list` does. */
export async function pendingApplies(stateFolder: string, identity?: AccountIdentity): Promise<ApplyJournalContent> {
  const { records, broken } = await applyJournal(stateFolder).list();
  const isMeant = ({ key }: ApplyRecord) => identity === undefined || key === accountKey(identity);
  return { records: records.filter(isMeant), broken };
}

/** The steps of thousands of functions take some megabytes. */
const LARGEST = 64 * 1024 * 1024;

/** The record in a file, or sentences that say why there is none, and what to do. */
async function readOne(file: string): Promise<ApplyRecord | string> {
  const cannot = (why: string) => `The unfinished apply in ${file} cannot be read: ${why}`;
  try {
    const record = readApplyRecord(JSON.parse(await readWhole(file, LARGEST)));
    if (record !== undefined && path.basename(file) === `${record.id}.json`) return record;
    return cannot(`something is missing in it, or another version wrote it. ${lost}`);
  } catch (error) {
    return cannot(readingProblem(error, lost));
  }
}

/** What the log of changes has of an apply, by its id, says how far it came. */
const lost = "The log of changes says under this id what was changed: look at that, then remove the file.";
