import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { type ApplyReport, applyPlan, pendingApplies, planAccount } from "#aws";
import { after, applySetup, auditOf, before, turned } from "./applySetup.ts";

const results = ({ steps }: ApplyReport) => steps.map(({ result }) => result);

test("a full pool is turned over without a refused call, and nothing is left behind", async (t) => {
  const { session, options, folder, state, proxy } = await applySetup(t);
  const planned = await planAccount(session, turned, { folder });
  assert.deepEqual(
    planned.plan.steps.map((step) => `${step.kind} ${step.name} ${step.unreserved}`),
    ["delete d 200", "put a 220", "deleteProvisioned b 320", "put b 170", "putProvisioned b 170", "put c 100"],
  );
  assert.equal(state(), before);
  proxy.reset();
  const told: string[] = [];
  const report = await applyPlan(
    session,
    planned,
    { title: "test" },
    { ...options, onProgress: ({ index, total, result }) => told.push(`${index + 1}/${total} ${result ?? "…"}`) },
  );
  assert.deepEqual(results(report), Array(6).fill("done"));
  assert.deepEqual(
    { ...report, id: "", steps: [] },
    { result: "done", id: "", steps: [], differences: [], putBack: [], unreserved: 100, notes: [] },
  );
  assert.equal(state(), after);
  assert.deepEqual(
    told,
    [1, 2, 3, 4, 5, 6].flatMap((step) => [`${step}/6 …`, `${step}/6 done`]),
  );
  assert.equal(proxy.calls.filter((call) => /^(PUT|DELETE)/.test(call)).length, 6);
  assert.deepEqual((await pendingApplies(folder)).records, []);
  assert.deepEqual(
    (await readdir(path.join(folder, "applies"))).filter((name) => name !== "claims"),
    [],
  );
});

test("every step is a line in the log of changes", async (t) => {
  const { session, options, folder, proxy } = await applySetup(t);
  await applyPlan(session, await planAccount(session, turned, { folder }), { title: "test" }, options);
  const lines = await auditOf(folder);
  const [first] = lines;
  assert.deepEqual(
    { ...first, id: "", time: "" },
    {
      version: 1,
      time: "",
      action: "apply",
      account: "123456789012",
      region: "us-east-1",
      who: "arn:aws:iam::123456789012:user/demo",
      key: `aws/123456789012/us-east-1/${proxy.url}`,
      id: "",
      title: "test",
      function: "d",
      field: "reserved",
      before: 100,
      after: null,
      result: "done",
    },
  );
  assert.deepEqual(
    lines.map((line) => [line.function, line.field, line.before, line.after, line.result].join(" ")),
    [
      "d reserved 100  done",
      "a reserved 400 380 done",
      "b provisioned:live 100  done",
      "b reserved  150 done",
      "b provisioned:live  100 done",
      "c reserved 300 370 done",
    ],
  );
});
