import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { createJournal, learnedFloors } from "#aws";
import { accountKey } from "#core";
import type { DemoOptions } from "#demo";
import { type RestoreOutcome, type RestoreShown, restoreFunctions } from "#operations";
import { temporaryFolder } from "../aws/kill/scene.ts";
import { killSetup } from "./killSetup.ts";
import type { Script } from "./scriptedUi.ts";

/** The account after a kill of these functions. */
async function killed(
  t: TestContext,
  names: readonly string[],
  script: Script = {},
  options: DemoOptions & { readonly production?: string } = {},
) {
  const made = await killSetup<RestoreShown, RestoreOutcome>(t, script, options);
  await made.scene.kill(names);
  made.forgetWrites();
  return made;
}

const outcomesOf = (outcome: RestoreOutcome | undefined) =>
  (outcome?.results ?? []).map((result) => [result.name, result.outcome]);
const plain = { names: ["plain"] };
const conflict = "The reservation of plain is 7: the kill set it to 0, and before it was none.";

test("a restore reads, shows, asks, puts back and tells", async (t) => {
  const { operation, port, confirmations, outcomes, reserved, scene } = await killed(t, ["orders", "plain"]);
  const outcome = await restoreFunctions(operation, { names: ["orders", "plain"] });
  assert.deepEqual(port, [
    "progress Reading 2 functions",
    "preview",
    "confirm Restore orders and plain",
    "progress Restoring 2 functions",
    "report done",
  ]);
  assert.equal(outcome, outcomes[0]);
  assert.deepEqual(outcomesOf(outcome), [
    ["orders", "warming"],
    ["plain", "restored"],
  ]);
  assert.deepEqual(confirmations[0]?.changes, [
    "orders: reservation 60, provisioned 20 on alias live, provisioned 5 on alias next, auto scaling of alias live, 1 event source mapping",
    "plain: no reservation",
  ]);
  assert.deepEqual([reserved().orders, reserved().plain], [60, null]);
  assert.deepEqual(
    (await scene.journal.list()).entries.map(({ stage }) => stage),
    ["restored", "restored"],
  );
});

test("a no changes nothing", async (t) => {
  const { operation, port, writes, reserved } = await killed(t, ["plain"], { confirm: () => ({ kind: "no" }) });
  await restoreFunctions(operation, plain);
  assert.deepEqual([port.at(-1), writes(), reserved().plain], ["report cancelled", [], 0]);
});

test("a dry run asks nothing and changes nothing", async (t) => {
  const { operation, port, writes } = await killed(t, ["plain"]);
  await restoreFunctions(operation, { ...plain, dryRun: true });
  assert.deepEqual([port, writes()], [["progress Reading plain", "preview", "report shown"], []]);
});

test("production: a yes alone changes nothing, one with the account's ID does", async (t) => {
  const production = "The budget of pool shop calls this account and Region production.";
  for (const [account, kind, reservation] of [
    [undefined, "cancelled", 0],
    ["210987654321", "cancelled", 0],
    ["123456789012", "done", null],
  ] as const) {
    const answer = { kind: "yes", ...(account !== undefined && { account }) } as const;
    const { operation, outcomes, reserved } = await killed(t, ["plain"], { confirm: () => answer }, { production });
    await restoreFunctions(operation, plain);
    assert.deepEqual([outcomes[0]?.kind, reserved().plain], [kind, reservation]);
  }
});

test("what was not killed is refused where it was named, and left alone where it was only selected", async (t) => {
  const { operation, port, outcomes, writes } = await killed(t, ["plain"]);
  await restoreFunctions(operation, { names: ["warm"] });
  assert.deepEqual(port.slice(-2), ["preview", "report nothing"]);
  assert.equal(outcomes[0]?.preview.functions[0]?.kind, "refused");
  await restoreFunctions(operation, { names: ["warm", "off"], required: [] });
  assert.deepEqual([outcomes[1]?.kind, outcomes[1]?.notKilled], ["nothing", ["warm", "off"]]);
  assert.deepEqual(outcomes[1]?.preview.functions, []);
  assert.deepEqual(writes(), []);
  await restoreFunctions(operation, { names: ["warm", "plain"], required: [] });
  assert.deepEqual([outcomes[2]?.notKilled, outcomesOf(outcomes[2])], [["warm"], [["plain", "restored"]]]);
});

