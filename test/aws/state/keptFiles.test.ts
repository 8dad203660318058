import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { learnedFloors, readDetails, readSnapshot, readUsage, snapshotCache } from "#aws";
import { type AccountSnapshot, accountKey } from "#core";
import { sceneFor } from "../reading/support.ts";

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "lambda-concurrency-"));
  t.after(async () => await rm(folder, { recursive: true, force: true }));
  return path.join(folder, "state");
}

const plain: AccountSnapshot = {
  version: 1,
  identity: { account: "123456789012", arn: "arn:aws:iam::123456789012:user/x", partition: "aws", region: "us-east-1" },
  readAt: "2026-01-01T00:00:00.000Z",
  limit: 1000,
  unreserved: 900,
  functionCount: 1,
  reading: { state: "complete", known: 1, listed: 1 },
  functions: [{ name: "a", arn: "arn:aws:lambda:us-east-1:123456789012:function:a", reserved: 100 }],
  problems: [],
};
const key = accountKey(plain.identity);

async function onlyFile(folder: string): Promise<string> {
  const names = await readdir(path.join(folder, "snapshots"));
  assert.equal(names.length, 1);
  return path.join(folder, "snapshots", names[0] ?? "");
}

test("a snapshot of a real reading, with details and use, comes back as it was", async (t) => {
  const { session } = await sceneFor(t, undefined, { traffic: true });
  const snapshot = await readSnapshot(session, { learnedFloor: 100 });
  const { account, functions } = await readUsage(session, ["blog-search"], { now: new Date(Date.UTC(2026, 0, 1)) });
  const whole: AccountSnapshot = {
    ...snapshot,
    usage: account,
    functions: await Promise.all(
      snapshot.functions.map(async (fn) => {
        const usage = functions.get(fn.name);
        return { ...fn, details: await readDetails(session, fn), ...(usage === undefined ? {} : { usage }) };
      }),
    ),
  };
  assert.equal(functions.get("blog-search")?.concurrency.length, 36);
  const cache = snapshotCache(await folderFor(t));
  await cache.save(whole);
  assert.deepEqual(await cache.load(accountKey(whole.identity)), whole);
});

test("nothing secret gets into the file", async (t) => {
  const functions = [{ name: "a", environment: { PASSWORD: "swordfish" }, tags: { "cost-center": "cc-4711" } }];
  const { session } = await sceneFor(t, { functions });
  const folder = await folderFor(t);
  await snapshotCache(folder).save(await readSnapshot(session));
  assert.doesNotMatch(await readFile(await onlyFile(folder), "utf8"), /swordfish|PASSWORD|4711|\/demo\/code\/|AKIDEMO/);
});

test("only the user may read what is kept", { skip: process.platform === "win32" }, async (t) => {
  const folder = await folderFor(t);
  await snapshotCache(folder).save(plain);
  assert.equal((await stat(await onlyFile(folder))).mode & 0o777, 0o600);
  assert.equal((await stat(folder)).mode & 0o777, 0o700);
});

test("a snapshot is only given for the account, Region and endpoint that it is of", async (t) => {
  const folder = await folderFor(t);
  const cache = snapshotCache(folder);
  await cache.save(plain);
  const others = [
    { ...plain.identity, account: "210987654321" },
    { ...plain.identity, region: "eu-west-1" },
    { ...plain.identity, partition: "aws-cn" },
    { ...plain.identity, endpoint: "http://127.0.0.1:4566" },
  ];
  for (const identity of others) assert.equal(await cache.load(accountKey(identity)), undefined);
  // A file in the wrong place does not help either.
  await writeFile(await onlyFile(folder), JSON.stringify({ ...plain, identity: others[0] }));
  assert.equal(await cache.load(key), undefined);
});

