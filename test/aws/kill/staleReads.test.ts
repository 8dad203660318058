import assert from "node:assert/strict";
import { test } from "node:test";
import { GetFunctionConcurrencyCommand } from "@aws-sdk/client-lambda";
import { createJournal, listKills } from "#aws";
import { interceptCalls } from "./interceptCalls.ts";
import { type Scene, sceneFor, temporaryFolder } from "./scene.ts";
import { stateOf } from "./stateOf.ts";

const outcomes = (results: readonly { readonly outcome: string }[]) => results.map(({ outcome }) => outcome);

/** Reads of `plain` that show what was there when `freeze` was called, until `thaw`. */
async function frozenReads({ session }: Scene) {
  const kept = new Map<string, unknown>();
  let frozen = false;
  interceptCalls(session, async (call, command) => {
    if (!/^GetFunction(?:Concurrency)?$/.test(command)) return await call();
    if (frozen) return structuredClone(kept.get(command));
    const answer = await call();
    if (!kept.has(command)) kept.set(command, answer);
    return answer;
  });
  return { freeze: () => (frozen = true), thaw: () => (frozen = false) };
}

for (const reserved of [100, null])
  test(`a read from before the kill proves no restore: ${reserved ?? "no reservation"} is put back`, async (t) => {
    const scene = await sceneFor(t);
    const { session, journal } = scene;
    const { subject } = stateOf(scene, "plain");
    subject.reserved = reserved;
    const before = await scene.seen("plain");
    const reads = await frozenReads(scene);
    // With a reservation GetFunctionConcurrency is not asked: so it is here.
    await session.lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: "plain" }));
    assert.deepEqual(outcomes(await scene.kill(["plain"])), ["killed"]);
    reads.freeze();
    assert.deepEqual(
      (await listKills({ ...scene, journal })).kills.map(({ elsewhere }) => elsewhere),
      [undefined],
    );
    assert.deepEqual(outcomes(await scene.restore(["plain"])), ["restored"]);
    assert.equal(subject.reserved, reserved);
    reads.thaw();
    assert.deepEqual((await listKills(scene)).kills, []);
    const { tags: _, ...after } = await scene.seen("plain");
    const { tags: _tags, ...first } = before;
    assert.deepEqual(after, first);
  });

test("a function that reads as off right after its restore is not taken for off", async (t) => {
  const scene = await sceneFor(t);
  const { subject } = stateOf(scene, "plain");
  subject.reserved = 7;
  await scene.kill(["plain"]);
  const reads = await frozenReads(scene);
  await scene.restore(["plain"]);
  reads.freeze();
  const [refused] = await scene.kill(["plain"]);
  assert.deepEqual([refused?.outcome, subject.reserved], ["failed", 7]);
  assert.match(
    refused?.message ?? "",
    /^Whether plain is off is not known yet: it was restored here .*, and AWS still reports a reservation of 0\. /,
  );
  reads.thaw();
  assert.deepEqual(outcomes(await scene.kill(["plain"])), ["killed"]);
});

for (const seed of [1, 2, 3, 4])
  test(`kill and restore are the identity while every read lags, forwards and backwards (${seed})`, async (t) => {
    const scene = await sceneFor(t, { seed });
    const names = ["orders", "plain", "warm"];
    const before = [];
    for (const name of names) before.push(await scene.seen(name));
    scene.faults("stale:ms=4000", "stale-tags:ms=2000");
    assert.deepEqual(outcomes(await scene.kill(names)), ["killed", "killed", "killed"]);
    for (const name of names) assert.equal(stateOf(scene, name).subject.reserved, 0);
    const restored = await scene.restore(names);
    assert.ok(
      restored.every(({ outcome }) => outcome === "restored" || outcome === "warming"),
      restored.map(({ message }) => message).join(" "),
    );
    scene.faults();
    for (const [index, name] of names.entries()) assert.deepEqual(await scene.seen(name), before[index]);
    assert.deepEqual((await listKills(scene)).kills, []);
    const other = createJournal(temporaryFolder(t));
    assert.deepEqual((await listKills({ ...scene, journal: other })).kills, []);
  });
