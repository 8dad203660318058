import assert from "node:assert/strict";
import { test } from "node:test";
import { applyBudget, type BudgetWish, type ChangeOutcome, type ChangePreview } from "#operations";
import { before } from "../aws/apply/applySetup.ts";
import { type OperationSetup, operationSetup } from "./operationSetup.ts";

type Setup = OperationSetup<ChangePreview, ChangeOutcome>;
const setup = operationSetup<ChangePreview, ChangeOutcome>;

const row = (name: string, live: number | null, granted: number) => ({ key: name, name, granted, off: false, live });
const wish = ({ session: { identity } }: Setup, more: Partial<BudgetWish> = {}): BudgetWish => ({
  name: "shop",
  title: "concurrency-budget.yaml, pool shop",
  identity,
  rows: [row("a", 400, 350), row("c", 300, 350), row("d", 100, 100)],
  notPlanned: [],
  ...more,
});
const turned = before.replace("a 400", "a 350").replace("c 300", "c 350");

test("a budget is applied: what is granted already is left alone, the rest is one plan", async (t) => {
  const scene = await setup(t);
  const outcome = await applyBudget(scene.operation, wish(scene));
  assert.deepEqual(
    [outcome.kind, outcome.pool, outcome.planned.plan.unchanged, outcome.says],
    ["applied", "shop", ["d"], "Budget applied: 2 reservations changed and verified. 100 left unreserved."],
  );
  assert.deepEqual([scene.writes(), scene.state()], [["PUT a", "PUT c"], turned]);
  assert.ok(!scene.proxy.calls.some((call) => call.includes("/functions/d")));
});

test("the document of an applied plan says what happened to each step", async (t) => {
  const scene = await setup(t);
  const outcome = await applyBudget(scene.operation, wish(scene));
  assert.match(scene.previews[0]?.text("markdown") ?? "", /^# Plan for account 123456789012 in us-east-1\n/);
  const report = outcome.report("123456789012 · us-east-1");
  assert.match(report, /^# concurrency-budget\.yaml, pool shop\n\n123456789012 · us-east-1\n/);
  assert.match(
    report,
    /\n\| 1 \| a: 400 → 350 \(-50\) \| done \| {2}\|\n\| 2 \| c: 300 → 350 \(\+50\) \| done \| {2}\|\n/,
  );
});

test("what is not applied is said before it is confirmed", async (t) => {
  const scene = await setup(t);
  const notPlanned = [{ key: "gone", kind: "missing", message: "The account has no function gone." }] as const;
  await applyBudget(scene.operation, wish(scene, { notPlanned, consequences: ["The file is not saved."] }));
  assert.deepEqual(scene.confirmations[0]?.consequences.slice(-2), [
    "1 entry of the budget is not applied; the plan says why.",
    "The file is not saved.",
  ]);
  assert.match(scene.previews[0]?.text("text") ?? "", /\nNot planned\n\n- The account has no function gone\.\n/);
});

test("a no, and a dry run, change nothing", async (t) => {
  const scene = await setup(t, { confirm: () => ({ kind: "no" }) });
  await applyBudget(scene.operation, wish(scene));
  await applyBudget(scene.operation, wish(scene, { dryRun: true }));
  assert.deepEqual(
    scene.outcomes.map(({ kind }) => kind),
    ["cancelled", "shown"],
  );
  assert.deepEqual([scene.confirmations.length, scene.writes(), scene.state()], [1, [], before]);
});

test("what does not fit is refused before anything is asked", async (t) => {
  const scene = await setup(t);
  await applyBudget(scene.operation, wish(scene, { rows: [row("a", 400, 401)] }));
  assert.deepEqual(scene.calls, ["progress Reading a", "preview", "report impossible"]);
  assert.deepEqual(scene.writes(), []);
});

test("a stated floor counts more than a learned one", async (t) => {
  const scene = await setup(t);
  await applyBudget(scene.operation, wish(scene, { rows: [row("a", 400, 401)], floor: 50, dryRun: true }));
  assert.deepEqual(
    [scene.outcomes[0]?.kind, scene.previews[0]?.planned.floorSource, scene.previews[0]?.planned.state.floor],
    ["shown", "configured", 50],
  );
});

test("credentials of another account than the one compared are refused before anything is read", async (t) => {
  const scene = await setup(t);
  const identity = { ...scene.session.identity, account: "210987654321" };
  await assert.rejects(
    applyBudget(scene.operation, wish(scene, { identity })),
    /^AccountError: The credentials lead to another account than a moment ago\. Nothing was changed\.$/,
  );
  assert.deepEqual([scene.calls, scene.proxy.calls], [[], []]);
});

test("stopped half way: what was done is told, and the next apply has to wait until it is settled", async (t) => {
  const scene = await setup(t);
  scene.demo.account.faults.replace([{ kind: "deny", action: "PutFunctionConcurrency", after: 1 }]);
  const stopped = await applyBudget(scene.operation, wish(scene));
  scene.demo.account.faults.replace([]);
  assert.deepEqual(
    [stopped.applied?.result, stopped.applied?.steps.map(({ result }) => result), scene.state()],
    ["stopped", ["done", "notDone"], before.replace("a 400", "a 350")],
  );
  assert.notEqual(stopped.applied?.pending, undefined);
  const next = await applyBudget(scene.operation, wish(scene));
  assert.deepEqual([next.applied?.result, next.applied?.unsettled], ["refused", true]);
  assert.equal(scene.writes().length, 2);
});

test("the credentials become those of somebody else while the question stands: nothing is done", async (t) => {
  const scene = await setup(t, {
    confirm() {
      scene.demo.account.faults.replace([{ kind: "other-account", action: "*" }]);
      return { kind: "yes" };
    },
  });
  const { applied } = await applyBudget(scene.operation, wish(scene));
  assert.deepEqual([applied?.result, scene.writes()], ["refused", []]);
});
