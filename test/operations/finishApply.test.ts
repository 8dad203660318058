import assert from "node:assert/strict";
import { test } from "node:test";
import { applyPlan, pendingApplies, planAccount, resumeApply } from "#aws";
import { type FinishApplyOutcome, type FinishApplyPreview, finishApply } from "#operations";
import { before, turned } from "../aws/apply/applySetup.ts";
import { type OperationSetup, operationSetup } from "./operationSetup.ts";
import type { Script } from "./scriptedUi.ts";

type Setup = OperationSetup<FinishApplyPreview, FinishApplyOutcome>;

/** An apply that was cancelled before its fourth step: d and a are set, the provisioned concurrency of b is back again. */
async function halfDone(t: Parameters<typeof operationSetup>[0], script: Script = {}): Promise<Setup> {
  const scene = await operationSetup<FinishApplyPreview, FinishApplyOutcome>(t, script);
  await interrupt(scene, 3);
  scene.proxy.reset();
  return scene;
}

async function interrupt({ session, options, folder }: Setup, at: number): Promise<void> {
  const planned = await planAccount(session, turned, { folder });
  const controller = new AbortController();
  const stop = {
    signal: controller.signal,
    onProgress: ({ index }: { index: number }) => index === at && controller.abort(),
  };
  const report = await applyPlan(session, planned, { title: "budget" }, { ...options, ...stop });
  assert.equal(report.result, "cancelled");
}

const half = before.replace("a 400", "a 380").replace("d 100", "d none");

test("the unfinished apply is shown, and each way says what it does", async (t) => {
  const scene = await halfDone(t, { confirm: () => ({ kind: "no" }) });
  assert.equal(scene.state(), half);
  for (const way of ["resume", "undo", "forget"] as const) await finishApply(scene.operation, { way });
  assert.deepEqual(scene.calls.slice(0, 3), ["preview", "confirm Finish “budget”", "report cancelled"]);
  assert.match(
    scene.previews[0]?.lines.join("\n") ?? "",
    /^budget, begun \S+ by .*: 2 of 6 steps done\.\n {2}done {6}/,
  );
  assert.deepEqual(
    scene.confirmations.map(({ what, action, changes }) => [what, action, changes.length]),
    [
      ["Finish “budget”", "Finish Apply", 4],
      ["Take back “budget”", "Take Back", 3],
      ["Leave “budget” as it is", "Leave as It Is", 2],
    ],
  );
  assert.deepEqual([scene.writes(), scene.state()], [[], half]);
  assert.equal((await pendingOf(scene)).length, 1);
});

test("finished, taken back, or left as it is: then nothing is unfinished", async (t) => {
  for (const [way, kind, state] of [
    ["resume", "applied", "a 380, b 150 +100 live, c 370, d none"],
    ["undo", "applied", before],
    ["forget", "forgotten", half],
  ] as const) {
    const scene = await halfDone(t);
    const outcome = await finishApply(scene.operation, { way });
    assert.deepEqual([outcome.kind, outcome.applied?.result ?? "done", scene.state()], [kind, "done", state]);
    assert.deepEqual(await pendingOf(scene), []);
    const again = await finishApply(scene.operation, { way });
    assert.deepEqual([again.kind, again.applied], ["nothing", null]);
  }
});

test("an undo that ended half way takes back what all its steps are of, and says so", async (t) => {
  const scene = await halfDone(t, {
    say: (what, cancel) => what.startsWith("Step 1 of ") && scene.confirmations.length === 1 && cancel(),
  });
  await finishApply(scene.operation, { way: "undo" });
  const [record] = await pendingOf(scene);
  assert.deepEqual([record?.mode, record?.steps.length, record?.next], ["undo", 2, 0]);
  const outcome = await finishApply(scene.operation, { way: "undo" });
  assert.deepEqual(scene.confirmations[1]?.changes, ["a: back to 400", "d: back to 100"]);
  assert.deepEqual([outcome.applied?.result, scene.state()], ["done", before]);
});

