import assert from "node:assert/strict";
import { test } from "node:test";
import { createJournal, decodeKillTags, encodeKillTags, kill, previewKill, previewRestore } from "#aws";
import type { KillRecord } from "#core";
import { sceneFor, temporaryFolder } from "./scene.ts";
import { stateOf } from "./stateOf.ts";

/** A record that somebody who may only tag `plain` has made up: it names mappings of `orders`. */
function forged(mappings: KillRecord["before"]["mappings"]): KillRecord {
  return {
    version: 1,
    id: "FORGED0000000000",
    account: "123456789012",
    region: "us-east-1",
    partition: "aws",
    name: "plain",
    arn: "arn:aws:lambda:us-east-1:123456789012:function:plain",
    who: "arn:aws:iam::123456789012:user/evil",
    reason: "r",
    at: "2026-11-01T00:00:00.000Z",
    killedTo: 0,
    before: { reserved: null, provisioned: [], targets: [], mappings },
  };
}

for (const [faults, why] of [
  [[], "The event source mapping UUID of plain is gone."],
  [["deny:ListEventSourceMappings"], "The event source mapping UUID of plain is gone."],
  [
    ["deny:ListEventSourceMappings", "deny:GetEventSourceMapping"],
    "Whether the event source mapping UUID belongs to plain cannot be told without lambda:GetEventSourceMapping.",
  ],
] as const)
  test(`a record that names a mapping of another function leaves it alone: ${faults.join(", ") || "all allowed"}`, async (t) => {
    const scene = await sceneFor(t);
    const { state, subject } = stateOf(scene, "plain");
    const [, , theirs] = state.mappings;
    assert.ok(theirs);
    const tags = encodeKillTags(forged([{ uuid: theirs.uuid }]), 50);
    assert.ok(tags);
    Object.assign(subject, { tags, reserved: 0 });
    const orders = await scene.seen("orders");
    scene.faults(...faults);
    const journal = createJournal(temporaryFolder(t));
    const [shown] = (await previewRestore(scene.session, ["plain"], { journal })).functions;
    assert.ok(shown?.kind === "restore");
    assert.deepEqual(
      shown.conflicts.map(({ message }) => message.replace(theirs.uuid, "UUID")),
      [why],
    );
    const [refused] = await scene.restore(["plain"], { journal });
    assert.deepEqual([refused?.outcome, subject.reserved], ["changed", 0]);
    const [kept] = await scene.restore(["plain"], { journal, keepChanges: true });
    assert.deepEqual([kept?.outcome, subject.reserved], ["restored", null]);
    scene.faults();
    assert.deepEqual(await scene.seen("orders"), orders);
  });

test("without the list of mappings a restore enables those of the function all the same", async (t) => {
  const scene = await sceneFor(t);
  const before = await scene.seen("orders");
  await scene.kill(["orders"]);
  scene.faults("deny:ListEventSourceMappings");
  const [restored] = await scene.restore(["orders"]);
  assert.equal(restored?.outcome, "warming");
  scene.faults();
  assert.deepEqual(await scene.seen("orders"), before);
});

test("a record that could not be read back is not written, and nothing is done", async (t) => {
  const scene = await sceneFor(t);
  const { session, journal, now, retryPolicy } = scene;
  const { subject } = stateOf(scene, "plain");
  const preview = await previewKill(session, ["plain"], { journal, now });
  const results = await kill({ ...session, identity: { ...session.identity, arn: "" } }, preview, {
    reason: "on fire",
    journal,
    now,
    retryPolicy,
  });
  assert.deepEqual(
    results.map(({ outcome, message }) => [outcome, message]),
    [["failed", "What was read of plain makes no record that could be read back, so nothing was done."]],
  );
  assert.deepEqual([subject.reserved, subject.tags, (await journal.list()).entries], [null, {}, []]);
});

for (const [what, change] of [
  ["a time that is none", { at: "0000" }],
  ["nobody", { who: "" }],
  ["a mapping that is a path", { before: { ...forged([]).before, mappings: [{ uuid: "../../../etc" }] } }],
  [
    "a qualifier with control characters",
    { before: { ...forged([]).before, provisioned: [{ qualifier: "live\u001b[31m", requested: 5 }] } },
  ],
] as const)
  test(`tags with ${what} hold no record`, () => {
    const record = { ...forged([]), ...change };
    const tags = encodeKillTags(record, 50);
    assert.ok(tags);
    assert.equal(decodeKillTags(tags, record.arn).kind, "damaged");
  });

test("tags with the id of another function's kill close nothing of it", async (t) => {
  const scene = await sceneFor(t);
  const [killed] = await scene.kill(["orders"]);
  assert.ok(killed?.record);
  const tags = encodeKillTags({ ...forged([]), id: killed.record.id }, 50);
  assert.ok(tags);
  Object.assign(stateOf(scene, "plain").subject, { tags, reserved: 0 });
  scene.faults("deny:UntagResource");
  assert.deepEqual(
    (await scene.restore(["plain"])).map(({ outcome }) => outcome),
    ["restored"],
  );
  const entries = (await scene.journal.list()).entries.map(({ stage, record }) => [stage, record.name]);
  assert.deepEqual(entries, [["killed", "orders"]]);
});
