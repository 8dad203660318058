import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { openSession } from "#aws";
import type { AccountState } from "#client/account/accountState.ts";
import { type DemoOptions, startDemo } from "#demo";
import { accountWith } from "../../demo/clients.ts";
import { storeOf } from "./storeOf.ts";

async function demoOf(test: TestContext, options: DemoOptions = accountWith({ api: 300, jobs: null, off: 0 })) {
  const demo = await startDemo({ traffic: false, ...options });
  test.after(() => demo.close());
  return { ...demo, choice: { endpoint: demo.url, region: "us-east-1", demo: true } };
}

function shown(state: AccountState) {
  const snapshot = state.kind === "connected" || state.kind === "failed" ? state.snapshot : undefined;
  return snapshot?.functions.map(({ name, reserved }) => [name, reserved]);
}

test("connecting shows who it is, the totals and every function with its reservation", async (t) => {
  const { choice } = await demoOf(t);
  const { store, kinds } = storeOf(t);
  assert.deepEqual(store.state, { kind: "disconnected" });
  assert.equal(store.everConnected, false);
  await store.connect(choice);
  const { state } = store;
  assert.equal(state.kind, "connected");
  assert.deepEqual(kinds, ["connecting", "connected"]);
  assert.deepEqual(shown(state), [
    ["api", 300],
    ["jobs", null],
    ["off", 0],
  ]);
  assert.equal(state.snapshot.reading.state, "complete");
  assert.equal(state.snapshot.identity.account, "123456789012");
  assert.deepEqual([store.everConnected, store.isDemo, store.reading], [true, true, false]);
});

test("the same choice made twice signs in once", async (t) => {
  const { choice } = await demoOf(t);
  let logins = 0;
  const { store } = storeOf(t, {
    openSession: (...args) => {
      logins++;
      return openSession(...args);
    },
  });
  await Promise.all([store.connect(choice), store.connect({ ...choice })]);
  assert.deepEqual([logins, store.state.kind], [1, "connected"]);
});

test("a second choice ends the login of the first, and nothing of the first is shown", async (t) => {
  const first = await demoOf(t, { ...accountWith({ first: 1 }), faults: [{ kind: "slow", action: "*", ms: 600_000 }] });
  const second = await demoOf(t, accountWith({ second: 2 }));
  let open = 0;
  let most = 0;
  const { store, kinds } = storeOf(t, {
    async openSession(...args) {
      most = Math.max(most, ++open);
      try {
        return await openSession(...args);
      } finally {
        open--;
      }
    },
  });
  const before = store.connect(first.choice);
  await store.connect(second.choice);
  await before;
  assert.deepEqual(shown(store.state), [["second", 2]]);
  assert.deepEqual([kinds, most], [["connecting", "connected"], 1]);
});

const nothingAllowed = [
  { kind: "deny", action: "GetAccountSettings" },
  { kind: "deny", action: "ListFunctions" },
] as const;

test("what nobody may read fails with a sentence and shows no account", async (t) => {
  const { choice } = await demoOf(t, { faults: nothingAllowed });
  const { store } = storeOf(t);
  await store.connect(choice);
  const { state } = store;
  assert.equal(state.kind, "failed");
  assert.equal(state.error.kind, "denied");
  assert.match(state.error.message, /lambda:GetAccountSettings/);
  assert.equal(state.snapshot, undefined);
});

test("a refresh that fails keeps the snapshot of the same account, and the next one that works replaces it", async (t) => {
  const { choice, account } = await demoOf(t);
  const { store } = storeOf(t);
  await store.connect(choice);
  account.faults.replace(nothingAllowed);
  await store.refresh();
  assert.equal(store.state.kind, "failed");
  assert.equal(shown(store.state)?.length, 3);
  account.faults.replace([]);
  account.region("us-east-1").state.functions.pop();
  await store.refresh();
  assert.equal(store.state.kind, "connected");
  assert.equal(shown(store.state)?.length, 2);
});

test("credentials that expired are looked up anew before anything is said, and the snapshot stays", async (t) => {
  const { choice, account } = await demoOf(t);
  let logins = 0;
  const { store } = storeOf(t, {
    openSession: (...args) => {
      logins++;
      return openSession(...args);
    },
  });
  await store.connect(choice);
  account.faults.replace([{ kind: "expired", action: "*", times: 1 }]);
  await store.refresh();
  assert.deepEqual([logins, store.state.kind], [2, "connected"]);
  account.faults.replace([{ kind: "expired", action: "*" }]);
  await store.refresh();
  const { state } = store;
  assert.equal(state.kind, "failed");
  assert.equal(state.error.kind, "expired");
  assert.equal(shown(state)?.length, 3);
});

test("when the credentials become those of another account, nothing of the one before is shown", async (t) => {
  const { choice, account } = await demoOf(t);
  const { store } = storeOf(t);
  await store.connect(choice);
  account.identity = { ...account.identity, account: "999999999999", arn: "arn:aws:iam::999999999999:user/other" };
  const accounts: (string | undefined)[] = [];
  store.onDidChange(() => {
    const { state } = store;
    if (state.kind === "connected" && state.snapshot.identity.account === "123456789012" && !store.reading)
      accounts.push("before");
    if (state.kind === "connecting") accounts.push(state.last?.identity.account);
  });
  await store.refresh();
  const { state } = store;
  assert.ok(state.kind === "connected" || state.kind === "failed");
  assert.notEqual(state.snapshot?.identity.account, "123456789012");
  assert.deepEqual(new Set(accounts), new Set([undefined]));
});

