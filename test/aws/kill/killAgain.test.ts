import assert from "node:assert/strict";
import { test } from "node:test";
import { createJournal, decodeKillTags, type KillChoice } from "#aws";
import { interceptCalls } from "./interceptCalls.ts";
import { sceneFor, sorts, temporaryFolder } from "./scene.ts";
import { stateOf } from "./stateOf.ts";

const leaveOne: KillChoice = { leaveOne: true };

const arn = "arn:aws:lambda:us-east-1:123456789012:function:orders";

const outcomes = (results: readonly { readonly outcome: string }[]) => results.map(({ outcome }) => outcome);

test("a function at 0 is not raised to 1 to leave one, but what feeds it is still disabled", async (t) => {
  const scene = await sceneFor(t);
  const { state, subject } = stateOf(scene, "orders");
  subject.provisioned = [];
  subject.reserved = 0;
  const before = await scene.seen("orders");
  assert.deepEqual(outcomes(await scene.kill(["orders"], leaveOne)), ["killed"]);
  assert.deepEqual([subject.reserved, state.mappings[1]?.enabled], [0, false]);
  await scene.restore(["orders"]);
  assert.deepEqual(await scene.seen("orders"), before);
});

test("a function at 1 of which one is to be left is as wanted", async (t) => {
  const scene = await sceneFor(t);
  stateOf(scene, "plain").subject.reserved = 1;
  assert.deepEqual(outcomes(await scene.kill(["plain"], leaveOne)), ["alreadyOff"]);
});

test("a kill that left one is made stricter by a kill that leaves none, and restored to what was there first", async (t) => {
  const scene = await sceneFor(t);
  const { subject } = stateOf(scene, "orders");
  const before = await scene.seen("orders");
  const [first] = await scene.kill(["orders"], leaveOne);
  const [second] = await scene.kill(["orders"]);
  assert.deepEqual([first?.outcome, second?.outcome, subject.reserved], ["killed", "killed", 0]);
  assert.equal(second?.record?.id, first?.record?.id);
  assert.deepEqual(outcomes(await scene.kill(["orders"])), ["alreadyKilled"]);
  assert.deepEqual(outcomes(await scene.kill(["orders"], leaveOne)), ["alreadyKilled"]);
  scene.clock.advance(60_000);
  const elsewhere = createJournal(temporaryFolder(t));
  assert.deepEqual(outcomes(await scene.restore(["orders"], { journal: elsewhere })), ["warming"]);
  assert.deepEqual(await scene.seen("orders"), before);
});

test("a kill that ends before it is made stricter is restored, or gone on with, by journal and by tags", async (t) => {
  const scene = await sceneFor(t);
  const before = await scene.seen("orders");
  for (const elsewhere of [undefined, createJournal(temporaryFolder(t))]) {
    const { subject } = stateOf(scene, "orders");
    await scene.kill(["orders"], leaveOne);
    let broken = true;
    interceptCalls(scene.session, async (call, name) => {
      if (broken && name === "PutFunctionConcurrency") throw new Error("The process ends here.");
      return await call();
    });
    await scene.kill(["orders"]);
    broken = false;
    assert.equal(subject.reserved, 1);
    const decoded = decodeKillTags(subject.tags, arn);
    assert.ok(decoded.kind === "record");
    assert.deepEqual([decoded.record.killedTo, decoded.record.leftOne], [0, true]);
    scene.clock.advance(60_000);
    const how = elsewhere === undefined ? {} : { journal: elsewhere };
    assert.deepEqual(outcomes(await scene.restore(["orders"], how)), ["warming"]);
    assert.deepEqual(await scene.seen("orders"), before);
    scene.clock.advance(60_000);
  }
});

test("a queue that an earlier kill left alone is disabled by the next one, and comes back with it", async (t) => {
  const scene = await sceneFor(t);
  const { state } = stateOf(scene, "orders");
  const before = await scene.seen("orders");
  const [one] = await scene.kill(["orders"], { keepTriggers: true });
  assert.equal(state.mappings[1]?.enabled, true);
  const [two] = await scene.kill(["orders"]);
  assert.deepEqual([two?.outcome, two?.record?.id, state.mappings[1]?.enabled], ["killed", one?.record?.id, false]);
  scene.clock.advance(60_000);
  await scene.restore(["orders"]);
  assert.deepEqual(await scene.seen("orders"), before);
});

test("where there is no room to leave one, 0 is offered, and a kill to 0 goes on from there", async (t) => {
  const account = { limit: 10, floor: 10, functions: [{ name: "plain" }] };
  const scene = await sceneFor(t, { account });
  const [refused] = await scene.kill(["plain"], leaveOne);
  assert.deepEqual([refused?.outcome, refused?.floor], ["failed", 10]);
  assert.match(
    refused?.message ?? "",
    / No free concurrency to keep 1\. Run it again without --leave-one \(0 is always accepted\)\./,
  );
  assert.deepEqual(outcomes(await scene.kill(["plain"])), ["killed"]);
});

test("where there is no room to leave one and something else is off already, a kill to 0 goes on with it", async (t) => {
  const [orders] = sorts.functions ?? [];
  assert.ok(orders);
  const { reserved: _, provisioned: _provisioned, targets: _targets, ...rest } = orders;
  const scene = await sceneFor(t, { account: { limit: 10, floor: 10, functions: [rest] } });
  const before = await scene.seen("orders");
  const [refused] = await scene.kill(["orders"], leaveOne);
  assert.deepEqual([refused?.outcome, refused?.floor], ["partial", 10]);
  assert.match(
    refused?.message ?? "",
    / No free concurrency to keep 1\. Run it again without --leave-one \(0 is always accepted\)\./,
  );
  const [killed] = await scene.kill(["orders"]);
  assert.deepEqual([killed?.outcome, killed?.record?.id], ["killed", refused?.record?.id]);
  scene.clock.advance(60_000);
  await scene.restore(["orders"]);
  assert.deepEqual(await scene.seen("orders"), before);
});
