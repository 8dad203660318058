import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { createJournal, forgetKill, kill, listKills, previewKill, previewRestore, restore } from "#aws";
import { setReserved } from "#aws/change/setReserved.ts";
import { interceptCalls } from "./interceptCalls.ts";
import { type Scene, sceneFor, temporaryFolder } from "./scene.ts";

/** Two people with a machine each: what the first has been shown, the second changes before it is confirmed. */
async function two(t: TestContext, names: readonly string[]) {
  const scene = await sceneFor(t);
  const { session, journal, now, retryPolicy } = scene;
  await scene.kill(names);
  const other = createJournal(temporaryFolder(t));
  const options = { journal: other, now, retryPolicy };
  const writes: string[] = [];
  const shown = await previewRestore(session, names, options);
  interceptCalls(session, async (call, command) => {
    if (!/^(?:Get|List|Describe)/.test(command)) writes.push(command);
    return await call();
  });
  const again = async (name: string, reserved: number) => {
    const [{ outcome } = { outcome: "" }] = await scene.restore([name]);
    assert.equal(outcome, "restored");
    await setReserved(session, name, { from: null, to: reserved }, { retryPolicy });
    const preview = await previewKill(session, [name], { journal, now });
    await kill(session, preview, { reason: "SECOND incident", journal, now, retryPolicy });
    writes.length = 0;
  };
  return { scene, shown, options, writes, again };
}

const reservedOf = async (scene: Scene, name: string) => (await scene.seen(name)).reserved;

test("a kill that was made after a restore was shown is not undone by that restore", async (t) => {
  const { scene, shown, options, writes, again } = await two(t, ["plain"]);
  await again("plain", 55);
  const [result] = await restore(scene.session, shown, options);
  assert.equal(result?.outcome, "changed");
  assert.match(
    result.message ?? "",
    /^plain was killed again by arn:\S+ meanwhile, .* \(SECOND incident\); what was shown is the kill of .* \(on fire\)\. Nothing was done; look again\.$/,
  );
  assert.deepEqual(writes, []);
  assert.equal(await reservedOf(scene, "plain"), 0);
  const { kills } = await listKills(scene);
  assert.deepEqual(
    kills.map(({ record }) => [record.reason, record.before.reserved]),
    [["SECOND incident", 55]],
  );
  const [back] = await scene.restore(["plain"], { journal: options.journal });
  assert.deepEqual([back?.outcome, await reservedOf(scene, "plain")], ["restored", 55]);
});

test("the same on one machine, and where no tag could be written", async (t) => {
  const { scene, shown, options, writes, again } = await two(t, ["plain"]);
  await again("plain", 55);
  const [result] = await restore(scene.session, shown, { ...options, journal: scene.journal });
  assert.deepEqual([result?.outcome, writes], ["changed", []]);
  const untagged = await sceneFor(t);
  untagged.faults("deny:TagResource");
  await untagged.kill(["plain"]);
  const { session, journal, now, retryPolicy } = untagged;
  const first = await previewRestore(session, ["plain"], { journal });
  await untagged.restore(["plain"]);
  await untagged.kill(["plain"]);
  const [late] = await restore(session, first, { journal, now, retryPolicy });
  assert.equal(late?.outcome, "changed");
  assert.equal(await reservedOf(untagged, "plain"), 0);
});

test("what somebody has restored meanwhile is left alone, and the others are restored", async (t) => {
  const { scene, shown, options } = await two(t, ["plain", "warm"]);
  await scene.restore(["plain"]);
  const results = await restore(scene.session, shown, options);
  assert.deepEqual(
    results.map(({ name, outcome, message }) => [name, outcome, message]),
    [
      ["plain", "changed", "Somebody has restored plain meanwhile. Nothing was done; look again."],
      ["warm", "warming", "Provisioned concurrency is still being allocated."],
    ],
  );
});

test("a kill that was gone on with after it was shown is not restored: more would come back than was shown", async (t) => {
  const scene = await sceneFor(t);
  const { session, journal, now, retryPolicy } = scene;
  await scene.kill(["orders"], { keepTriggers: true });
  const shown = await previewRestore(session, ["orders"], { journal });
  await scene.kill(["orders"]);
  const [result] = await restore(session, shown, { journal, now, retryPolicy });
  assert.deepEqual(
    [result?.outcome, result?.message],
    [
      "changed",
      "Somebody went on with the kill of orders meanwhile: a restore would give back something else than what was shown. Nothing was done; look again.",
    ],
  );
});

