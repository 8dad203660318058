import assert from "node:assert/strict";
import { test } from "node:test";
import { readSnapshot } from "#aws";
import type { AccountSnapshot } from "#core";
import { openDemoSession } from "../demoSession.ts";
import { complaints, progressOf, reservations, sceneFor } from "./support.ts";

test("the default account is read with reservations, stacks and sizes, in the order of the names", async (t) => {
  const { session } = await sceneFor(t);
  const snapshot = await readSnapshot(session, { now: () => Date.UTC(2026, 0, 1) });
  assert.deepEqual(reservations(snapshot), {
    "blog-archive": 0,
    "blog-comments": 100,
    "blog-newsletter": 50,
    "blog-search": 150,
    "blog-thumbnails": 300,
    concurrencyBlog01: null,
  });
  assert.deepEqual([snapshot.limit, snapshot.unreserved, snapshot.functionCount], [1000, 400, 6]);
  assert.equal(progressOf(snapshot), "complete 6/6");
  assert.deepEqual(snapshot.problems, []);
  assert.deepEqual(
    snapshot.functions.find(({ name }) => name === "blog-search"),
    {
      name: "blog-search",
      arn: "arn:aws:lambda:us-east-1:123456789012:function:blog-search",
      reserved: 150,
      runtime: "nodejs22.x",
      timeout: 10,
      memory: 128,
      architecture: "x86_64",
      stack: { name: "concurrency-blog", logicalId: "Search" },
      readAt: "2026-01-01T00:00:00.000Z",
    },
  );
});

test("1,000 functions take 1,021 calls, none of them refused, and the totals come after the first", async (t) => {
  const { session, rateLimiter, calls } = await sceneFor(t, { more: 1000 });
  const shown: string[] = [];
  const times: number[] = [];
  let callsAtFirst: unknown;
  const snapshot = await readSnapshot(session, {
    onProgress(state) {
      callsAtFirst ??= calls();
      shown.push(progressOf(state));
      if (state.reading.state === "reading") times.push(performance.now());
    },
  });
  assert.deepEqual(rateLimiter.counts, { getFunction: 1000, other: 21, throttled: 0 });
  assert.deepEqual(calls(), { GetAccountSettings: 1, ListFunctions: 20, GetFunction: 1000, GetCallerIdentity: 1 });
  assert.deepEqual(callsAtFirst, { GetAccountSettings: 1 });
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  assert.ok(Math.min(...pauses) > 100, `shown after ${pauses}`);
  assert.equal(shown[0], "reading 0/0");
  assert.equal(shown.at(-1), "complete 1000/1000");
  assert.equal(progressOf(snapshot), "complete 1000/1000");
});

test("where answers are slow everything is read all the same", async (t) => {
  const { session } = await openDemoSession(
    { demo: { timeScale: 20, account: { more: 30, latency: 1000 } }, host: { readRate: 50 } },
    t,
  );
  assert.equal(progressOf(await readSnapshot(session)), "complete 30/30");
});

const start = Date.UTC(2026, 0, 1);

/** A snapshot from some minutes before `start`, with details and use of that time. */
function before(snapshot: AccountSnapshot, minutes: number): AccountSnapshot {
  const at = new Date(start - minutes * 60_000).toISOString();
  const details = { readAt: at, provisioned: [], targets: [], mappings: [], problems: [] };
  const usage = { from: at, until: at, concurrency: [], maximum: 5 };
  const functions = snapshot.functions.map((fn) => ({ ...fn, details, usage, readAt: at }));
  return { ...snapshot, readAt: at, usage, functions, learnedFloor: 50 };
}

/** What the first function has of the snapshot before it. */
function lent({ usage, learnedFloor, functions: [first] }: AccountSnapshot) {
  const { details, usage: own } = first ?? {};
  return { details: details !== undefined, usage: own?.maximum, account: usage?.maximum, floor: learnedFloor };
}

test("a snapshot before lends details and use for five minutes, and the floor", async (t) => {
  const { session } = await sceneFor(t, { functions: [{ name: "a", reserved: 5 }] });
  const now = () => start;
  const first = await readSnapshot(session, { now });
  assert.deepEqual(lent(first), { details: false, usage: undefined, account: undefined, floor: undefined });
  const lately = await readSnapshot(session, { now, previous: before(first, 5) });
  assert.deepEqual(lent(lately), { details: true, usage: 5, account: 5, floor: 50 });
  const late = await readSnapshot(session, { now, previous: before(first, 5.1), learnedFloor: 80 });
  assert.deepEqual(lent(late), { details: false, usage: undefined, account: undefined, floor: 80 });
});

test("details are not lent to a function whose reservation has changed, and nothing by another account", async (t) => {
  const { session } = await sceneFor(t, { functions: [{ name: "a", reserved: 5 }] });
  const now = () => start;
  const first = before(await readSnapshot(session, { now }), 1);
  const changed = { ...first, functions: first.functions.map((fn) => ({ ...fn, reserved: null })) };
  assert.deepEqual(lent(await readSnapshot(session, { now, previous: changed })), {
    details: false,
    usage: 5,
    account: 5,
    floor: 50,
  });
  const foreign = { ...first, identity: { ...first.identity, region: "eu-west-1" } };
  assert.deepEqual(lent(await readSnapshot(session, { now, previous: foreign })), {
    details: false,
    usage: undefined,
    account: undefined,
    floor: undefined,
  });
});

test("a reservation of the snapshot before is never shown as if it were read now", async (t) => {
  const { session } = await sceneFor(t, { functions: [{ name: "a", reserved: 5 }] });
  const previous = await readSnapshot(session);
  const shown: unknown[] = [];
  await readSnapshot(session, {
    previous,
    onProgress: ({ functions }) => shown.push(...functions.map(({ reserved }) => reserved)),
  });
  assert.equal(shown.includes(5), true);
  assert.deepEqual(
    shown.filter((value) => value !== 5 && JSON.stringify(value) !== '{"unknown":"not read yet"}'),
    [],
  );
});

test("who cannot be asked for at the end makes a reading partial", async (t) => {
  const { session, faults } = await sceneFor(t, { more: 5 });
  faults({ kind: "expired", action: "GetCallerIdentity" });
  const snapshot = await readSnapshot(session);
  assert.equal(progressOf(snapshot), "partial 5/5");
  assert.deepEqual(complaints(snapshot), ["sts:GetCallerIdentity"]);
});

test("an account without functions is complete", async (t) => {
  const { session } = await sceneFor(t, { functions: [] });
  const snapshot = await readSnapshot(session);
  assert.equal(progressOf(snapshot), "complete 0/0");
  assert.deepEqual([snapshot.limit, snapshot.unreserved, snapshot.functions], [1000, 1000, []]);
});
