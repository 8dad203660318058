import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import {
  type AccountPlan,
  type ApplyReport,
  applyPlan,
  pendingApplies,
  planAccount,
  resumeApply,
  undoApply,
} from "#aws";
import type { Wanted } from "#core";
import type { AccountFile, FunctionEntry } from "#demo";
import { type ApplySetup, applySetup, entriesText } from "./applySetup.ts";
import type { Fate } from "./faultProxy.ts";

const functions: readonly FunctionEntry[] = [
  { name: "a", reserved: 50 },
  { name: "b", versions: 1, aliases: { live: "1" }, provisioned: { live: 20 } },
];
const account: AccountFile = { limit: 200, floor: 100, functions: [...functions, { name: "others", reserved: 30 }] };
const wanted: readonly Wanted[] = [
  { name: "a", reserved: 40 },
  { name: "b", reserved: 30 },
];
const start = "a 50, b none +20 live, others 30";
const goal = "a 40, b 30 +20 live, others 30";

const fates: Readonly<Record<string, Fate>> = {
  "429": { status: 429, type: "TooManyRequestsException", message: "Rate exceeded" },
  "403": { status: 403, type: "AccessDeniedException", message: "User: arn:aws:iam::1:user/x is not authorized" },
  "409": { status: 409, type: "ResourceConflictException", message: "An update is in progress for resource" },
  "500": { status: 500, type: "ServiceException", message: "An internal error occurred." },
  "a cut before": "cutBefore",
  "a cut after": "cutAfter",
};

/** An account that is put back to its start before each run. */
async function repeated(t: TestContext): Promise<ApplySetup & { readonly planned: () => Promise<AccountPlan> }> {
  const setup = await applySetup(t, account);
  const { state } = setup.demo.account.region("us-east-1");
  const initial = structuredClone(state.functions);
  return {
    ...setup,
    async planned() {
      setup.proxy.decide = () => "pass";
      state.functions = structuredClone(initial);
      assert.equal(setup.state(), start);
      const planned = await planAccount(setup.session, wanted, { folder: setup.folder });
      setup.proxy.reset();
      return planned;
    },
  };
}

/** What the account must be when a report is true; what it does not know is taken as made or as not made. */
function claimed({ steps, putBack }: ApplyReport, unknownMade: boolean): string {
  const entries = new Map(functions.map((entry) => [entry.name, { ...entry, provisioned: { ...entry.provisioned } }]));
  for (const { step, result } of steps) {
    const entry = entries.get(step.name);
    assert.ok(entry !== undefined);
    if (result === "notDone" || (result === "unknown" && !unknownMade)) continue;
    if (step.kind === "put") entry.reserved = step.to;
    else if (step.kind === "delete") delete entry.reserved;
    else if (step.kind === "deleteProvisioned") delete entry.provisioned[step.qualifier];
    else entry.provisioned[step.qualifier] = step.requested;
  }
  for (const { name, qualifier, requested, back } of putBack) {
    const entry = entries.get(name);
    if (back && entry !== undefined) entry.provisioned[qualifier] = requested;
  }
  return entriesText([...entries.values(), { name: "others", reserved: 30 }]);
}

test("a fault at any call: the report is true, provisioned concurrency is back, the rest can be finished or taken back", async (t) => {
  const setup = await repeated(t);
  const { session, options, folder, proxy, state } = setup;
  await applyPlan(session, await setup.planned(), { title: "test" }, options);
  assert.equal(state(), goal);
  const calls = [...proxy.calls];
  assert.equal(calls.filter((call) => !call.startsWith("GET")).length, 9);
  const firstWrite = calls.findIndex((call) => call.startsWith("PUT"));
  const outcomes: Record<string, number> = {};
  for (const [index, call] of calls.entries())
    for (const [name, fate] of Object.entries(fates)) {
      const planned = await setup.planned();
      proxy.decide = (passing) => (passing.index === index ? fate : "pass");
      const report = await applyPlan(session, planned, { title: "test" }, options);
      const told = `${name} at call ${index} (${call}): ${JSON.stringify(report)}`;
      outcomes[report.result] = (outcomes[report.result] ?? 0) + 1;
      assert.equal([claimed(report, true), claimed(report, false)].includes(state()), true, told);
      // Only where reading back is refused nobody can know.
      if (!call.startsWith("GET") || !["403", "409"].includes(name))
        assert.equal(claimed(report, true), claimed(report, false), told);
      assert.equal(
        report.putBack.every(({ back }) => back),
        true,
        told,
      );
      assert.match(state(), /b \S+ \+20 live/, told);
      if (report.result === "done") assert.equal(state(), goal, told);
      else assert.equal(typeof report.message, "string", told);
      // While steps are made, throttling, conflicts, errors of AWS and cut connections are overcome; before, nothing is begun.
      const passing = name !== "403" && (name !== "409" || !call.startsWith("GET"));
      if (index >= firstWrite && !call.startsWith("POST") && passing) assert.equal(report.result, "done", told);
      if (index < firstWrite - 2 && report.result !== "done") assert.equal(report.result, "refused", told);
      const pending = (await pendingApplies(folder)).records;
      assert.deepEqual(
        pending.map(({ id }) => id),
        report.pending === undefined ? [] : [report.pending],
        told,
      );
      if (report.pending === undefined) {
        assert.equal(report.result === "done" || state() === start, true, told);
        continue;
      }
      const finish = index % 2 === 0;
      const end = await (finish ? resumeApply : undoApply)(session, report.pending, options);
      assert.equal(end.result, "done", `${told} then ${JSON.stringify(end)}`);
      assert.equal(state(), finish ? goal : start, told);
      assert.deepEqual((await pendingApplies(folder)).records, [], told);
    }
  assert.deepEqual(Object.keys(outcomes).sort(), ["done", "refused", "stopped"]);
});

