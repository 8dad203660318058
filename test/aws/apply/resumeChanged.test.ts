import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type ApplyReport, applyPlan, pendingApplies, planAccount, resumeApply, undoApply } from "#aws";
import { type ApplySetup, after, applySetup, before, turned } from "./applySetup.ts";

const functionsOf = ({ demo }: ApplySetup) => demo.account.region("us-east-1").state.functions;

/** An apply that made all of its steps but the last, which raises c: somebody refused that. */
async function interrupted(t: TestContext) {
  const setup = await applySetup(t);
  setup.proxy.decide = ({ call }) =>
    call === "PUT /2017-10-31/functions/c/concurrency"
      ? { status: 403, type: "AccessDeniedException", message: "no" }
      : "pass";
  const planned = await planAccount(setup.session, turned);
  const stopped = await applyPlan(setup.session, planned, { title: "turn" }, setup.options);
  setup.proxy.decide = () => "pass";
  setup.proxy.reset();
  const made = stopped.steps.flatMap(({ step, result }) => (result === "done" ? [`${step.kind} ${step.name}`] : []));
  assert.deepEqual(made, ["delete d", "put a", "deleteProvisioned b", "put b", "putProvisioned b"]);
  const id = stopped.pending ?? "";
  const functionOf = (name: string) => functionsOf(setup).find((one) => one.name === name) ?? assert.fail(name);
  const remove = (name: string) => functionsOf(setup).splice(functionsOf(setup).indexOf(functionOf(name)), 1);
  const isPending = async () => (await pendingApplies(setup.folder)).records.length === 1;
  const writes = () => setup.proxy.calls.filter((call) => /^(PUT|DELETE)/.test(call));
  return { ...setup, id, functionOf, remove, isPending, writes, stopped: setup.state() };
}

const short = ({ result, message, differences, steps }: ApplyReport) => ({ result, message, differences, steps });
const message =
  "Somebody changed what this apply had changed; nothing was done. Take it back, or leave it as it is and plan again.";

test("an apply is not finished on steps that are not so any more: nothing is called done, and nothing is done", async (t) => {
  const setup = await interrupted(t);
  const { session, options, id, functionOf } = setup;
  const [config] = functionOf("b").provisioned;
  assert.ok(config);
  functionOf("a").reserved = 7;
  functionOf("d").reserved = 100;
  config.requested = 3;
  const report = await resumeApply(session, id, options);
  const differences = [
    "Reservation of d: is now 100, the apply made it none.",
    "Reservation of a: is now 7, the apply made it 380.",
    "Provisioned concurrency of b, alias live: is now 3, the apply made it 100.",
  ];
  assert.deepEqual(short(report), { result: "changed", message, differences, steps: [] });
  assert.deepEqual([setup.writes(), report.pending, await setup.isPending()], [[], id, true]);
  functionOf("a").reserved = 380;
  functionOf("d").reserved = null;
  config.requested = 100;
  assert.equal((await resumeApply(session, id, options)).result, "done");
  assert.deepEqual([setup.state(), await setup.isPending()], [after, false]);
});

test("what was read too early is read again before it counts as changed", async (t) => {
  const { session, options, id, functionOf, state } = await interrupted(t);
  functionOf("a").reserved = 400;
  let waited = 0;
  const wait = async () => {
    waited++;
    if (waited === 2) functionOf("a").reserved = 380;
  };
  assert.equal((await resumeApply(session, id, { ...options, retryPolicy: { wait } })).result, "done");
  assert.equal(state(), after);
});

test("where a function is gone, the apply is not finished, and the rest of it is taken back", async (t) => {
  const setup = await interrupted(t);
  const { session, options, id } = setup;
  setup.remove("b");
  const resumed = await resumeApply(session, id, options);
  assert.deepEqual(short(resumed), {
    result: "changed",
    message,
    differences: ["b does not exist any more."],
    steps: [],
  });
  const undone = await undoApply(session, id, options);
  assert.deepEqual(
    [undone.result, undone.notes],
    ["done", ["b does not exist any more: nothing of it is taken back."]],
  );
  assert.deepEqual([setup.state(), await setup.isPending()], [before.replace("b none +100 live, ", ""), false]);
});

test("provisioned concurrency that is away of a function that is gone keeps nobody from taking back the rest", async (t) => {
  const setup = await applySetup(t);
  const { session, options, proxy } = setup;
  proxy.decide = ({ call }) =>
    /^PUT .*(b\/concurrency|provisioned-concurrency)/.test(call)
      ? { status: 403, type: "AccessDeniedException", message: "no" }
      : "pass";
  const planned = await planAccount(session, turned);
  const stopped = await applyPlan(session, planned, { title: "turn" }, options);
  proxy.decide = () => "pass";
  const id = stopped.pending ?? "";
  const functions = functionsOf(setup);
  functions.splice(
    functions.findIndex(({ name }) => name === "b"),
    1,
  );
  const report = await undoApply(session, id, options);
  assert.equal(report.result, "done", report.message);
  assert.deepEqual(
    report.putBack.map(({ name, back, gone }) => [name, back, gone]),
    [["b", false, true]],
  );
  assert.equal(setup.state(), before.replace("b none +100 live, ", ""));
  assert.deepEqual((await pendingApplies(setup.folder)).records, []);
});
