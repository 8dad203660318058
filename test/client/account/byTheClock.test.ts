import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { AccountRoom } from "#client/account/accountPorts.ts";
import { startDemo } from "#demo";
import { accountWith } from "../../demo/clients.ts";
import { storeOf } from "./storeOf.ts";

async function demoOf(test: TestContext) {
  const demo = await startDemo({ traffic: false, ...accountWith({ api: 300, jobs: null }) });
  test.after(() => demo.close());
  return { ...demo, choice: { endpoint: demo.url, region: "us-east-1", demo: true } };
}

/** A stand-in that notes what is asked for. */
function metrics(): { readonly asked: (readonly string[])[]; readonly readUsage: AccountRoom["readUsage"] } {
  const asked: (readonly string[])[] = [];
  const window = { from: "2026-03-01T09:00:00.000Z", until: "2026-03-01T12:00:00.000Z", concurrency: [] };
  return {
    asked,
    async readUsage(_session, names) {
      asked.push(names);
      const functions = new Map(names.map((name) => [name, { ...window, now: 7 }]));
      return { account: { ...window, now: 9 }, functions, problems: [] };
    },
  };
}

test("a demo account is read again every five seconds, only while a view is visible", async (t) => {
  const { choice, account } = await demoOf(t);
  const { readUsage } = metrics();
  const { store, advance, until } = storeOf(t, { readUsage });
  await store.connect(choice);
  const { state: region } = account.region("us-east-1");
  region.limit = 2000;
  advance(60_000);
  assert.equal(store.state.kind === "connected" && store.state.snapshot.limit, 1000);
  store.viewVisible(true);
  advance(5000);
  assert.equal(store.reading, false, "nobody waits for it");
  await until(({ state }) => state.kind === "connected" && state.snapshot.limit === 2000);
});

test("an account of AWS is read by the clock only when the user wants it", async (t) => {
  const { choice } = await demoOf(t);
  let read = 0;
  const { readUsage } = metrics();
  const { readSnapshot } = await import("#aws");
  const made = storeOf(t, {
    readUsage,
    readSnapshot: (...args) => {
      read++;
      return readSnapshot(...args);
    },
  });
  await made.store.connect({ endpoint: choice.endpoint, region: choice.region });
  made.store.viewVisible(true);
  made.advance(3 * 3_600_000);
  assert.equal(read, 1);
  made.settings = { ...made.settings, refreshMinutes: 10 };
  made.store.viewVisible(true);
  made.advance(600_000);
  await made.until(
    ({ state }) => state.kind === "connected" && read === 2 && state.snapshot.reading.state === "complete",
  );
});

test("metrics are asked for what is on screen, in one request, and kept for five minutes", async (t) => {
  const { choice } = await demoOf(t);
  const { asked, readUsage } = metrics();
  const { store, advance, until } = storeOf(t, { readUsage });
  await store.connect({ endpoint: choice.endpoint, region: choice.region });
  store.showing(["api"]);
  store.showing(["api", "jobs"]);
  advance(300);
  await until(({ state }) => state.kind === "connected" && state.snapshot.usage?.now === 9);
  assert.deepEqual(asked, [["api", "jobs"]]);
  const { state } = store;
  assert.equal(state.kind, "connected");
  assert.deepEqual(
    state.snapshot.functions.map(({ name, usage }) => [name, usage?.now]),
    [
      ["api", 7],
      ["jobs", 7],
    ],
  );
  store.showing(["jobs"]);
  advance(200_000);
  assert.equal(asked.length, 1);
  advance(100_000);
  store.showing(["jobs"]);
  advance(300);
  assert.deepEqual(asked, [["api", "jobs"], ["jobs"]]);
});

test("metrics cost nothing when they are switched off, and at most what the setting allows", async (t) => {
  const { choice } = await demoOf(t);
  const { asked, readUsage } = metrics();
  const made = storeOf(t, { readUsage });
  made.settings = { ...made.settings, usage: false };
  await made.store.connect(choice);
  made.store.showing(["api", "jobs"]);
  made.advance(1000);
  assert.deepEqual(asked, []);
  made.settings = { ...made.settings, usage: true, usageFunctions: 1 };
  made.store.showing(["api", "jobs"]);
  made.advance(300);
  assert.deepEqual(asked, [["api"]]);
});

test("the last snapshot is looked up when a view becomes visible, not before", async (t) => {
  const { choice } = await demoOf(t);
  const first = storeOf(t, metrics());
  await first.store.connect({ endpoint: choice.endpoint, region: choice.region });
  const [saved] = first.saved;
  assert.ok(saved);
  const later = storeOf(t);
  later.last = saved;
  assert.deepEqual(later.store.state, { kind: "disconnected" });
  later.store.viewVisible(true);
  await later.until(({ state }) => state.kind === "disconnected" && state.last !== undefined);
  assert.deepEqual(later.store.state, { kind: "disconnected", last: saved });
});

test("nothing of a demo account is kept for another day", async (t) => {
  const { choice } = await demoOf(t);
  const { store, saved } = storeOf(t, metrics());
  await store.connect(choice);
  assert.deepEqual(saved, []);
});
