import assert from "node:assert/strict";
import { test } from "node:test";
import type { KillList, ListedKill } from "#aws";
import { KillsStore } from "#client/kills/killsStore.ts";
import type { AccountKills } from "#client/kills/mergeKills.ts";
import { key } from "../views/support.ts";
import { list, listed, now, today } from "./support.ts";

/** A store whose journal, tags and time the test decides. */
function storeOf(local: readonly ListedKill[], tags?: readonly ListedKill[]) {
  const listeners = new Set<() => void>();
  const timers: { at: number; task: () => void }[] = [];
  const scene = {
    time: now.getTime(),
    local: list(local),
    account: tags && ({ key, list: list(tags) } as AccountKills | undefined),
    reads: { local: 0, account: 0 },
    fired: 0,
    warned: [] as string[],
    gate: Promise.resolve(),
    timers,
    /** Lets time pass, with everything that was planned for it. */
    pass(milliseconds: number) {
      scene.time += milliseconds;
      for (const timer of timers.splice(0)) {
        if (timer.at <= scene.time) timer.task();
        else timers.push(timer);
      }
    },
  };
  const store = new KillsStore({
    async readLocal(): Promise<KillList> {
      scene.reads.local++;
      await scene.gate;
      return scene.local;
    },
    async readAccount() {
      scene.reads.account++;
      await scene.gate;
      return scene.account;
    },
    changes: {
      event: (listener) => {
        const call = () => listener();
        listeners.add(call);
        return { dispose: () => listeners.delete(call) };
      },
      fire() {
        scene.fired++;
        for (const listener of listeners) listener();
      },
    },
    clock: {
      now: () => new Date(scene.time),
      after(milliseconds, task) {
        const timer = { at: scene.time + milliseconds, task };
        timers.push(timer);
        return () => {
          const index = timers.indexOf(timer);
          if (index >= 0) timers.splice(index, 1);
        };
      },
    },
    warn: (message) => scene.warned.push(message),
  });
  return { store, scene };
}

const names = (store: KillsStore) => store.known?.kills.map(({ record, source }) => `${record.name} ${source}`);

test("nothing is known before somebody looks, and looking here asks no account", async () => {
  const { store, scene } = storeOf([listed("a", { source: "journal" })], [listed("b", { source: "tags" })]);
  assert.equal(store.known, undefined);
  await store.lookHere();
  assert.deepEqual(names(store), ["a journal"]);
  assert.deepEqual(scene.reads, { local: 1, account: 0 });
});

test("tags and journal are one list, and what leaves the journal leaves it also before the tags are read again", async () => {
  const { store, scene } = storeOf(
    [listed("a", { source: "journal" }), listed("far", { source: "journal", key: "other" })],
    [listed("a", { source: "both" }), listed("b", { source: "tags" })],
  );
  await store.look();
  assert.deepEqual(names(store), ["a both", "b tags", "far journal"]);
  scene.local = list([listed("new", { source: "journal" })]);
  await store.lookHere();
  assert.deepEqual(names(store), ["b tags", "new journal"]);
  store.forgetAccount();
  assert.deepEqual(names(store), ["new journal"]);
});

test("one reading at a time; what is asked meanwhile is done once afterwards", async () => {
  const { store, scene } = storeOf([], []);
  let open = () => {};
  scene.gate = new Promise((resolve) => {
    open = resolve;
  });
  const first = store.lookHere();
  void store.look();
  void store.lookHere();
  open();
  await first;
  assert.deepEqual(scene.reads, { local: 2, account: 1 });
});

test("a journal or an account that cannot be read is warned of, and the rest is shown", async () => {
  const { store, scene } = storeOf([listed("a")]);
  Object.defineProperty(scene, "account", {
    get() {
      throw new Error("no");
    },
  });
  await store.look();
  assert.deepEqual(names(store), ["a both"]);
  assert.deepEqual(scene.warned, ["The tags of kills could not be read."]);
});

test("a kill expires while nobody asks anything, also one that is far ahead", async () => {
  const { store, scene } = storeOf([
    listed("soon", {}, { until: today(15) }),
    listed("later", {}, { until: new Date(2026, 10, 25, 14).toISOString() }),
    listed("never"),
  ]);
  await store.lookHere();
  const expired = () => store.expired.map(({ record }) => record.name);
  assert.deepEqual(expired(), []);
  const before = scene.fired;
  scene.pass(60 * 60_000);
  assert.deepEqual(expired(), ["soon"]);
  assert.equal(scene.fired, before + 1);
  for (let hour = 0; hour < 48; hour++) scene.pass(60 * 60_000);
  assert.deepEqual(expired(), ["soon", "later"]);
  assert.deepEqual(scene.timers, []);
  assert.deepEqual(scene.reads, { local: 1, account: 0 });
});

test("what a window is doing is told while it lasts, also when it fails", async () => {
  const { store } = storeOf([]);
  const work = store.whileMarked("kill", key, ["a"], async () => {
    assert.equal(store.actionOn(key, "a"), "kill");
    assert.equal(store.actionOn("other", "a"), undefined);
    throw new Error("no");
  });
  await assert.rejects(work);
  assert.equal(store.actionOn(key, "a"), undefined);
});

test("warming is followed until it is there or nobody wants to know", () => {
  const { store } = storeOf([]);
  store.setAllocation(key, "a", { key, name: "a", requested: 20 });
  assert.deepEqual(store.allocations, [{ key, name: "a", requested: 20 }]);
  assert.equal(store.follows(key, "a"), true);
  store.setAllocation(key, "a", undefined);
  assert.deepEqual([store.allocations, store.follows(key, "a")], [[], false]);
  const failed = { key, name: "b", requested: 0, failed: "No capacity." };
  store.setAllocation(key, "b", failed);
  store.forgetAllocation(key, "b");
  assert.deepEqual(store.allocations, [failed]);
});
