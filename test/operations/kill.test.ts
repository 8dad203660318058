import assert from "node:assert/strict";
import { test } from "node:test";
import { learnedFloors } from "#aws";
import { accountKey, type KillOrder } from "#core";
import { type KillOutcome, type KillShown, killFunctions } from "#operations";
import { killSetup } from "./killSetup.ts";

const setup = killSetup<KillShown, KillOutcome>;
const order: KillOrder = { reason: "on fire", leaveOne: false, mappings: new Map() };
const plain = { names: ["plain"], order };
const outcomesOf = ({ results }: KillOutcome) => (results ?? []).map(({ name, outcome }) => [name, outcome]);

test("a kill reads, shows, asks, records, switches off and tells", async (t) => {
  const { operation, port, scene, confirmations, outcomes, reserved, writes } = await setup(t);
  const outcome = await killFunctions(operation, { ...plain, names: ["plain", "off"] });
  assert.deepEqual(port, [
    "progress Reading 2 functions",
    "preview",
    "confirm Switch off plain",
    "progress Switching off plain",
    "report done",
  ]);
  assert.equal(outcome, outcomes[0]);
  assert.deepEqual(outcomesOf(outcome), [
    ["plain", "killed"],
    ["off", "alreadyOff"],
  ]);
  assert.deepEqual(confirmations[0]?.changes, ["plain: no reservation → 0"]);
  assert.deepEqual(writes(), ["TagResource", "PutFunctionConcurrency"]);
  assert.equal(reserved().plain, 0);
  const { entries } = await scene.journal.list();
  assert.deepEqual(
    entries.map(({ stage, record: { name, reason } }) => [stage, name, reason]),
    [["killed", "plain", "on fire"]],
  );
});

test("a no changes nothing and records nothing", async (t) => {
  const { operation, port, scene, writes } = await setup(t, { confirm: () => ({ kind: "no" }) });
  await killFunctions(operation, plain);
  assert.deepEqual(port.slice(-2), ["confirm Switch off plain", "report cancelled"]);
  assert.deepEqual([writes(), (await scene.journal.list()).entries], [[], []]);
});

test("the order is changed, shown and asked for again; cancelling it there cancels the kill", async (t) => {
  const script = {
    confirm: (_: unknown, count: number) => ({ kind: count === 1 ? "Options…" : "yes" }),
  };
  const changed = await setup(t, script);
  const outcome = await killFunctions(changed.operation, {
    names: ["orders"],
    order,
    changeOrder: async (shown) => ({ ...shown.order, leaveOne: true, reason: "load test" }),
  });
  assert.deepEqual(
    changed.previews.map(({ preview, order: { reason } }) => [preview.killedTo, reason]),
    [
      [0, "on fire"],
      [1, "load test"],
    ],
  );
  assert.deepEqual([outcome.kind, changed.reserved().orders], ["done", 1]);
  const cancelled = await setup(t, script);
  const none = await killFunctions(cancelled.operation, { ...plain, changeOrder: async () => undefined });
  assert.deepEqual([none.kind, cancelled.writes()], ["cancelled", []]);
});

test("where nobody can change the order, it is not offered", async (t) => {
  const { operation, confirmations } = await setup(t);
  await killFunctions(operation, plain);
  assert.equal(confirmations[0]?.others, undefined);
});

test("a dry run asks nothing and changes nothing", async (t) => {
  const { operation, port, writes } = await setup(t);
  await killFunctions(operation, { ...plain, dryRun: true });
  assert.deepEqual([port, writes()], [["progress Reading plain", "preview", "report shown"], []]);
});

test("what is off, killed or refused already is shown, and nothing is asked", async (t) => {
  const { operation, port, scene, outcomes, writes, forgetWrites } = await setup(t);
  await scene.kill(["plain"]);
  forgetWrites();
  await killFunctions(operation, { names: ["plain", "off", "nobody"], order });
  assert.deepEqual(port, ["progress Reading 3 functions", "preview", "report nothing"]);
  assert.deepEqual(
    outcomes[0]?.preview.functions.map(({ kind }) => kind),
    ["killed", "off", "refused"],
  );
  assert.deepEqual(writes(), []);
});