test("a kill that was made while the question stood is left alone, and shown", async (t) => {
  const made = await killed(t, ["plain"], {
    async confirm() {
      await made.scene.restore(["plain"]);
      made.reserve("plain", 55);
      await made.scene.kill(["plain"]);
      made.forgetWrites();
      return { kind: "yes" };
    },
  });
  await restoreFunctions(made.operation, plain);
  const [outcome] = made.outcomes;
  assert.deepEqual([outcomesOf(outcome), made.writes(), made.reserved().plain], [[["plain", "changed"]], [], 0]);
  assert.match(outcome?.results?.[0]?.message ?? "", /^plain was killed again by /);
  const [again] = outcome?.again?.functions ?? [];
  assert.ok(again?.kind === "restore");
  assert.equal(again.record.before.reserved, 55);
});

test("what somebody changed is left alone, kept by choice, or asked for where there is nothing else", async (t) => {
  const scene = async (script: Script) => {
    const made = await killed(t, ["plain", "warm"], script);
    made.reserve("plain", 7);
    return made;
  };
  const alone = await scene({});
  await restoreFunctions(alone.operation, { names: ["plain", "warm"] });
  assert.deepEqual(outcomesOf(alone.outcomes[0]), [
    ["plain", "changed"],
    ["warm", "warming"],
  ]);
  assert.deepEqual(alone.confirmations[0]?.others, ["Keep Changes"]);
  assert.equal(alone.outcomes[0]?.again, undefined, "it was shown so");

  const kept = await scene({ confirm: (_, count) => ({ kind: count === 1 ? "Keep Changes" : "yes" }) });
  await restoreFunctions(kept.operation, { names: ["plain", "warm"] });
  assert.deepEqual(
    kept.confirmations.map(({ what }) => what),
    ["Restore warm", "Restore warm and plain, except what somebody changed"],
  );
  assert.deepEqual([outcomesOf(kept.outcomes[0])[0], kept.reserved().plain], [["plain", "restored"], 7]);

  const regretted = await scene({ confirm: (_, count) => ({ kind: count === 1 ? "Keep Changes" : "no" }) });
  await restoreFunctions(regretted.operation, { names: ["plain", "warm"] });
  assert.deepEqual([regretted.outcomes[0]?.kind, regretted.writes()], ["cancelled", []]);

  const only = await scene({ confirm: () => ({ kind: "no" }) });
  await restoreFunctions(only.operation, plain);
  assert.deepEqual(
    only.confirmations.map(({ what }) => what),
    ["Restore plain, except what somebody changed"],
  );
  assert.deepEqual([only.outcomes[0]?.kind, only.writes()], ["cancelled", []]);
});

test("an answer that was given beforehand keeps nobody's changes, unless that was said", async (t) => {
  const script = { interactive: false };
  const unsaid = await killed(t, ["plain"], script);
  unsaid.reserve("plain", 7);
  await restoreFunctions(unsaid.operation, plain);
  assert.deepEqual([unsaid.confirmations, unsaid.writes()], [[], []]);
  assert.deepEqual(
    unsaid.outcomes[0]?.results?.map(({ outcome, message }) => [outcome, message]),
    [["changed", `${conflict} Nothing was done.`]],
  );
  const said = await killed(t, ["plain"], script);
  said.reserve("plain", 7);
  await restoreFunctions(said.operation, { ...plain, keepChanges: true });
  assert.deepEqual([outcomesOf(said.outcomes[0]), said.reserved().plain], [[["plain", "restored"]], 7]);
});

test("keeping changes where there are none is a restore", async (t) => {
  const { operation, confirmations } = await killed(t, ["plain"]);
  await restoreFunctions(operation, { ...plain, keepChanges: true });
  assert.deepEqual(
    confirmations.map(({ what, others }) => [what, others]),
    [["Restore plain", []]],
  );
});

const crowded: DemoOptions = {
  account: {
    limit: 1000,
    floor: 100,
    functions: [
      { name: "plain", reserved: 300 },
      { name: "big", reserved: 500 },
    ],
  },
};

test("what the pool lacks, and who could give it, is shown before; the plan can be looked at instead", async (t) => {
  const made = await killed(t, ["plain"], { confirm: () => ({ kind: "Show Plan" }) }, crowded);
  made.reserve("big", 700);
  await restoreFunctions(made.operation, plain);
  assert.equal(made.port[1], "progress Reading who could make room");
  assert.deepEqual(made.previews[0]?.room?.enough, [{ name: "big", from: 700, to: 600 }]);
  assert.deepEqual(made.confirmations[0]?.others, ["Show Plan"]);
  assert.deepEqual([made.outcomes[0]?.kind, made.writes()], ["plan", []]);
});