test("without a way it is asked for; cancelled, nothing is done", async (t) => {
  const scene = await halfDone(t);
  await finishApply(scene.operation, {});
  assert.deepEqual(scene.calls, ["preview", "choose budget: 2 of 6 steps made", "report cancelled"]);
  assert.deepEqual([scene.writes(), (await pendingOf(scene)).length], [[], 1]);
});

test("a dry run shows it and does nothing", async (t) => {
  const scene = await halfDone(t);
  const outcome = await finishApply(scene.operation, { way: "resume", dryRun: true });
  assert.deepEqual([scene.calls, outcome.kind, scene.writes()], [["preview", "report shown"], "shown", []]);
});

test("taken back only as long as nobody changed a function since", async (t) => {
  const scene = await halfDone(t);
  const [fn] = scene.demo.account.region("us-east-1").state.functions;
  assert.ok(fn);
  fn.reserved = 390;
  const outcome = await finishApply(scene.operation, { way: "undo" });
  assert.deepEqual([outcome.applied?.result, scene.writes()], ["changed", []]);
  assert.match(outcome.says, /^Somebody changed functions after the apply; nothing was taken back\./);
  assert.equal((await pendingOf(scene)).length, 1);
});

test("a resume that is stopped again leaves what can be finished later", async (t) => {
  const scene = await halfDone(t);
  scene.demo.account.faults.replace([{ kind: "deny", action: "PutFunctionConcurrency" }]);
  const stopped = await finishApply(scene.operation, { way: "resume" });
  scene.demo.account.faults.replace([]);
  assert.equal(stopped.applied?.result, "stopped");
  const finished = await finishApply(scene.operation, { way: "resume" });
  assert.deepEqual([finished.applied?.result, scene.state()], ["done", "a 380, b 150 +100 live, c 370, d none"]);
});

for (const way of ["resume", "undo"] as const) {
  test(`${way}: when somebody went on with it while the question stood, it is shown and asked for again`, async (t) => {
    const scene = await halfDone(t, {
      async confirm(_, count) {
        if (count === 1) await goOn(scene);
        return { kind: count === 1 ? "yes" : "no" };
      },
    });
    await finishApply(scene.operation, { way });
    assert.deepEqual(
      scene.previews.map(({ record }) => record.next),
      [2, 5],
    );
    assert.deepEqual([scene.calls.slice(-2)[0]?.split(" ")[0], scene.calls.at(-1)], ["confirm", "report cancelled"]);
    assert.equal(
      scene.confirmations[1]?.consequences[0],
      "Somebody went on with this apply meanwhile; nothing was done yet.",
    );
    assert.equal(scene.state(), "a 380, b 150 +100 live, c 300, d none", "what the other one did, and nothing else");
  });
}

test("an answer that was given beforehand does not cover what somebody else went on to do", async (t) => {
  const scene = await halfDone(t, {
    interactive: false,
    async confirm() {
      await goOn(scene);
      return { kind: "yes" };
    },
  });
  const outcome = await finishApply(scene.operation, { way: "undo" });
  assert.deepEqual([outcome.applied?.result, scene.previews.length], ["changed", 1]);
  assert.equal(outcome.says, "Somebody went on with this apply meanwhile; nothing was done. Look at it again.");
  assert.equal(scene.state(), "a 380, b 150 +100 live, c 300, d none");
});

/** Somebody else finishes the apply but for its last step. */
async function goOn({ session, options, folder }: Setup): Promise<void> {
  const [record] = (await pendingApplies(folder)).records;
  const controller = new AbortController();
  const stop = {
    signal: controller.signal,
    onProgress: ({ index }: { index: number }) => index === 5 && controller.abort(),
  };
  await resumeApply(session, record?.id ?? "", { ...options, ...stop });
}

test("production: a yes without the account's name settles nothing", async (t) => {
  const scene = await halfDone(t);
  const state = { ...scene.operation.state, production: async () => "It is production." };
  const outcome = await finishApply({ ...scene.operation, state }, { way: "undo" });
  assert.deepEqual(
    [outcome.kind, scene.confirmations[0]?.production, scene.writes()],
    ["cancelled", "It is production.", []],
  );
});

async function pendingOf({ folder, session }: Setup) {
  return (await pendingApplies(folder, session.identity)).records;
}
