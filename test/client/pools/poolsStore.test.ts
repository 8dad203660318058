import assert from "node:assert/strict";
import { test } from "node:test";
import type { ServerState } from "#client/languageServer.ts";
import { PoolsStore } from "#client/pools/poolsStore.ts";
import type { PoolView } from "#protocol";
import { emitter } from "../emitter.ts";
import { arnOf, pool, poolRow } from "../views/support.ts";

type Answer = (pools: readonly PoolView[] | Error) => void;

/** A store of a test, its server, and the questions that are not answered yet. */
function storeOf(state: ServerState = "running") {
  const server = emitter<void>();
  const poolsChanged = emitter<number>();
  const changes = emitter<void>();
  const questions: Answer[] = [];
  const warnings: string[] = [];
  const made = { state, fired: 0, asked: 0 };
  changes.event(() => {
    made.fired++;
  });
  const store = new PoolsStore({
    server: {
      get state() {
        return made.state;
      },
      onDidChange: server.event,
      onPoolsChanged: poolsChanged.event,
      requestPools: () => {
        made.asked++;
        return new Promise((resolve, reject) => {
          questions.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
        });
      },
    },
    changes,
    warn: (message) => warnings.push(message),
  });
  return {
    store,
    made,
    warnings,
    /** Answers the oldest question, and lets what follows happen. */
    async answer(pools: readonly PoolView[] | Error) {
      questions.shift()?.(pools);
      await settled();
    },
    async become(state: ServerState) {
      made.state = state;
      server.fire();
      await settled();
    },
    async changed() {
      poolsChanged.fire(1);
      await settled();
    },
  };
}

/** Lets every promise that has been resolved go on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

const [one, two] = [[pool([], { name: "one" })], [pool([], { name: "two" })]];

test("nobody is asked until somebody wants to know, then again each time the pools are other ones", async () => {
  const { store, made, answer, changed } = storeOf();
  await changed();
  assert.equal(made.asked, 0);
  const wanted = store.want();
  await answer(one);
  await wanted;
  assert.deepEqual([store.pools, made.asked, made.fired], [one, 1, 1]);
  await store.want();
  assert.equal(made.asked, 1);
  await changed();
  await answer(two);
  assert.deepEqual([store.pools, made.asked, made.fired], [two, 2, 2]);
});

test("one question at a time: what changes meanwhile is asked about once, afterwards", async () => {
  const { store, made, answer, changed } = storeOf();
  void store.want();
  await changed();
  await changed();
  assert.equal(made.asked, 1);
  await answer(one);
  assert.equal(made.asked, 2);
  await answer(two);
  assert.deepEqual([store.pools, made.asked], [two, 2]);
});

test("a server that stops takes its pools with it; one that starts is asked, without an announcement", async () => {
  const { store, made, answer, become } = storeOf();
  void store.want();
  await answer(one);
  await become("stopped");
  assert.deepEqual([store.pools, made.fired], [undefined, 2]);
  await become("starting");
  await become("running");
  await answer(two);
  assert.deepEqual([store.pools, made.asked], [two, 2]);
});

test("a server that goes away while it is asked is no reason for a warning, one that refuses is", async () => {
  const { store, warnings, answer, become } = storeOf();
  void store.want();
  await become("stopped");
  await answer(new Error("closed"));
  assert.deepEqual(warnings, []);
  await become("running");
  await answer(new Error("refused"));
  assert.deepEqual(warnings, ["The language server did not say how the pools stand."]);
  assert.equal(store.pools, undefined);
});

test("who needs the pools waits for a server that starts, and gets none from one that cannot", async () => {
  const starting = storeOf("starting");
  const known = starting.store.whenKnown();
  await settled();
  assert.equal(starting.made.asked, 0);
  await starting.become("running");
  await starting.answer(one);
  assert.deepEqual(await known, one);
  const stopped = storeOf("stopped");
  const none = stopped.store.whenKnown();
  await settled();
  await stopped.become("starting");
  await stopped.become("failed");
  assert.deepEqual(await none, []);
});

test("what the pools say about live functions is joined once for each answer", async () => {
  const { store, answer, changed } = storeOf();
  void store.want();
  assert.equal(store.facts.entries.size, 0);
  await answer([pool([poolRow("a", { arn: arnOf("a"), live: 5 })])]);
  const { facts } = store;
  assert.deepEqual([...facts.entries.keys()], [arnOf("a")]);
  assert.equal(store.facts, facts);
  assert.equal(facts.configuredFloor, 100);
  await changed();
  await answer([]);
  assert.equal(store.facts.entries.size, 0);
});

test("a store that is gone asks nobody", async () => {
  const { store, made, answer, changed, become } = storeOf();
  void store.want();
  await answer(one);
  store.dispose();
  await changed();
  await become("stopped");
  assert.deepEqual([made.asked, store.pools], [1, one]);
});