test("a floor that only the refusal names is kept, and who could make room for it is found", async (t) => {
  const made = await killed(t, ["plain"], {}, { account: { ...crowded.account, floor: 250 } });
  made.reserve("big", 600);
  await restoreFunctions(made.operation, plain);
  const [outcome] = made.outcomes;
  assert.deepEqual(outcomesOf(outcome), [["plain", "short"]]);
  assert.equal(made.previews[0]?.room, undefined, "nobody knew before");
  assert.deepEqual([outcome?.shortAfter?.floor, outcome?.shortAfter?.needed], [250, 300]);
  assert.deepEqual(outcome?.room?.enough, [{ name: "big", from: 600, to: 450 }]);
  assert.equal(await learnedFloors(made.scene.folder).get(accountKey(made.scene.session.identity)), 250);
  made.reserve("big", 450);
  await restoreFunctions(made.operation, plain);
  assert.deepEqual(outcomesOf(made.outcomes[1]), [["plain", "restored"]]);
});

test("what was restored is told also when the account does not say afterwards who could make room", async (t) => {
  const made = await killed(t, ["plain"], {}, { account: { ...crowded.account, floor: 250 } });
  made.reserve("big", 600);
  const { ui } = made.operation;
  const progress: typeof ui.progress = async (title, work, options) => {
    if (made.port.includes("progress Restoring plain")) made.scene.faults("deny:GetFunction", "deny:ListFunctions");
    return await ui.progress(title, work, options);
  };
  await restoreFunctions({ ...made.operation, ui: { ...ui, progress } }, plain);
  assert.deepEqual(outcomesOf(made.outcomes[0]), [["plain", "short"]]);
});

test("a step that is refused leaves the kill open, and a restore goes on with it", async (t) => {
  const { operation, scene, outcomes } = await killed(t, ["orders"]);
  scene.faults("deny:UpdateEventSourceMapping");
  await restoreFunctions(operation, { names: ["orders"] });
  scene.faults();
  await restoreFunctions(operation, { names: ["orders"] });
  assert.deepEqual(outcomes.map(outcomesOf), [[["orders", "partial"]], [["orders", "warming"]]]);
});

test("it waits for provisioned concurrency where that is wished", async (t) => {
  const { operation, port, outcomes } = await killed(t, ["warm"]);
  await restoreFunctions(operation, { names: ["warm"], wait: true });
  assert.equal(port.at(-2), "progress Waiting for provisioned concurrency");
  assert.deepEqual(outcomesOf(outcomes[0]), [["warm", "restored"]]);
});

test("cancelled while it reads: nothing was shown and nothing done", async (t) => {
  const { operation, port, writes } = await killed(t, ["plain"], { say: (_, cancel) => cancel() });
  await assert.rejects(restoreFunctions(operation, { names: ["plain", "warm"] }), { kind: "cancelled" });
  assert.deepEqual([port, writes()], [["progress Reading 2 functions"], []]);
});

test("cancelled half way: what is begun is finished, the rest stays off", async (t) => {
  const names = Array.from({ length: 20 }, (_, index) => `f${index}`);
  const account = { functions: names.map((name) => ({ name })) };
  const script: Script = { say: (what, cancel) => what.includes("functions done") && cancel() };
  const { operation, outcomes, reserved } = await killed(t, names, script, { account });
  await restoreFunctions(operation, { names });
  const results = outcomes[0]?.results ?? [];
  assert.deepEqual([...new Set(results.map(({ outcome }) => outcome))].sort(), ["restored", "skipped"]);
  for (const { name, outcome } of results) assert.equal(reserved()[name], outcome === "restored" ? null : 0, name);
});

test("a colleague's machine restores by the tags alone, in the same way", async (t) => {
  const { operation, outcomes, scene, reserved } = await killed(t, ["plain"]);
  const folder = temporaryFolder(t);
  await restoreFunctions({ ...operation, state: { ...operation.state, folder } }, plain);
  assert.deepEqual([outcomesOf(outcomes[0]), reserved().plain], [[["plain", "restored"]], null]);
  assert.deepEqual((await createJournal(folder).list()).entries, []);
  assert.equal((await scene.seen("plain")).reserved, null);
});
