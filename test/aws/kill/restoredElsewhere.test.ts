import assert from "node:assert/strict";
import { test } from "node:test";
import { createJournal, kill, listKills, planAccount, previewKill } from "#aws";
import { restoredElsewhere } from "#aws/kill/restoredElsewhere.ts";
import { sceneFor, temporaryFolder } from "./scene.ts";

test("a kill that was restored on another machine is neither off nor overdue here, and keeps no plan from being made", async (t) => {
  const scene = await sceneFor(t);
  const { session, journal, folder, retryPolicy, clock } = scene;
  const now = () => new Date(clock.now());
  const preview = await previewKill(session, ["plain", "orders"], { journal, now });
  const until = new Date(clock.now() + 1000);
  await kill(session, preview, { reason: "on fire", until, journal, now, retryPolicy });
  clock.advance(60_000);
  const wanted = [{ name: "plain", reserved: 5 }];
  const list = async () =>
    (await listKills({ journal, session, now })).kills
      .map(({ record, elsewhere, expired }) => [record.name, elsewhere ?? false, expired])
      .sort();
  assert.deepEqual(await list(), [
    ["orders", false, true],
    ["plain", false, true],
  ]);
  assert.equal((await planAccount(session, wanted, { folder })).plan.problems.length, 1);
  await scene.restore(["plain"], { journal: createJournal(temporaryFolder(t)) });
  assert.deepEqual(await list(), [
    ["orders", false, true],
    ["plain", true, false],
  ]);
  assert.deepEqual((await planAccount(session, wanted, { folder })).plan.problems, []);
  const [closed] = await scene.restore(["plain"]);
  assert.equal(closed?.outcome, "restored");
  assert.deepEqual(await list(), [["orders", false, true]]);
});

test("a function that lost its tags and is still off stays killed", async (t) => {
  const scene = await sceneFor(t);
  const { session, journal, folder, now } = scene;
  await scene.kill(["plain"]);
  const subject = scene.demo.account.region("us-east-1").state.functions.find(({ name }) => name === "plain");
  assert.ok(subject);
  subject.tags = {};
  const { kills } = await listKills({ journal, session, now });
  assert.deepEqual([kills.length, kills[0]?.elsewhere], [1, undefined]);
  const { plan } = await planAccount(session, [{ name: "plain", reserved: 5 }], { folder });
  assert.match(plan.problems[0]?.message ?? "", /^plain was switched off by the kill switch/);
});

test("for a minute after a kill, reads that say it was restored elsewhere may lag and prove nothing", async (t) => {
  const scene = await sceneFor(t);
  await scene.kill(["plain"]);
  const [entry] = (await scene.journal.list()).entries;
  assert.ok(entry);
  const at = Date.parse(entry.changedAt);
  const told = (passed: number) => restoredElsewhere(entry, { reserved: null }, new Date(at + passed));
  assert.deepEqual([told(0), told(59_999), told(60_000)], ["unknown", "unknown", "yes"]);
});