test("production: a yes alone changes nothing, one with the account's ID does", async (t) => {
  const production = "The budget of pool shop calls this account and Region production.";
  for (const [account, kind, count] of [
    [undefined, "cancelled", 0],
    ["210987654321", "cancelled", 0],
    ["123456789012", "done", 2],
  ] as const) {
    const answer = { kind: "yes", ...(account !== undefined && { account }) } as const;
    const { operation, confirmations, outcomes, writes } = await setup(t, { confirm: () => answer }, { production });
    await killFunctions(operation, plain);
    assert.equal(confirmations[0]?.production, production);
    assert.deepEqual([outcomes[0]?.kind, writes().length], [kind, count]);
  }
});

test("what somebody changed while the question stood is left alone, and shown as it is now", async (t) => {
  const { operation, outcomes, reserve, reserved, writes } = await setup(t, {
    confirm() {
      reserve("plain", 33);
      return { kind: "yes" };
    },
  });
  await killFunctions(operation, { names: ["plain", "warm"], order });
  const [outcome] = outcomes;
  assert.ok(outcome);
  assert.deepEqual(outcomesOf(outcome), [
    ["plain", "changed"],
    ["warm", "killed"],
  ]);
  assert.equal(
    outcome.results?.[0]?.message,
    "The reservation of plain was none and is 33. Nothing was done; look again.",
  );
  assert.deepEqual(
    outcome.again?.functions.map((found) => [found.name, found.kind === "kill" && found.reserved]),
    [["plain", 33]],
  );
  assert.equal(reserved().plain, 33);
  assert.equal(writes().filter((call) => call === "PutFunctionConcurrency").length, 1);
});

test("a step that is refused leaves a kill that says which, and that another goes on with", async (t) => {
  const { operation, scene, outcomes, reserved } = await setup(t);
  scene.faults("deny:UpdateEventSourceMapping");
  await killFunctions(operation, { names: ["orders"], order });
  const [result] = outcomes[0]?.results ?? [];
  assert.equal(result?.outcome, "partial");
  assert.deepEqual(
    result?.steps.filter(({ outcome }) => outcome !== "done").map(({ outcome }) => outcome),
    ["refused"],
  );
  assert.equal(reserved().orders, 0);
  scene.faults();
  await killFunctions(operation, { names: ["orders"], order });
  assert.deepEqual(outcomes[1] && outcomesOf(outcomes[1]), [["orders", "killed"]]);
});

test("cancelled while it reads: nothing was shown and nothing done", async (t) => {
  const { operation, port, writes } = await setup(t, { say: (_, cancel) => cancel() });
  await assert.rejects(killFunctions(operation, { names: ["plain", "off", "warm"], order }), { kind: "cancelled" });
  assert.deepEqual([port, writes()], [["progress Reading 3 functions"], []]);
});

test("cancelled half way: what is begun is finished, the rest is not begun", async (t) => {
  const names = Array.from({ length: 20 }, (_, index) => `f${index}`);
  const { operation, outcomes, reserved } = await setup(
    t,
    { say: (what, cancel) => what.includes("functions done") && cancel() },
    { account: { functions: names.map((name) => ({ name })) } },
  );
  await killFunctions(operation, { names, order });
  const results = outcomes[0]?.results ?? [];
  assert.deepEqual([...new Set(results.map(({ outcome }) => outcome))].sort(), ["killed", "skipped"]);
  for (const { name, outcome } of results) assert.equal(reserved()[name], outcome === "killed" ? 0 : null, name);
});

test("the floor that Lambda names when it refuses to leave one is kept", async (t) => {
  const account = { limit: 1000, floor: 120, functions: [{ name: "big", reserved: 880 }, { name: "plain" }] };
  const { operation, scene, outcomes } = await setup(t, {}, { account });
  await killFunctions(operation, { ...plain, order: { ...order, leaveOne: true } });
  assert.deepEqual(
    outcomes[0]?.results?.map(({ outcome, floor }) => [outcome, floor]),
    [["failed", 120]],
  );
  assert.equal(await learnedFloors(scene.folder).get(accountKey(scene.session.identity)), 120);
});

test("without a log of changes nothing is begun", async (t) => {
  const { operation, scene, writes } = await setup(t);
  const { writeFileSync } = await import("node:fs");
  writeFileSync(`${scene.folder}/audit.log`, "");
  const state = { ...operation.state, folder: `${scene.folder}/audit.log` };
  await assert.rejects(killFunctions({ ...operation, state }, plain), { name: "AccountError" });
  assert.deepEqual(writes(), []);
});
