import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccountPlan, ApplyReport } from "#aws";
import { type AccountSnapshot, type PlanState, planChanges, type Wanted } from "#core";
import { consequencesOf, doneSentence, reportText, stepLine, withUseNotes } from "#operations/changeText.ts";

const identity = {
  account: "123456789012",
  alias: "shop",
  arn: "arn:aws:iam::123456789012:user/ada",
  partition: "aws",
  region: "eu-central-1",
};

const state: PlanState = {
  limit: 1000,
  unreserved: 400,
  floor: 100,
  functions: [
    { name: "orders", reserved: 10, provisioned: [] },
    { name: "search", reserved: 50, provisioned: [] },
  ],
};

const use = { from: "2026-01-01T00:00:00Z", until: "2026-01-01T03:00:00Z", concurrency: [], maximum: 43 };

const snapshot: AccountSnapshot = {
  version: 1,
  identity,
  readAt: "2026-01-01T03:00:00Z",
  limit: 1000,
  unreserved: 400,
  functionCount: 1,
  reading: { state: "complete", known: 1, listed: 1 },
  functions: [
    { name: "search", arn: "arn:aws:lambda:eu-central-1:123456789012:function:search", reserved: 50, usage: use },
  ],
  problems: [],
};

function planned(wanted: readonly Wanted[]): AccountPlan {
  return {
    identity,
    readAt: "2026-01-01T03:00:00Z",
    state,
    floorSource: "configured",
    wanted,
    plan: planChanges(state, wanted),
    stacks: new Map([["search", "shop-prod"]]),
    unread: new Set(),
  };
}

const both = planned([
  { name: "orders", reserved: 35 },
  { name: "search", reserved: 25 },
]);

test("each call is a line", () => {
  assert.deepEqual(both.plan.steps.map(stepLine), ["search: 50 → 25 (-25)", "orders: 10 → 35 (+25)"]);
  assert.deepEqual(planned([{ name: "orders", reserved: null }]).plan.steps.map(stepLine), ["orders: 10 → none (-10)"]);
  assert.equal(
    stepLine({ kind: "deleteProvisioned", name: "a", qualifier: "live", requested: 5, unreserved: 1 }),
    "a: provisioned concurrency of alias live (5) deleted for a moment",
  );
  assert.equal(stepLine({ kind: "put", name: "a", from: null, to: 1200, unreserved: 1 }), "a: none → 1,200 (+1,200)");
});

test("consequences say what is left, whom it throttles and who may undo it", () => {
  assert.deepEqual(consequencesOf(withUseNotes(both, snapshot)), [
    "Unreserved: 400 now, 400 afterwards; Lambda keeps a floor of 100 (stated in a budget file).",
    "search had up to 43 executions at once in 3 h: more than 25 are throttled from now on.",
    "The next deployment of stack shop-prod may undo this for search.",
  ]);
  assert.deepEqual(consequencesOf(withUseNotes(planned([{ name: "search", reserved: 0 }]), snapshot)).slice(1), [
    "search stops running: every invocation is refused until it has a reservation again.",
    "The next deployment of stack shop-prod may undo this.",
  ]);
  assert.deepEqual(consequencesOf(withUseNotes(planned([{ name: "orders", reserved: null }]), snapshot)).slice(1), [
    "Without a reservation orders shares what is unreserved with all others, without a limit of its own.",
  ]);
});

const report = (wanted: readonly Wanted[]): ApplyReport => ({
  result: "done",
  steps: planned(wanted).plan.steps.map((step) => ({ step, result: "done" })),
  differences: [],
  putBack: [],
  unreserved: 385,
  notes: [],
});

test("what was done is said with before and after", () => {
  assert.equal(
    doneSentence(report([{ name: "orders", reserved: 25 }])),
    "orders has a reservation of 25 (before: 10). 385 left unreserved.",
  );
  assert.equal(
    doneSentence(report([{ name: "orders", reserved: null }])),
    "orders has no reservation any more (before: 10). 385 left unreserved.",
  );
  assert.equal(doneSentence(report(both.wanted)), "2 reservations changed and verified. 385 left unreserved.");
});

test("a report lists every change with what became of it", () => {
  const [first, second] = both.plan.steps;
  assert.ok(first && second);
  const text = reportText("budget", "shop · eu-central-1", {
    result: "stopped",
    message: "Lambda refused it.",
    steps: [
      { step: first, result: "done" },
      { step: second, result: "notDone", message: "Somebody was faster." },
    ],
    differences: [],
    putBack: [],
    pending: "id",
    notes: ["The log is full."],
  });
  assert.equal(
    text,
    `# budget

shop · eu-central-1

**Stopped half way.** Lambda refused it.

| # | change | result | |
|--:|---|---|---|
| 1 | search: 50 → 25 (-25) | done |  |
| 2 | orders: 10 → 35 (+25) | not done | Somebody was faster. |

## Notes

- The log is full.

It is left half done. Run “Lambda Concurrency: Finish or Undo an Apply” to finish it or to take it back.
`,
  );
});