test("cancelling while connecting leaves nothing behind", async (t) => {
  const { choice } = await demoOf(t, { faults: [{ kind: "slow", action: "*", ms: 600_000 }] });
  const { store, until } = storeOf(t);
  const connecting = store.connect(choice);
  await until(({ reading }) => reading);
  store.cancel();
  await connecting;
  assert.deepEqual([store.state, store.reading], [{ kind: "disconnected" }, false]);
});

test("cancelling a reading keeps what was read as partial", async (t) => {
  const { choice } = await demoOf(t, {
    ...accountWith(Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`fn-${index}`, 1]))),
    faults: [{ kind: "slow", action: "GetFunction", ms: 600_000, after: 5 }],
  });
  const { store, until } = storeOf(t);
  const connecting = store.connect(choice);
  await until(({ state }) => state.kind === "connected" && state.snapshot.reading.known >= 5);
  store.cancel();
  await connecting;

  const { state } = store;
  assert.equal(state.kind, "connected");
  assert.deepEqual([state.snapshot.reading.state, state.snapshot.limit, store.reading], ["partial", 1000, false]);
});

test("a reading that is stopped or left does not replace what was kept", async (t) => {
  const { choice, account } = await demoOf(t, accountWith({ api: 300, jobs: null, off: 0 }));
  const { store, until, saved } = storeOf(t);
  await store.connect({ endpoint: choice.endpoint, region: choice.region });
  const kept = () => saved.map(({ reading }) => reading.state);
  assert.deepEqual(kept(), ["complete"]);
  account.faults.replace([{ kind: "slow", action: "GetFunction", ms: 600_000 }]);
  for (const stop of [() => store.cancel(), () => void store.disconnect()]) {
    const reading = store.refresh();
    await until(({ state }) => state.kind === "connected" && state.snapshot.reading.state === "reading");
    stop();
    await reading;
  }
  assert.deepEqual([kept(), store.state.kind], [["complete"], "disconnected"]);
});

test("nothing is planned any more after the window has closed during a reading", async (t) => {
  const { choice, account } = await demoOf(t);
  const { store, until, pending } = storeOf(t);
  store.viewVisible(true);
  await store.connect(choice);
  account.faults.replace([{ kind: "slow", action: "ListFunctions", ms: 600_000 }]);
  const reading = store.refresh();
  await until(({ state }) => state.kind === "connected" && state.snapshot.reading.state === "reading");
  store.dispose();
  await reading;
  assert.equal(pending(), 0);
});

test("one function is read again alone, with its details; one that is gone disappears", async (t) => {
  const { choice, account } = await demoOf(t);
  const { store } = storeOf(t);
  await store.connect(choice);
  const { state: region } = account.region("us-east-1");
  const [api] = region.functions;
  assert.ok(api);
  api.reserved = 17;
  await store.refreshFunction("api");
  assert.equal(
    store.state.kind === "connected" && store.state.snapshot.unreserved,
    983,
    "the totals are those after the change",
  );
  assert.deepEqual(shown(store.state)?.[0], ["api", 17]);
  const { state } = store;
  assert.equal(state.kind, "connected");
  assert.deepEqual(state.snapshot.functions[0]?.details?.mappings, []);
  region.functions.shift();
  await store.refreshFunction("api");
  assert.deepEqual(
    shown(store.state)?.map(([name]) => name),
    ["jobs", "off"],
  );
});

test("details are read once, and again with everything else", async (t) => {
  const { choice } = await demoOf(t);
  let read = 0;
  const { readDetails } = await import("#aws");
  const { store } = storeOf(t, {
    readDetails: (...args) => {
      read++;
      return readDetails(...args);
    },
  });
  await store.connect(choice);
  await store.readDetails("api");
  await store.readDetails("api");
  await store.readDetails("nobody");
  assert.equal(read, 1);
  await store.refresh();
  assert.equal(read, 2);
});

test("a refresh during another one starts anew, so that it shows what has changed meanwhile", async (t) => {
  const { choice, account } = await demoOf(t);
  const { store, until } = storeOf(t);
  await store.connect(choice);
  account.faults.replace([{ kind: "slow", action: "ListFunctions", ms: 600_000, times: 1 }]);
  const { state: region } = account.region("us-east-1");
  region.limit = 1500;
  const first = store.refresh();
  await until(({ state }) => state.kind === "connected" && state.snapshot.limit === 1500);
  region.limit = 2000;
  await store.refresh();
  await first;
  const { state } = store;
  assert.equal(state.kind, "connected");
  assert.deepEqual([state.snapshot.limit, state.snapshot.reading.state, store.reading], [2000, "complete", false]);
});

test("disconnecting forgets the account", async (t) => {
  const { choice } = await demoOf(t);
  const { store } = storeOf(t);
  await store.connect(choice);
  await store.disconnect();
  assert.deepEqual([store.state, store.isDemo], [{ kind: "disconnected" }, false]);
  await store.refresh();
  assert.deepEqual(store.state, { kind: "disconnected" });
});

test("in a workspace that is not trusted nothing is loaded and the reason is shown", async (t) => {
  let loaded = false;
  const made = storeOf(t, {
    openSession: async () => {
      loaded = true;
      throw new Error("never");
    },
  });
  made.refusal = "This workspace is not trusted.";
  await made.store.connect({ profile: "production" });
  const { state } = made.store;
  assert.equal(state.kind, "failed");
  assert.deepEqual([state.error.message, loaded], ["This workspace is not trusted.", false]);
});