test("a write that is refused for good: what was taken away comes back, and the report says how far it came", async (t) => {
  const setup = await repeated(t);
  const { session, options, proxy, state } = setup;
  const planned = await setup.planned();
  proxy.decide = ({ call }) => (call === "PUT /2017-10-31/functions/b/concurrency" ? (fates["403"] ?? "pass") : "pass");
  const report = await applyPlan(session, planned, { title: "test" }, options);
  assert.deepEqual(
    report.steps.map(({ step, result, message }) => [step.kind, step.name, result, message ?? ""]),
    [
      ["put", "a", "done", ""],
      ["deleteProvisioned", "b", "notDone", "It was taken back."],
      [
        "put",
        "b",
        "notDone",
        "arn:aws:iam::1:user/x may not use lambda:PutFunctionConcurrency. Add lambda:PutFunctionConcurrency to a policy of this identity.",
      ],
      ["putProvisioned", "b", "notDone", ""],
    ],
  );
  assert.deepEqual(report.putBack, [{ name: "b", qualifier: "live", requested: 20, back: true }]);
  assert.equal(report.result, "stopped");
  assert.equal(state(), "a 40, b none +20 live, others 30");
  proxy.decide = () => "pass";
  assert.equal((await resumeApply(session, report.pending ?? "", options)).result, "done");
  assert.equal(state(), goal);
});

test("provisioned concurrency that cannot be put back is kept in the record, and comes back with either ending", async (t) => {
  for (const end of [resumeApply, undoApply]) {
    const setup = await repeated(t);
    const { session, options, proxy, state, folder } = setup;
    const planned = await setup.planned();
    proxy.decide = ({ call }) =>
      call.startsWith("PUT /2019-09-30/functions/b/provisioned") ? (fates["403"] ?? "pass") : "pass";
    const report = await applyPlan(session, planned, { title: "test" }, options);
    assert.deepEqual(
      report.putBack.map(({ name, back }) => [name, back]),
      [["b", false]],
    );
    assert.equal(state(), "a 40, b 30, others 30");
    const [pending] = (await pendingApplies(folder)).records;
    assert.deepEqual(pending?.away, [{ name: "b", qualifier: "live", requested: 20 }]);
    const still = await end(session, report.pending ?? "", options);
    assert.equal(still.result, "stopped");
    assert.equal(still.pending, report.pending);
    assert.equal(state(), "a 40, b 30, others 30");
    proxy.decide = () => "pass";
    assert.equal((await end(session, report.pending ?? "", options)).result, "done");
    assert.equal(state(), end === resumeApply ? goal : start);
    assert.deepEqual((await pendingApplies(folder)).records, []);
  }
});

test("no answer at all to a change and to reading it back: unknown, with what to look at, and both endings work", async (t) => {
  for (const end of [resumeApply, undoApply])
    for (const heard of ["cutBefore", "cutAfter"] as const) {
      const setup = await repeated(t);
      const { session, options, proxy, state, folder } = setup;
      const planned = await setup.planned();
      let cut = false;
      proxy.decide = ({ call }) => {
        if (cut) return "cutBefore";
        cut = call === "PUT /2017-10-31/functions/a/concurrency";
        return cut ? heard : "pass";
      };
      const report = await applyPlan(session, planned, { title: "test" }, options);
      assert.deepEqual(
        report.steps.map(({ result }) => result),
        ["unknown", "notDone", "notDone", "notDone"],
      );
      assert.match(report.message ?? "", /^Whether the reservation of a was changed is not known.*aws lambda get-/);
      assert.equal((await pendingApplies(folder)).records.length, 1);
      proxy.decide = () => "pass";
      assert.equal((await end(session, report.pending ?? "", options)).result, "done");
      assert.equal(state(), end === resumeApply ? goal : start);
    }
});
