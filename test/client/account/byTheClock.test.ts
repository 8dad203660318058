import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { AccountError, openSession, readSnapshot, type UsageReader } from "#aws";
import type { AwsModule } from "#client/account/accountPorts.ts";
import { startDemo } from "#demo";
import { accountWith } from "../../demo/clients.ts";
import { storeOf } from "./storeOf.ts";

async function demoOf(test: TestContext) {
  const demo = await startDemo({ traffic: false, ...accountWith({ api: 300, jobs: null }) });
  test.after(() => demo.close());
  return { ...demo, choice: { endpoint: demo.url, region: "us-east-1", demo: true } };
}

/** A stand-in that notes what is asked for. */
function metrics(): { readonly asked: (readonly string[])[]; readonly aws: Partial<AwsModule> } {
  const asked: (readonly string[])[] = [];
  const window = { from: "2026-03-01T09:00:00.000Z", until: "2026-03-01T12:00:00.000Z", concurrency: [] };
  const read: UsageReader["read"] = async (names) => {
    asked.push(names);
    const functions = new Map(names.map((name) => [name, { ...window, now: 7 }]));
    return { account: { ...window, now: 9 }, functions, problems: [] };
  };
  return { asked, aws: { createUsageReader: () => ({ read }) } };
}

test("a demo account is read again every five seconds, only while a view is visible", async (t) => {
  const { choice, account } = await demoOf(t);
  const { aws } = metrics();
  const { store, advance, until } = storeOf(t, aws);
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

test("what fails again and again by the clock is noted once", async (t) => {
  const { choice, account } = await demoOf(t);
  const { aws } = metrics();
  const { store, advance, until, warnings } = storeOf(t, aws);
  store.viewVisible(true);
  await store.connect(choice);
  account.faults.replace([{ kind: "cut", action: "*" }]);
  for (let reading = 0; reading < 3; reading++) {
    const before = store.state;
    advance(5000);
    await until(({ state }) => state !== before && state.kind === "failed");
  }
  assert.equal(warnings.length, 1, warnings.join("\n"));
});

test("an account of AWS is read by the clock only when the user wants it", async (t) => {
  const { choice } = await demoOf(t);
  let read = 0;
  const { aws } = metrics();
  const made = storeOf(t, {
    ...aws,
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
  made.store.settingsChanged();
  made.advance(600_000);
  await made.until(
    ({ state }) => state.kind === "connected" && read === 2 && state.snapshot.reading.state === "complete",
  );
});

test("metrics of what is on screen are asked for in one request, and shown with the functions", async (t) => {
  const { choice } = await demoOf(t);
  const { asked, aws } = metrics();
  const { store, advance, until } = storeOf(t, aws);
  await store.connect(choice);
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
});

test("sidebar and pool view each say what they show: the metrics of both are asked for, each function once", async (t) => {
  const { choice } = await demoOf(t);
  const { asked, aws } = metrics();
  const { store, advance, until } = storeOf(t, aws);
  await store.connect(choice);
  store.showing(["api"]);
  store.showing(["jobs", "api"], "pool");
  advance(300);
  await until(() => asked.length === 1);
  store.showing([]);
  advance(300);
  await until(() => asked.length === 2);
  assert.deepEqual(asked, [
    ["api", "jobs"],
    ["jobs", "api"],
  ]);
});

test("the metrics of the demo account move with its traffic", async (t) => {
  const demo = await startDemo();
  t.after(() => demo.close());
  const { store, advance, until } = storeOf(t);
  await store.connect({ endpoint: demo.url, region: "us-east-1", demo: true });
  store.showing(["blog-thumbnails"]);
  advance(300);
  await until(({ state }) => state.kind === "connected" && state.snapshot.usage !== undefined);
  const { state } = store;
  assert.equal(state.kind, "connected");
  const usage = state.snapshot.functions.find(({ name }) => name === "blog-thumbnails")?.usage;
  assert.ok((usage?.invocations ?? 0) > 0);
});

test("metrics cost nothing when they are switched off, and at most what the setting allows", async (t) => {
  const { choice } = await demoOf(t);
  const { asked, aws } = metrics();
  const made = storeOf(t, aws);
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
  const first = storeOf(t, metrics().aws);
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
  const { store, saved } = storeOf(t, metrics().aws);
  await store.connect(choice);
  assert.deepEqual(saved, []);
});

test("a reading by the clock never signs in anew: it fails and waits for the user", async (t) => {
  const { choice, account } = await demoOf(t);
  let logins = 0;
  const { store, advance, until } = storeOf(t, {
    ...metrics().aws,
    openSession: (...args) => {
      logins++;
      return openSession(...args);
    },
  });
  await store.connect(choice);
  account.faults.replace([{ kind: "expired", action: "*" }]);
  store.viewVisible(true);
  advance(5000);
  await until(({ state }) => state.kind === "failed");
  advance(60_000);
  const { state } = store;
  assert.equal(state.kind, "failed");
  assert.deepEqual([state.error.kind, state.snapshot?.functions.length, logins], ["expired", 2, 1]);
});

test("when the account cannot be reached for a while, the clock goes on and finds it again", async (t) => {
  const { choice } = await demoOf(t);
  let offline = false;
  const { store, advance, until } = storeOf(t, {
    ...metrics().aws,
    async readSnapshot(...args) {
      if (offline) throw new AccountError("offline", "The account cannot be reached.");
      return readSnapshot(...args);
    },
  });
  await store.connect(choice);
  store.viewVisible(true);
  offline = true;
  advance(5000);
  await until(({ state }) => state.kind === "failed");
  offline = false;
  await until(() => {
    advance(1000);
    return store.state.kind === "connected";
  });
});

test("what was kept of an account is shown with its age until the totals are there, and never for another one", async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), "account-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const { choice, account } = await demoOf(t);
  const aws = { endpoint: choice.endpoint, region: choice.region };
  await storeOf(t, metrics().aws, folder).store.connect(aws);
  const shown = async (region: string) => {
    const { store } = storeOf(t, metrics().aws, folder);
    const last: (string | undefined)[] = [];
    store.onDidChange(() => {
      if (store.state.kind === "connecting") last.push(store.state.last?.identity.account);
    });
    await store.connect({ ...aws, region });
    return last;
  };
  assert.deepEqual(await shown("us-east-1"), [undefined, "123456789012"]);
  assert.deepEqual(await shown("eu-west-1"), [undefined]);
  account.identity = { ...account.identity, account: "999999999999" };
  assert.deepEqual(await shown("us-east-1"), [undefined]);
});
