import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import {
  createJournal,
  forgetKill,
  type Journal,
  kill,
  listKills,
  planAccount,
  previewKill,
  previewRestore,
  readFunction,
  readSnapshot,
} from "#aws";
import { localKnowledge } from "#aws/kill/localKnowledge.ts";
import { type Scene, sceneFor, temporaryFolder } from "./scene.ts";
import { stateOf } from "./stateOf.ts";

/** A second machine: a journal of its own. */
function otherMachine(test: TestContext): { readonly folder: string; readonly journal: Journal } {
  const folder = temporaryFolder(test);
  return { folder, journal: createJournal(folder) };
}

/** Kills `plain` for a reason, with a reminder or none. */
async function killPlain(
  { session, now, retryPolicy, clock }: Scene,
  journal: Journal,
  reason: string,
  hours?: number,
): Promise<readonly unknown[]> {
  const preview = await previewKill(session, ["plain"], { journal, now });
  const until = hours === undefined ? {} : { until: new Date(clock.now() + hours * 3_600_000) };
  const results = await kill(session, preview, { reason, journal, now, retryPolicy, ...until });
  return results.flatMap(({ outcome, record }) => [outcome, record?.reason, record?.until !== undefined]);
}

async function listed({ session, now }: Scene, journal: Journal): Promise<readonly unknown[]> {
  const { kills } = await listKills({ session, journal, now });
  return kills.map(({ record }) => [record.name, record.reason, record.until !== undefined]);
}

test("tags that may not be removed after a restore are no kill, on this machine and on another", async (t) => {
  const scene = await sceneFor(t);
  const { subject } = stateOf(scene, "plain");
  subject.reserved = 100;
  const other = otherMachine(t);
  scene.faults("deny:UntagResource");
  assert.deepEqual(await killPlain(scene, scene.journal, "first", 2), ["killed", "first", true]);
  const [restored] = await scene.restore(["plain"]);
  assert.deepEqual([restored?.outcome, subject.reserved], ["restored", 100]);
  assert.match(restored?.message ?? "", /^The tags of the kill are still on plain: /);
  assert.equal(Object.keys(subject.tags).length, 2);
  for (const { journal, folder } of [scene, other]) {
    assert.deepEqual(await listed(scene, journal), []);
    const { plan } = await planAccount(scene.session, [{ name: "plain", reserved: 120 }], { folder });
    assert.deepEqual([plan.problems, plan.steps.length], [[], 1]);
    assert.deepEqual(
      (await scene.restore(["plain"], { journal })).map(({ outcome }) => outcome),
      [journal === scene.journal ? "notKilled" : "restored"],
    );
  }
  // A later kill is one of its own, wherever it is made.
  for (const { journal } of [scene, other]) {
    assert.deepEqual(await killPlain(scene, journal, "SECOND"), ["killed", "SECOND", false]);
    for (const each of [scene, other])
      assert.deepEqual(await listed(scene, each.journal), [["plain", "SECOND", false]]);
    subject.reserved = 0;
    await scene.restore(["plain"], { journal });
    assert.equal(subject.reserved, 100);
  }
});

test("tags of a closed kill are removed by forgetting it", async (t) => {
  const scene = await sceneFor(t);
  const { session, journal } = scene;
  const before = await scene.seen("plain");
  scene.faults("deny:UntagResource");
  await scene.kill(["plain"]);
  await scene.restore(["plain"]);
  const [left] = (await previewRestore(session, ["plain"], { journal })).functions;
  assert.ok(left?.kind === "refused" && left.record !== undefined);
  assert.deepEqual(
    [left.message, left.notKilled],
    [
      "The kill of plain is closed; only its tags are left. The next kill replaces them, and restore plain --forget removes them.",
      true,
    ],
  );
  scene.faults();
  assert.deepEqual(await forgetKill(session, left.record, scene), { name: "plain", outcome: "forgotten" });
  assert.deepEqual(await scene.seen("plain"), before);
});

