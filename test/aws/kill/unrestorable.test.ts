import assert from "node:assert/strict";
import { test } from "node:test";
import { listKills, previewRestore } from "#aws";
import { type Scene, sceneFor } from "./scene.ts";
import { stateOf } from "./stateOf.ts";

/** What a restore says stands in its way. */
async function conflictsOf({ session, journal }: Scene, name: string): Promise<readonly string[]> {
  const [found] = (await previewRestore(session, [name], { journal })).functions;
  assert.ok(found?.kind === "restore");
  return found.conflicts.map(({ message }) => message.replace(/[\da-f-]{36}/, "UUID"));
}

/** A restore refuses once and changes nothing; one that keeps what others changed closes the kill. */
async function isSettled(scene: Scene, name: string): Promise<void> {
  const off = await scene.seen(name);
  const [refused] = await scene.restore([name]);
  assert.equal(refused?.outcome, "changed");
  assert.deepEqual(await scene.seen(name), off);
  const [kept] = await scene.restore([name], { keepChanges: true });
  assert.ok(kept?.outcome === "warming" || kept?.outcome === "restored", kept?.message);
  assert.deepEqual((await listKills(scene)).kills, []);
}

const running = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};

test("an alias that is gone is a conflict, and everything else comes back without it, also the scaling of another alias", async (t) => {
  const scene = await sceneFor(t);
  const before = await scene.seen("orders");
  await scene.kill(["orders"]);
  const { subject } = stateOf(scene, "orders");
  subject.aliases = subject.aliases.filter(({ name }) => name !== "next");
  assert.deepEqual(await conflictsOf(scene, "orders"), [
    "Alias next of orders is gone: its provisioned concurrency 5 cannot come back.",
  ]);
  await isSettled(scene, "orders");
  assert.deepEqual(await scene.seen("orders"), { ...before, provisioned: [["live", 20]] });
});

test("a version that is gone is a conflict, also where GetFunction is not allowed", async (t) => {
  const account = { functions: [{ name: "old", versions: 2, provisioned: { "1": 3, "2": 4 } }] };
  const scene = await sceneFor(t, { account });
  const before = await scene.seen("old");
  await scene.kill(["old"]);
  const { subject } = stateOf(scene, "old");
  subject.versions = subject.versions.slice(1);
  const gone = ["Version 1 of old is gone: its provisioned concurrency 3 cannot come back."];
  assert.deepEqual(await conflictsOf(scene, "old"), gone);
  scene.faults("deny:GetFunction");
  assert.deepEqual(await conflictsOf(scene, "old"), gone);
  scene.faults();
  await isSettled(scene, "old");
  assert.deepEqual(await scene.seen("old"), { ...before, provisioned: [["2", 4]] });
});

test("provisioned concurrency of somebody else on the version of an alias is a conflict of both", async (t) => {
  const scene = await sceneFor(t);
  const before = await scene.seen("warm");
  await scene.kill(["warm"]);
  const { subject } = stateOf(scene, "warm");
  subject.reserved = null;
  subject.provisioned = [{ qualifier: "1", requested: 9, modified: 0, readyAt: 0 }];
  assert.deepEqual(await conflictsOf(scene, "warm"), [
    "Version 1 of warm has provisioned concurrency 9; before the kill it had none.",
    "Alias live of warm is the same version as version 1, which has provisioned concurrency 9: its provisioned concurrency 10 cannot come back.",
  ]);
  await isSettled(scene, "warm");
  assert.deepEqual(await scene.seen("warm"), { ...before, provisioned: [["1", 9]] });
});

test("a bound of a queue that somebody changed is a conflict; kept, the queue is enabled with it", async (t) => {
  const scene = await sceneFor(t);
  const before = await scene.seen("orders");
  const { state } = stateOf(scene, "orders");
  const [, queue] = state.mappings;
  assert.ok(queue);
  for (const [bound, text] of [
    [6, "6"],
    [undefined, "none"],
  ] as const) {
    await scene.kill(["orders"]);
    if (bound === undefined) delete queue.maximumConcurrency;
    else queue.maximumConcurrency = bound;
    assert.deepEqual(await conflictsOf(scene, "orders"), [
      `Queue orders of orders has maximum concurrency ${text}; before the kill it was 7.`,
    ]);
    await isSettled(scene, "orders");
    assert.equal(queue.enabled, true);
    queue.maximumConcurrency = 7;
  }
  assert.deepEqual(await scene.seen("orders"), before);
});

test("scaling that the kill suspended goes on within the limits that somebody has set since", async (t) => {
  const scene = await sceneFor(t);
  const { state } = stateOf(scene, "orders");
  const [target] = state.targets;
  assert.ok(target);
  await scene.kill(["orders"]);
  target.maximum = 99;
  await isSettled(scene, "orders");
  assert.deepEqual([target.minimum, target.maximum, target.suspended], [10, 99, running]);
});

test("scaling that somebody resumed in part is resumed as far as the kill suspended it", async (t) => {
  const scene = await sceneFor(t);
  const { state } = stateOf(scene, "orders");
  const [target] = state.targets;
  assert.ok(target);
  target.suspended = { ...running, ScheduledScalingSuspended: true };
  await scene.kill(["orders"]);
  target.suspended.DynamicScalingOutSuspended = false;
  await isSettled(scene, "orders");
  assert.deepEqual(target.suspended, { ...running, ScheduledScalingSuspended: true });
});