test("keeping changes keeps those that were shown: other ones, and ones that are gone, are shown again first", async (t) => {
  const { scene, options } = await two(t, ["plain"]);
  const { session, retryPolicy } = scene;
  await setReserved(session, "plain", { from: 0, to: 7 }, { retryPolicy });
  const shown = await previewRestore(session, ["plain"], options);
  await setReserved(session, "plain", { from: 7, to: 8 }, { retryPolicy });
  const [other] = await restore(session, shown, { ...options, keepChanges: true });
  assert.deepEqual(
    [other?.outcome, other?.message],
    [
      "changed",
      "The reservation of plain is 8: the kill set it to 0, and before it was none. No longer so: The reservation of plain is 7: the kill set it to 0, and before it was none. Nothing was done; look again.",
    ],
  );
  await setReserved(session, "plain", { from: 8, to: 0 }, { retryPolicy });
  const [gone] = await restore(session, shown, { ...options, keepChanges: true });
  assert.equal(gone?.outcome, "changed");
  assert.equal(await reservedOf(scene, "plain"), 0);
});

test("what was shown as not possible is not restored, though it would be possible by now", async (t) => {
  const scene = await sceneFor(t);
  const { session, journal, now, retryPolicy } = scene;
  const shown = await previewRestore(session, ["plain"], { journal });
  await scene.kill(["plain"]);
  const [result] = await restore(session, shown, { journal, now, retryPolicy });
  assert.equal(result?.outcome, "notKilled");
  assert.equal(await reservedOf(scene, "plain"), 0);
});

test("a kill is not forgotten that was made after the one that was shown, nor one that is closed already", async (t) => {
  const { scene, shown, options, writes, again } = await two(t, ["plain"]);
  const [first] = shown.functions;
  assert.ok(first?.kind === "restore");
  await again("plain", 55);
  const killedAgain = await forgetKill(scene.session, first.record, options);
  assert.deepEqual([killedAgain.outcome, writes], ["changed", []]);
  assert.match(
    killedAgain.message ?? "",
    /^plain was killed again by arn:\S+ meanwhile; nothing was forgotten\. Look again\.$/,
  );
  assert.equal((await listKills(scene)).kills.length, 1);
  await scene.restore(["plain"]);
  const message = "Somebody has restored plain meanwhile; nothing was forgotten. Look again.";
  for (const journal of [options.journal, scene.journal])
    assert.deepEqual(await forgetKill(scene.session, first.record, { ...options, journal }), {
      name: "plain",
      outcome: "changed",
      message,
    });
  assert.equal((await scene.journal.read(first.record.id))?.stage, "restored");
});

test("nothing is forgotten while another process is at work on the function", async (t) => {
  const { scene, shown, options } = await two(t, ["plain"]);
  const [first] = shown.functions;
  assert.ok(first?.kind === "restore");
  const journal = { ...options.journal, claim: async () => undefined };
  assert.deepEqual(await forgetKill(scene.session, first.record, { ...options, journal }), {
    name: "plain",
    outcome: "failed",
    message: "Another process is killing or restoring plain; nothing was done here. It has just ended: try again.",
  });
});

test("a kill is not gone on with that was closed after it was shown: its record stays closed", async (t) => {
  for (const faults of ["", "deny:TagResource"]) {
    const scene = await sceneFor(t);
    const { session, journal, now, retryPolicy } = scene;
    if (faults !== "") scene.faults(faults);
    await scene.kill(["orders"], { keepTriggers: true });
    const shown = await previewKill(session, ["orders"], { journal, now });
    const [previewed] = shown.functions;
    assert.ok(previewed?.kind === "kill" && previewed.continues !== undefined);
    await scene.restore(["orders"]);
    const [result] = await kill(session, shown, { reason: "again", journal, now, retryPolicy });
    assert.equal(result?.outcome, "changed");
    assert.match(result.message ?? "", /has restored orders meanwhile\./);
    assert.equal((await journal.read(previewed.continues.id))?.stage, "restored");
  }
});
