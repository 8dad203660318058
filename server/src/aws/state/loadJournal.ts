import { stat, unlink } from "node:fs/promises";
import path from "node:path";
import { isCount } from "../invalidMember.ts";
import { isObject } from "../record/recordShape.ts";
import { writeAtomically } from "./atomicFile.ts";
import { type Claim, claimIn, holderIn, revokeIn } from "./claim.ts";
import { eachJsonFile, readingProblem, readWhole } from "./readFiles.ts";

/** A reservation that a load test has changed, or is about to, and has to put back. */
export interface LoadRecord {
  readonly version: 1;
  readonly id: string;
  /** `accountKey` of the account. */
  readonly key: string;
  /** ARN of the caller. */
  readonly who: string;
  /** When it was begun; ISO 8601. */
  readonly at: string;
  /** Name of the function. */
  readonly name: string;
  /** Its reservation before; `null`: none. */
  readonly before: number | null;
  /** Its reservation for the test. */
  readonly reserved: number;
}

/** The reservations of this machine that have to be put back, one file each. */
export interface LoadJournal {
  /** Oldest first, and why files cannot be read, as sentences; they are left alone. Rejects with an `AccountError` when the folder cannot be read. */
  list(): Promise<{ readonly records: readonly LoadRecord[]; readonly broken: readonly string[] }>;
  /** On disk when it resolves. Rejects with what the file system says. */
  write(record: LoadRecord): Promise<void>;
  remove(id: string): Promise<void>;
  /** Is it still to be put back? */
  has(id: string): Promise<boolean>;
  /** Keeps other load tests from the same function; undefined when one has it now. */
  claim(key: string, name: string): Promise<Claim | undefined>;
  /** Which process that is, and until when, as a sentence. */
  holder(key: string, name: string): Promise<string>;
  /** Ends the load test that has claimed a function: it sends nothing more once it has seen that its claim is gone. */
  stop(key: string, name: string): Promise<void>;
}

/** The journal in a state folder; it is made when something is written. */
export function loadJournal(stateFolder: string): LoadJournal {
  const folder = path.join(stateFolder, "loads");
  const claims = path.join(folder, "claims");
  const fileOf = (id: string) => path.join(folder, `${id}.json`);
  return {
    async list() {
      const read = await eachJsonFile(folder, "load tests recorded", readOne);
      const records = read.filter((record) => typeof record !== "string");
      return {
        records: records.sort((a, b) => (a.at < b.at ? -1 : 1)),
        broken: read.filter((record) => typeof record === "string"),
      };
    },
    write: (record) => writeAtomically(fileOf(record.id), `${JSON.stringify(record, undefined, 2)}\n`),
    remove: async (id) => await unlink(fileOf(id)),
    has: async (id) =>
      await stat(fileOf(id)).then(
        () => true,
        (error: NodeJS.ErrnoException) => error.code !== "ENOENT",
      ),
    claim: async (key, name) => await claimIn(claims, `${key}/${name}`),
    holder: async (key, name) => await holderIn(claims, `${key}/${name}`),
    stop: async (key, name) => await revokeIn(claims, `${key}/${name}`),
  };
}

const LARGEST = 1024 * 1024;
/** What the log of changes has is enough to put a reservation back by hand. */
const lost = "The log of changes says what was changed: put that back, then remove the file.";

/** The record in a file, or sentences that say why there is none, and what to do. */
async function readOne(file: string): Promise<LoadRecord | string> {
  const cannot = (why: string) => `The load test recorded in ${file} cannot be read: ${why}`;
  try {
    const record = recordIn(JSON.parse(await readWhole(file, LARGEST)));
    if (record !== undefined && path.basename(file) === `${record.id}.json`) return record;
    return cannot(`something is missing in it, or another version wrote it. ${lost}`);
  } catch (error) {
    return cannot(readingProblem(error, lost));
  }
}

function recordIn(value: unknown): LoadRecord | undefined {
  if (!isObject(value) || value.version !== 1) return undefined;
  const { id, key, who, at, name, before, reserved } = value;
  if (typeof id !== "string" || !/^[\w-]{1,64}$/.test(id) || typeof name !== "string" || !/^[\w-]{1,64}$/.test(name))
    return undefined;
  if (typeof key !== "string" || typeof who !== "string" || typeof at !== "string") return undefined;
  if (!isCount(reserved) || (before !== null && !isCount(before))) return undefined;
  return { version: 1, id, key, who, at, name, before, reserved };
}
