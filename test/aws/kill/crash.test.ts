import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createJournal, listKills, previewRestore, restore } from "#aws";
import { manualClock } from "#demo";
import { type Scene, sceneFor, seenBy, sorts } from "./scene.ts";

const driver = fileURLToPath(new URL("crash.ts", import.meta.url));

/** A scene whose clock moves by itself, because the process that is stopped cannot move it. */
async function scene(test: TestContext): Promise<Scene> {
  const clock = manualClock(Date.UTC(2026, 10, 23, 12));
  const { now } = clock;
  clock.now = () => {
    clock.advance(200);
    return now();
  };
  return await sceneFor(test, { account: sorts, clock });
}

interface Run {
  readonly killed: boolean;
  readonly points: number;
  readonly outcomes: readonly string[];
}

/** Runs the driver in a process of its own; `crashAt` 0 lets it come to its end. */
function run({ demo, folder }: Scene, action: "kill" | "restore", crashAt: number): Promise<Run> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [driver, demo.url, folder, action, String(crashAt), "orders"],
      (error, stdout, stderr) => {
        if (error?.signal === "SIGKILL") resolve({ killed: true, points: crashAt, outcomes: [] });
        else if (error) reject(new Error(stderr));
        else resolve({ killed: false, ...JSON.parse(stdout) });
      },
    );
  });
}

async function settled({ demo, clock }: Scene) {
  clock.advance(60_000);
  return await seenBy(demo.url, "orders");
}

/** Each point is a process; two at a time. */
const two = { concurrency: 2 };

async function atEach(points: number, work: (crashAt: number) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: points }, (_, index) => work(index + 1)));
}

async function undo({ session, folder, retryPolicy, now }: Scene) {
  const options = { journal: createJournal(folder), retryPolicy, now };
  return await restore(session, await previewRestore(session, ["orders"], options), options);
}

test("a process that is stopped at any point of a kill leaves something that another undoes", two, async (t) => {
  const whole = await scene(t);
  const { points, outcomes } = await run(whole, "kill", 0);
  assert.deepEqual([points, outcomes], [18, ["killed"]]);
  await atEach(points, (crashAt) =>
    t.test(`at point ${crashAt} of ${points}`, async (step) => {
      const one = await scene(step);
      const before = await settled(one);
      assert.equal((await run(one, "kill", crashAt)).killed, true);
      const [result] = await undo(one);
      const begun = crashAt > 1;
      assert.equal(result?.outcome === "notKilled", !begun, result?.message ?? result?.outcome);
      assert.deepEqual(await settled(one), before);
      assert.deepEqual((await listKills({ journal: one.journal, session: one.session })).kills, []);
    }),
  );
});

test(
  "a process that is stopped at any point of a kill leaves something that another finishes and then undoes",
  two,
  async (t) => {
    // After one call and before the next all is the same: of these points every other one is enough.
    await atEach(10, (index) => {
      const crashAt = Math.min(18, 2 * index - 1);
      return t.test(`at point ${crashAt} of 18`, async (step) => {
        const one = await scene(step);
        const before = await settled(one);
        assert.equal((await run(one, "kill", crashAt)).killed, true);
        const [again] = await one.kill(["orders"]);
        assert.ok(again?.outcome === "killed" || again?.outcome === "alreadyKilled", again?.message);
        const off = await settled(one);
        assert.deepEqual([off.reserved, off.provisioned], [0, []]);
        assert.equal((await listKills({ journal: one.journal, session: one.session })).kills.length, 1);
        assert.equal((await undo(one))[0]?.outcome, "warming");
        assert.deepEqual(await settled(one), before);
      });
    });
  },
);

test("a process that is stopped at any point of a restore leaves something that another finishes", two, async (t) => {
  const whole = await scene(t);
  await whole.kill(["orders"]);
  const { points, outcomes } = await run(whole, "restore", 0);
  assert.deepEqual([points, outcomes], [16, ["warming"]]);
  await atEach(points, (crashAt) =>
    t.test(`at point ${crashAt} of ${points}`, async (step) => {
      const one = await scene(step);
      const before = await settled(one);
      await one.kill(["orders"]);
      assert.equal((await run(one, "restore", crashAt)).killed, true);
      const [result] = await undo(one);
      assert.ok(["restored", "warming", "notKilled"].includes(result?.outcome ?? ""), result?.message);
      assert.deepEqual(await settled(one), before);
      assert.deepEqual((await listKills({ journal: one.journal, session: one.session })).kills, []);
    }),
  );
});

test("two processes that restore the same kill at once do it once", async (t) => {
  const one = await scene(t);
  const before = await settled(one);
  await one.kill(["orders"]);
  const both = await Promise.all([run(one, "restore", 0), run(one, "restore", 0)]);
  const outcomes = both.flatMap((each) => each.outcomes);
  assert.ok(outcomes.includes("warming") || outcomes.includes("restored"), outcomes.join(" "));
  // The one that comes second is told so, by what it has read by then: nothing to restore, or changed meanwhile.
  const told = ["warming", "restored", "failed", "notKilled", "changed"];
  for (const outcome of outcomes) assert.ok(told.includes(outcome), outcome);
  assert.deepEqual(await settled(one), before);
  assert.deepEqual((await listKills({ journal: one.journal, session: one.session })).kills, []);
});
