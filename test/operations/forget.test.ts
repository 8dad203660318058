import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { listKills } from "#aws";
import { type ForgetOutcome, type ForgetShown, forgetKills } from "#operations";
import { killSetup } from "./killSetup.ts";
import type { Script } from "./scriptedUi.ts";

async function killed(t: TestContext, script: Script = {}, production?: string) {
  const made = await killSetup<ForgetShown, ForgetOutcome>(t, script, production === undefined ? {} : { production });
  await made.scene.kill(["plain", "orders"]);
  const open = async () => (await listKills(made.scene)).kills.map(({ record }) => record);
  made.forgetWrites();
  return { ...made, open };
}

const plain = { kills: { names: ["plain"] } };

test("a kill is looked for by name, shown, confirmed and closed; the function stays as it is", async (t) => {
  const { operation, port, confirmations, outcomes, open, writes, reserved } = await killed(t);
  await forgetKills(operation, plain);
  assert.deepEqual(port, [
    "progress Reading plain",
    "preview",
    "confirm Forget the kill of plain",
    "progress Forgetting plain",
    "report done",
  ]);
  assert.deepEqual(confirmations[0]?.changes, ["plain had: no reservation"]);
  assert.deepEqual(outcomes[0]?.results, [{ name: "plain", outcome: "forgotten" }]);
  assert.deepEqual(writes(), ["UntagResource"]);
  assert.deepEqual(
    (await open()).map(({ name }) => name),
    ["orders"],
  );
  assert.equal(reserved().plain, 0);
});

test("kills that were listed are closed without being looked for", async (t) => {
  const { operation, port, open } = await killed(t);
  await forgetKills(operation, { kills: await open() });
  assert.deepEqual(port.slice(0, 3), ["progress Reading 2 functions", "preview", "confirm Forget 2 kills"]);
  assert.deepEqual(await open(), []);
});

const targetOrders =
  "aws application-autoscaling register-scalable-target --service-namespace lambda --scalable-dimension lambda:function:ProvisionedConcurrency --resource-id function:orders:live --suspended-state DynamicScalingInSuspended=false,DynamicScalingOutSuspended=false,ScheduledScalingSuspended=false";

for (const listed of [false, true])
  test(`what a kill leaves off is said before it is forgotten, with what takes it back: ${listed ? "listed" : "by name"}`, async (t) => {
    const { operation, confirmations, outcomes, open } = await killed(t);
    const kills = listed ? (await open()).filter(({ name }) => name === "orders") : { names: ["orders"] };
    await forgetKills(operation, { kills });
    assert.deepEqual(
      outcomes[0]?.left.map(({ name, field, message, undo }) =>
        [name, field, message, undo].map((text) => text.replace(/[\da-f-]{36}/, "UUID")),
      ),
      [
        [
          "orders",
          "reserved",
          "The reservation of orders stays 0; before the kill it was 60.",
          "lambda-concurrency set orders 60",
        ],
        ...[
          ["live", 20],
          ["next", 5],
        ].map(([qualifier, count]) => [
          "orders",
          `provisioned:${qualifier}`,
          `Provisioned concurrency ${count} of orders, alias ${qualifier}, stays deleted.`,
          `aws lambda put-provisioned-concurrency-config --function-name orders --qualifier ${qualifier} --provisioned-concurrent-executions ${count}`,
        ]),
        [
          "orders",
          "mapping:UUID",
          "Queue orders of orders stays disabled.",
          "aws lambda update-event-source-mapping --uuid UUID --enabled",
        ],
        ["orders", "target:live", "Auto scaling of orders, alias live, stays suspended.", targetOrders],
      ],
    );
    assert.deepEqual(confirmations[0]?.consequences, [
      "The record is closed and nothing is restored: what it says of the state before is of no use afterwards.",
      "The reservation of orders stays 0; before the kill it was 60.",
      "Provisioned concurrency 20 of orders, alias live, stays deleted.",
      "and 3 more",
      "To put that back, restore instead; once forgotten, it is done by hand.",
    ]);
  });

test("a no, a dry run and production without the account's name change nothing", async (t) => {
  for (const [script, production, kind] of [
    [{ confirm: () => ({ kind: "no" }) }, undefined, "cancelled"],
    [{}, "The budget of pool shop calls this account and Region production.", "cancelled"],
  ] as const) {
    const { operation, outcomes, open, writes } = await killed(t, script, production);
    await forgetKills(operation, plain);
    assert.deepEqual([outcomes[0]?.kind, writes(), (await open()).length], [kind, [], 2]);
  }
  const { operation, port, writes } = await killed(t);
  await forgetKills(operation, { ...plain, dryRun: true });
  assert.deepEqual([port.at(-1), writes()], ["report shown", []]);
});

test("where there is no kill, nothing is asked", async (t) => {
  const { operation, port, writes } = await killed(t);
  await forgetKills(operation, { kills: { names: ["warm"] } });
  assert.deepEqual([port.slice(-2), writes()], [["preview", "report nothing"], []]);
});

test("a kill that was made while the question stood is not forgotten", async (t) => {
  const made = await killed(t, {
    async confirm() {
      await made.scene.restore(["plain"]);
      await made.scene.kill(["plain"]);
      made.forgetWrites();
      return { kind: "yes" };
    },
  });
  await forgetKills(made.operation, plain);
  const [result] = made.outcomes[0]?.results ?? [];
  assert.deepEqual([result?.outcome, made.writes(), (await made.open()).length], ["changed", [], 2]);
  assert.match(result?.message ?? "", /^plain was killed again by /);
});

test("where tags cannot be taken off, the kill stays open and it is said", async (t) => {
  const { operation, scene, outcomes, open } = await killed(t);
  scene.faults("deny:UntagResource");
  await forgetKills(operation, { kills: await open() });
  assert.deepEqual(
    outcomes[0]?.results?.map(({ outcome }) => outcome),
    ["failed", "failed"],
  );
  assert.match(outcomes[0]?.results?.[0]?.message ?? "", /lambda:UntagResource/);
  scene.faults();
  assert.equal((await open()).length, 2);
});

test("cancelled between two kills: the first is forgotten, the second stays open", async (t) => {
  const made = await killed(t);
  const records = await made.open();
  const { ui } = made.operation;
  const abort = new AbortController();
  const progress: typeof ui.progress = async (_, work) =>
    await work({ signal: abort.signal, say() {}, advance: () => abort.abort() });
  await forgetKills({ ...made.operation, ui: { ...ui, progress } }, { kills: records });
  assert.deepEqual(
    made.outcomes[0]?.results?.map(({ name }) => name),
    [records[0]?.name],
  );
  assert.deepEqual(
    (await made.open()).map(({ name }) => name),
    [records[1]?.name],
  );
});
