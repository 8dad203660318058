import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { type ApplyRecord, createJournal, learnedFloors, openAudit, snapshotCache } from "#aws";
import { applyJournal } from "#aws/state/applyJournal.ts";
import { writeAtomically } from "#aws/state/atomicFile.ts";
import { accountMemory } from "#client/account/accountMemory.ts";
import type { AccountSnapshot } from "#core";
import { killRecords } from "../kill/arbitraries.ts";
import { temporaryFolder } from "../kill/scene.ts";

/** What is asked of the disk to keep, in order; needs /proc to tell which file a handle is of. */
async function watchSyncs(t: TestContext): Promise<string[]> {
  const synced: string[] = [];
  const handle = await open(process.execPath, "r");
  const prototype: FileHandle = Object.getPrototypeOf(handle);
  await handle.close();
  for (const name of ["sync", "datasync"] as const) {
    const original = prototype[name];
    t.mock.method(prototype, name, function (this: FileHandle) {
      synced.push(readlinkSync(`/proc/self/fd/${this.fd}`));
      return original.call(this);
    });
  }
  return synced;
}

const identity = { account: "123456789012", arn: "arn", partition: "aws", region: "us-east-1" };
const snapshot: AccountSnapshot = {
  version: 1,
  identity,
  readAt: "2026-01-01T00:00:00.000Z",
  functionCount: 0,
  reading: { state: "complete", known: 0, listed: 0 },
  functions: [],
  problems: [],
};
const [record] = fc.sample(killRecords, { numRuns: 1, seed: 3 });
const apply: ApplyRecord = {
  version: 1,
  id: "one",
  key: "k",
  who: "arn",
  at: "2026-01-01T00:00:00.000Z",
  title: "t",
  mode: "set",
  floor: 100,
  steps: [],
  next: 0,
  away: [],
  before: [],
};
const nothing = { get: () => undefined, update: async () => {}, keys: () => [], setKeysForSync: () => {} };

const writers: Readonly<Record<string, (folder: string) => Promise<unknown>>> = {
  "a kill in the journal": (folder) => {
    assert.ok(record);
    return createJournal(folder).write({ version: 1, key: "k", stage: "killed", changedAt: "", tagged: true, record });
  },
  "an unfinished apply": (folder) => applyJournal(folder).write(apply),
  "a claim": async (folder) => (await applyJournal(folder).claim("k"))?.release(),
  "a learned floor": (folder) => learnedFloors(folder).learn("k", 50),
  "a snapshot": (folder) => snapshotCache(folder).save(snapshot),
  "the last snapshot of a window": (folder) => {
    const context = { globalState: nothing, workspaceState: nothing, storageUri: { fsPath: folder } };
    return accountMemory(context as unknown as Parameters<typeof accountMemory>[0]).saveLast(snapshot);
  },
};

for (const [what, write] of Object.entries(writers)) {
  test(`${what} survives a power cut: the file is synced before it takes its name, the folder after`, {
    skip: process.platform !== "linux" && "needs /proc",
  }, async (t) => {
    const folder = temporaryFolder(t);
    // The folders are there the second time.
    await write(folder);
    const synced = await watchSyncs(t);
    await write(folder);
    assert.equal(synced.length, 2, synced.join(", "));
    const [file = "", around = ""] = synced;
    assert.equal(path.dirname(file), around);
    assert.match(path.basename(file), /^\..+\.[0-9a-f]{12}$/);
    assert.equal(existsSync(file), false);
    assert.equal(statSync(around).isDirectory(), true);
  });
}

test("a line of the log of changes survives a power cut as soon as it is written, also in a log that was just made", {
  skip: process.platform !== "linux" && "needs /proc",
}, async (t) => {
  const folder = path.join(temporaryFolder(t), "state");
  const synced = await watchSyncs(t);
  const audit = await openAudit(folder, identity);
  assert.deepEqual(synced, [path.dirname(folder), folder]);
  const line = {
    time: "t",
    action: "set",
    function: "a",
    field: "reserved",
    before: 1,
    after: 2,
    result: "done",
  } as const;
  assert.equal(await audit.write(line), undefined);
  assert.deepEqual(synced.slice(2), [path.join(folder, "audit.jsonl")]);
  await audit.close();
});

test("what cannot take its place leaves the file as it was, and nothing beside it", async (t) => {
  const folder = temporaryFolder(t);
  const file = path.join(folder, "a.json");
  await writeAtomically(file, "old");
  const handle = await open(file, "r");
  const prototype: FileHandle = Object.getPrototypeOf(handle);
  await handle.close();
  t.mock.method(prototype, "sync", () => Promise.reject(new Error("ENOSPC")));
  await assert.rejects(writeAtomically(file, "new"), /ENOSPC/);
  assert.deepEqual([readdirSync(folder), readFileSync(file, "utf8")], [["a.json"], "old"]);
  rmSync(file);
});

test("state is written by one file alone", () => {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const sources = ["server/src/aws", "client/src"].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`),
  );
  const fromFs = /import (?:type )?\{([^}]*)\} from "node:fs(?:\/promises)?"/g;
  const writes =
    /\b(?:writeFile|writeFileSync|appendFile|appendFileSync|rename|renameSync|createWriteStream|mkdir|mkdirSync)\b/;
  const writing = sources.filter((name) =>
    [...readFileSync(path.join(root, name), "utf8").matchAll(fromFs)].some(([, names = ""]) => writes.test(names)),
  );
  assert.deepEqual(writing, ["server/src/aws/state/atomicFile.ts"]);
});