test("a file that is broken, of another version or of another form is as good as none", async (t) => {
  const folder = await folderFor(t);
  const cache = snapshotCache(folder);
  await cache.save(plain);
  const file = await onlyFile(folder);
  const whole = JSON.stringify(plain);
  const broken = [
    "",
    whole.slice(0, -20),
    "null",
    "[]",
    JSON.stringify({ ...plain, version: 2 }),
    JSON.stringify({ ...plain, limit: "1000" }),
    JSON.stringify({ ...plain, functions: [{ name: "a" }] }),
    JSON.stringify({ ...plain, functions: [{ ...plain.functions[0], reserved: -1 }] }),
    JSON.stringify({ ...plain, functions: [{ ...plain.functions[0], Environment: {} }] }),
    JSON.stringify({ ...plain, reading: { state: "reading", known: 0, listed: 0 } }),
  ];
  for (const text of broken) {
    await writeFile(file, text);
    assert.equal(await cache.load(key), undefined, text);
  }
  await writeFile(file, whole);
  assert.deepEqual(await cache.load(key), plain);
});

test("a reading that has not ended is not kept", async (t) => {
  const cache = snapshotCache(await folderFor(t));
  await cache.save({ ...plain, reading: { state: "reading", known: 0, listed: 1 } });
  assert.equal(await cache.load(key), undefined);
});

test("several that write and read at once always find a whole file, and leave no other", async (t) => {
  const folder = await folderFor(t);
  const caches = [snapshotCache(folder), snapshotCache(folder), snapshotCache(folder)];
  await caches[0]?.save(plain);
  const limits = await Promise.all(
    Array.from({ length: 60 }, async (_, index) => {
      const cache = caches[index % 3];
      await cache?.save({ ...plain, limit: 1000 + index });
      return (await cache?.load(key))?.limit ?? 0;
    }),
  );
  assert.equal(
    limits.every((limit) => limit >= 1000),
    true,
  );
  await onlyFile(folder);
});

test("the 50 newest snapshots are kept", async (t) => {
  const folder = await folderFor(t);
  const cache = snapshotCache(folder);
  const of = (index: number): AccountSnapshot => ({ ...plain, identity: { ...plain.identity, region: `r-${index}` } });
  await cache.save(of(0));
  await utimes(await onlyFile(folder), 1, 1);
  for (let index = 1; index <= 50; index++) await cache.save(of(index));
  assert.equal((await readdir(path.join(folder, "snapshots"))).length, 50);
  assert.equal(await cache.load(accountKey(of(0).identity)), undefined);
  assert.deepEqual(await cache.load(accountKey(of(50).identity)), of(50));
});

test("a link in the place of the file is replaced, not followed", { skip: process.platform === "win32" }, async (t) => {
  const folder = await folderFor(t);
  const cache = snapshotCache(folder);
  await cache.save(plain);
  const file = await onlyFile(folder);
  const target = path.join(folder, "precious");
  await writeFile(target, "precious");
  await rm(file);
  await symlink(target, file);
  await cache.save(plain);
  assert.equal(await readFile(target, "utf8"), "precious");
  assert.deepEqual(await cache.load(key), plain);
});

test("a folder that cannot be written rejects when saving, and has nothing when loading", async (t) => {
  const folder = await folderFor(t);
  await writeFile(folder, "a file");
  await assert.rejects(snapshotCache(folder).save(plain));
  await assert.rejects(learnedFloors(folder).learn(key, 100));
  assert.equal(await snapshotCache(folder).load(key), undefined);
  assert.equal(await learnedFloors(folder).get(key), undefined);
});

test("floors are learned by account; the last one counts", async (t) => {
  const folder = await folderFor(t);
  const floors = learnedFloors(folder);
  assert.equal(await floors.get(key), undefined);
  await Promise.all([floors.learn(key, 100), learnedFloors(folder).learn("aws/1/eu-west-1", 10)]);
  await floors.learn(key, 50);
  assert.deepEqual([await floors.get(key), await floors.get("aws/1/eu-west-1")], [50, 10]);
  for (const nonsense of [Number.NaN, -1, 1.5, Number.POSITIVE_INFINITY]) await floors.learn(key, nonsense);
  assert.equal(await learnedFloors(folder).get(key), 50);
});