test("an account shows no tags of a kill that this machine has closed", async (t) => {
  const scene = await sceneFor(t);
  scene.faults("deny:UntagResource");
  await scene.kill(["plain"]);
  const shown = async () => {
    const { killed, closedKills } = await localKnowledge(scene.session, () => scene.folder);
    const { functions } = await readSnapshot(scene.session, { killed, closedKills });
    const plain = functions.find(({ name }) => name === "plain");
    return [plain?.reserved, plain?.killTags !== undefined];
  };
  assert.deepEqual(await shown(), [0, true]);
  await scene.restore(["plain"]);
  assert.deepEqual(await shown(), [null, false]);
});

test("a kill restored by tags alone is known to be closed there, when they may not be removed", async (t) => {
  const scene = await sceneFor(t);
  const other = otherMachine(t);
  await scene.kill(["plain"]);
  scene.faults("deny:UntagResource");
  assert.equal((await scene.restore(["plain"], { journal: other.journal }))[0]?.outcome, "restored");
  const [entry] = (await other.journal.list()).entries;
  assert.deepEqual([entry?.stage, entry?.record.name], ["restored", "plain"]);
  // Somebody sets 0 by hand: that is no kill, and its old record restores nothing.
  stateOf(scene, "plain").subject.reserved = 0;
  assert.equal((await scene.restore(["plain"], { journal: other.journal }))[0]?.outcome, "notKilled");
});

test("tags that lag after a kill are waited for and removed by its restore", async (t) => {
  const scene = await sceneFor(t);
  const before = await scene.seen("plain");
  scene.faults("stale-tags:ms=0");
  await scene.kill(["plain"]);
  scene.faults("stale-tags:ms=1500");
  assert.equal((await readFunction(scene.session, "plain")).killTags, undefined);
  const [restored] = await scene.restore(["plain"]);
  assert.equal(restored?.outcome, "restored");
  scene.faults();
  assert.deepEqual(await scene.seen("plain"), before);
});

test("tags that are read late, after a restore, are no kill: neither here nor elsewhere", async (t) => {
  const scene = await sceneFor(t);
  const other = otherMachine(t);
  scene.faults("stale-tags:GetResources:ms=600000");
  await scene.kill(["plain", "orders"]);
  scene.clock.advance(600_000);
  await scene.restore(["plain", "orders"]);
  assert.deepEqual([await listed(scene, scene.journal), await listed(scene, other.journal)], [[], []]);
  scene.faults("stale-tags:ms=600000");
  assert.deepEqual([await listed(scene, scene.journal), await listed(scene, other.journal)], [[], []]);
});

test("a kill on another machine is open while anything of it is off", async (t) => {
  const scene = await sceneFor(t);
  const other = otherMachine(t);
  await scene.kill(["orders"]);
  const { state, subject } = stateOf(scene, "orders");
  subject.reserved = 60;
  subject.provisioned = [
    { qualifier: "live", requested: 20, modified: 0, readyAt: 0 },
    { qualifier: "next", requested: 5, modified: 0, readyAt: 0 },
  ];
  const [target] = state.targets;
  const [, queue] = state.mappings;
  assert.ok(target && queue);
  assert.deepEqual(await listed(scene, other.journal), [["orders", "on fire", false]]);
  queue.enabled = true;
  assert.deepEqual(await listed(scene, other.journal), [["orders", "on fire", false]]);
  target.suspended.DynamicScalingInSuspended = false;
  assert.deepEqual(await listed(scene, other.journal), []);
});

test("where a kill cannot be put on its function, tags of an earlier one do not stand in its place", async (t) => {
  const scene = await sceneFor(t);
  const { subject } = stateOf(scene, "plain");
  scene.faults("deny:UntagResource");
  await scene.kill(["plain"]);
  await scene.restore(["plain"]);
  subject.reserved = 120;
  scene.faults("deny:TagResource");
  const [killed] = await scene.kill(["plain"]);
  assert.deepEqual([killed?.outcome, subject.tags, killed?.message], ["killed", {}, undefined]);
  await scene.restore(["plain"]);
  assert.equal(subject.reserved, 120);
  scene.faults("deny:UntagResource");
  await scene.kill(["plain"]);
  await scene.restore(["plain"]);
  scene.faults("deny:TagResource", "deny:UntagResource");
  const [again] = await scene.kill(["plain"]);
  assert.match(
    again?.message ?? "",
    /^The tags of an earlier kill are still on plain: on another machine a restore would go by them\.$/,
  );
});
