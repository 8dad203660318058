import { readdir, readFile, unlink } from "node:fs/promises";
import path from "node:path";
import { type AccountIdentity, accountKey, type PlanFunction, type PlanStep } from "#core";
import { readApplyRecord } from "./applyShape.ts";
import { cannotRead, writeAtomically } from "./atomicFile.ts";
import { type Claim, claimIn } from "./claim.ts";

/** An apply that is under way or was stopped half way: all that finishing it or taking it back needs. */
export interface ApplyRecord {
  readonly version: 1;
  readonly id: string;
  /** `accountKey` of the account. */
  readonly key: string;
  /** ARN of the caller. */
  readonly who: string;
  /** When it was begun; ISO 8601. */
  readonly at: string;
  /** What it applies, in a few words: the name of a budget file, `thumbnails to 350`. */
  readonly title: string;
  /** `undo`: these steps take an earlier apply back that was interrupted. */
  readonly mode: "apply" | "set" | "undo";
  /** Id, in the log of changes, of the apply or set that this one takes back. */
  readonly undoes?: string;
  /** The floor that the plan counted with. */
  readonly floor: number;
  readonly steps: readonly PlanStep[];
  /** Steps before this one are made; this one may have been made. */
  readonly next: number;
  /** Provisioned concurrency that was deleted, or is about to be, and is not back yet. */
  readonly away: readonly AwayConfig[];
  /** The functions of all steps as they were before the first. */
  readonly before: readonly PlanFunction[];
}

/** Provisioned concurrency that has to come back. */
export interface AwayConfig {
  readonly name: string;
  readonly qualifier: string;
  readonly requested: number;
}

/** The unfinished applies of this machine, one file each. */
export interface ApplyJournal {
  /**
   * Unfinished applies, oldest first; files that cannot be read are reported and left alone. Rejects with an
   * `AccountError` when the folder cannot be read.
   */
  list(): Promise<{ readonly records: readonly ApplyRecord[]; readonly broken: readonly string[] }>;
  /** On disk when it resolves. Rejects with what the file system says. */
  write(record: ApplyRecord): Promise<void>;
  remove(id: string): Promise<void>;
  /** Keeps other processes from applying to the same account; undefined when one is at it now. */
  claim(key: string): Promise<Claim | undefined>;
}

/** The journal in a state folder; it is made when something is written. */
export function applyJournal(stateFolder: string): ApplyJournal {
  const folder = path.join(stateFolder, "applies");
  const fileOf = (id: string) => path.join(folder, `${id}.json`);
  return {
    async list() {
      const names = (await readdir(folder).catch((error) => missing(folder, error))).filter((name) =>
        name.endsWith(".json"),
      );
      const read = await Promise.all(names.map((name) => readOne(path.join(folder, name))));
      const records = read.filter((record) => typeof record !== "string");
      return {
        records: records.sort((a, b) => (a.at < b.at ? -1 : 1)),
        broken: read.filter((record) => typeof record === "string"),
      };
    },
    write: (record) => writeAtomically(fileOf(record.id), `${JSON.stringify(record, undefined, 2)}\n`),
    remove: async (id) => await unlink(fileOf(id)),
    claim: async (key) => await claimIn(path.join(folder, "claims"), key),
  };
}

/** Unfinished applies of a state folder, oldest first; of one account when it is given. */
export async function pendingApplies(stateFolder: string, identity?: AccountIdentity): Promise<readonly ApplyRecord[]> {
  const { records } = await applyJournal(stateFolder).list();
  return identity === undefined ? records : records.filter(({ key }) => key === accountKey(identity));
}

async function readOne(file: string): Promise<ApplyRecord | string> {
  try {
    const record = readApplyRecord(JSON.parse(await readFile(file, "utf8")));
    if (record !== undefined && path.basename(file) === `${record.id}.json`) return record;
    return `The unfinished apply in ${file} cannot be read: something is missing in it, or another version wrote it.`;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return `The unfinished apply in ${file} cannot be read: ${code ?? message}.`;
  }
}

function missing(folder: string, error: NodeJS.ErrnoException): string[] {
  if (error.code === "ENOENT") return [];
  throw cannotRead("unfinished applies", folder, error);
}
