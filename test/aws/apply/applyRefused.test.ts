import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import {
  type AccountPlan,
  type ApplyReport,
  applyPlan,
  forgetApply,
  pendingApplies,
  planAccount,
  resumeApply,
  undoApply,
} from "#aws";
import { createJournal } from "#aws/state/killJournal.ts";
import { accountKey, type KillRecord } from "#core";
import { type ApplySetup, after, applySetup, auditOf, before, turned } from "./applySetup.ts";
import type { Fate } from "./faultProxy.ts";

const short = ({ result, message, differences }: ApplyReport) => ({ result, message, differences });
const apply = (setup: ApplySetup, planned: AccountPlan) =>
  applyPlan(setup.session, planned, { title: "test" }, setup.options);
const writes = ({ proxy }: ApplySetup) => proxy.calls.filter((call) => /^(PUT|DELETE)/.test(call));
const functionOf = ({ demo }: ApplySetup, name: string) => {
  const found = demo.account.region("us-east-1").state.functions.find((one) => one.name === name);
  assert.ok(found !== undefined);
  return found;
};

test("somebody changed a reservation, provisioned concurrency or the limit after the plan: nothing is done, and it is shown", async (t) => {
  const setup = await applySetup(t);
  const planned = await planAccount(setup.session, turned, { folder: setup.folder });
  functionOf(setup, "a").reserved = 390;
  functionOf(setup, "b").provisioned = [];
  setup.demo.account.region("us-east-1").state.limit = 1100;
  const state = setup.state();
  assert.deepEqual(short(await apply(setup, planned)), {
    result: "changed",
    message: "The account changed since the plan; nothing was done. Plan again.",
    differences: [
      "Limit of the account: was 1,000, is now 1,100.",
      "Unreserved: was 100, is now 310.",
      "Reservation of a: was 400, is now 390.",
      "Provisioned concurrency of b: was 100 on alias live, is now none.",
    ],
  });
  assert.deepEqual([setup.state(), writes(setup)], [state, []]);
  assert.deepEqual((await pendingApplies(setup.folder)).records, []);
});

test("a function that is gone by now: nothing is done", async (t) => {
  const setup = await applySetup(t);
  const planned = await planAccount(setup.session, [{ name: "a", reserved: 300 }]);
  const { state } = setup.demo.account.region("us-east-1");
  state.functions = state.functions.filter(({ name }) => name !== "a");
  assert.deepEqual((await apply(setup, planned)).differences, [
    "Unreserved: was 100, is now 500.",
    "Reservation of a: was 400, is now gone with the function.",
  ]);
  assert.deepEqual(writes(setup), []);
});

test("the account was switched between plan and apply: refused, with nothing sent", async (t) => {
  const setup = await applySetup(t);
  const planned = await planAccount(setup.session, turned);
  setup.demo.account.identity = { ...setup.demo.account.identity, account: "210987654321" };
  assert.deepEqual(short(await apply(setup, planned)), {
    result: "refused",
    message: "The credentials are now of account 210987654321.",
    differences: [],
  });
  assert.deepEqual(writes(setup), []);
  const elsewhere = { ...planned, identity: { ...planned.identity, region: "eu-west-1" } };
  assert.equal(
    (await apply(setup, elsewhere)).message,
    "The plan is for account 123456789012 in eu-west-1. Plan again.",
  );
});

test("the account was switched while it runs: the next step is not sent, and provisioned concurrency is not put into the other account", async (t) => {
  const setup = await applySetup(t);
  const planned = await planAccount(setup.session, turned);
  const { identity } = setup.demo.account;
  setup.proxy.decide = ({ call }) => {
    if (call.startsWith("DELETE /2019-09-30/functions/b/provisioned"))
      setup.demo.account.identity = { ...identity, account: "210987654321" };
    return "pass";
  };
  const report = await apply(setup, planned);
  assert.equal(report.result, "stopped");
  assert.equal(report.message, "The credentials are now of account 210987654321.");
  assert.deepEqual(
    report.putBack.map(({ back, message }) => [back, message]),
    [[false, "The credentials are now of account 210987654321."]],
  );
  assert.equal(writes(setup).length, 3);
  setup.demo.account.identity = identity;
  setup.proxy.decide = () => "pass";
  const undone = await undoApply(setup.session, report.pending ?? "", setup.options);
  assert.deepEqual([undone.result, setup.state()], ["done", before]);
});

test("a log that cannot be written: nothing is begun", async (t) => {
  const setup = await applySetup(t);
  const planned = await planAccount(setup.session, turned);
  await mkdir(path.join(setup.folder, "audit.jsonl"));
  const report = await apply(setup, planned);
  assert.equal(report.result, "refused");
  assert.match(
    report.message ?? "",
    /^The log of changes .*audit\.jsonl cannot be written \(EISDIR\), so nothing was changed\./,
  );
  assert.deepEqual(writes(setup), []);
});

test("a record that cannot be written: the step is not made", async (t) => {
  const setup = await applySetup(t);
  const planned = await planAccount(setup.session, turned);
  const applies = path.join(setup.folder, "applies");
  setup.proxy.decide = async ({ call }): Promise<Fate> => {
    if (call !== "PUT /2017-10-31/functions/a/concurrency") return "pass";
    await rm(applies, { recursive: true });
    await writeFile(applies, "");
    return "pass";
  };
  const report = await apply(setup, planned);
  assert.equal(report.result, "stopped");
  assert.match(report.message ?? "", /^The next step cannot be recorded \(EEXIST\), so it was not made\./);
  assert.equal(writes(setup).length, 2);
  assert.deepEqual(report.notes, ["The record of this apply could not be brought up to date: EEXIST."]);
});

test("an unfinished apply has to be settled before another one", async (t) => {
  const setup = await applySetup(t);
  const { session, options, folder } = setup;
  const first = await planAccount(session, turned);
  setup.proxy.decide = ({ call }) =>
    call === "PUT /2017-10-31/functions/c/concurrency"
      ? { status: 403, type: "AccessDeniedException", message: "no" }
      : "pass";
  const stopped = await apply(setup, first);
  assert.equal(stopped.result, "stopped");
  setup.proxy.decide = () => "pass";
  const second = await planAccount(session, turned);
  assert.match(
    (await apply(setup, second)).message ?? "",
    /^An earlier apply \(test, begun [^)]+\) ended after 5 of 6 steps\. Finish it, take it back, or say that it is settled\.$/,
  );
  assert.equal(await forgetApply(folder, stopped.pending ?? ""), true);
  assert.equal(await forgetApply(folder, stopped.pending ?? ""), false);
  assert.match(
    (await resumeApply(session, stopped.pending ?? "", options)).message ?? "",
    /^There is no unfinished apply/,
  );
  assert.equal((await apply(setup, second)).result, "done");
  assert.equal(setup.state(), after);
});

test("a record that somebody damaged keeps new applies from starting and is left alone", async (t) => {
  const setup = await applySetup(t);
  const planned = await planAccount(setup.session, turned);
  await mkdir(path.join(setup.folder, "applies"));
  const file = path.join(setup.folder, "applies", "x.json");
  await writeFile(file, '{"version":1');
  const report = await apply(setup, planned);
  assert.equal(report.result, "refused");
  assert.match(
    report.message ?? "",
    /^The unfinished apply in .*x\.json cannot be read: it is not JSON\. The log of changes says .*, then remove the file\.$/,
  );
  assert.deepEqual(writes(setup), []);
});

test("undo overwrites nothing that somebody changed after the apply", async (t) => {
  const setup = await applySetup(t);
  setup.proxy.decide = ({ call }) =>
    call === "PUT /2017-10-31/functions/c/concurrency"
      ? { status: 403, type: "AccessDeniedException", message: "no" }
      : "pass";
  const stopped = await apply(setup, await planAccount(setup.session, turned));
  setup.proxy.decide = () => "pass";
  functionOf(setup, "a").reserved = 7;
  const state = setup.state();
  const report = await undoApply(setup.session, stopped.pending ?? "", setup.options);
  assert.deepEqual(short(report), {
    result: "changed",
    message: "Somebody changed functions after the apply; nothing was taken back.",
    differences: ["Reservation of a: is now 7, which is neither what it was nor what was planned."],
  });
  assert.deepEqual([setup.state(), report.pending], [state, stopped.pending]);
  functionOf(setup, "a").reserved = 380;
  assert.equal((await undoApply(setup.session, stopped.pending ?? "", setup.options)).result, "done");
  assert.equal(setup.state(), before);
});

test("a floor that Lambda names is kept, and the report says that the plan counted with another", async (t) => {
  const setup = await applySetup(t);
  const planned = await planAccount(setup.session, [{ name: "c", reserved: 350 }], { floor: 50 });
  const learned: (readonly [string, number])[] = [];
  const learnedFloors = { learn: async (key: string, floor: number) => void learned.push([key, floor]) };
  const report = await applyPlan(
    setup.session,
    planned,
    { title: "c to 350", mode: "set" },
    { ...setup.options, learnedFloors },
  );
  assert.deepEqual([report.result, report.floor, report.pending], ["stopped", 100, undefined]);
  assert.match(report.message ?? "", / Lambda keeps 100 unreserved here, the plan counted with 50: plan again\.$/);
  assert.deepEqual(learned, [[`aws/123456789012/us-east-1/${setup.proxy.url}`, 100]]);
  const [line] = await auditOf(setup.folder);
  assert.deepEqual([line?.action, line?.function, line?.result], ["set", "c", "refused"]);
});

test("cancelled between two steps: what was away is back, and the rest can be finished", async (t) => {
  for (const at of [0, 1, 2, 3, 4, 5]) {
    const setup = await applySetup(t);
    const planned = await planAccount(setup.session, turned);
    const controller = new AbortController();
    const report = await applyPlan(
      setup.session,
      planned,
      { title: "test" },
      {
        ...setup.options,
        signal: controller.signal,
        onProgress: ({ index, result }) => {
          if (index === at && result !== undefined) controller.abort();
        },
      },
    );
    assert.match(setup.state(), /b \S+ \+100 live/);
    if (at === 5) {
      assert.equal(report.result, "done", "the last step was made: there is nothing left to cancel");
      continue;
    }
    assert.deepEqual([report.result, report.message], ["cancelled", `Cancelled before step ${at + 2}.`]);
    const end = at % 2 === 0 ? resumeApply : undoApply;
    assert.equal((await end(setup.session, report.pending ?? "", setup.options)).result, "done");
    assert.equal(setup.state(), at % 2 === 0 ? after : before);
  }
});

test("cancelled before the first step: nothing is done and nothing is left", async (t) => {
  const setup = await applySetup(t);
  const planned = await planAccount(setup.session, turned);
  setup.proxy.reset();
  const signal = AbortSignal.abort();
  const report = await applyPlan(setup.session, planned, { title: "test" }, { ...setup.options, signal });
  assert.deepEqual([report.result, writes(setup), (await pendingApplies(setup.folder)).records], ["cancelled", [], []]);
});

test("two at once on one machine: the second is told to wait", async (t) => {
  const setup = await applySetup(t);
  const other = setup.another();
  const planned = await planAccount(setup.session, turned);
  let second: ApplyReport | undefined;
  setup.proxy.decide = async ({ call }): Promise<Fate> => {
    if (call === "PUT /2017-10-31/functions/a/concurrency")
      second = await applyPlan(other.session, planned, { title: "other" }, other.options);
    return "pass";
  };
  assert.equal((await apply(setup, planned)).result, "done");
  assert.equal(setup.state(), after);
  assert.deepEqual(
    [second?.result, second?.message],
    [
      "refused",
      `Another apply to this account is under way. Process ${process.pid} on this machine is at it: wait until it has ended, then try again.`,
    ],
  );
});

test("two at once on two machines: the other one is seen at every call but the change itself, where Lambda leaves a window", async (t) => {
  const wish = (value: number) => [{ name: "a", reserved: value }];
  const setup = await applySetup(t);
  const other = setup.another({ folder: path.join(setup.folder, "other") });
  const count = async (at: number) => {
    setup.proxy.decide = () => "pass";
    functionOf(setup, "a").reserved = 400;
    const [mine, theirs] = [await planAccount(setup.session, wish(380)), await planAccount(other.session, wish(370))];
    setup.proxy.reset();
    let second: ApplyReport | undefined;
    setup.proxy.decide = async ({ index }): Promise<Fate> => {
      if (index !== at) return "pass";
      setup.proxy.decide = () => "pass";
      second = await applyPlan(other.session, theirs, { title: "theirs" }, other.options);
      return "pass";
    };
    const first = await apply(setup, mine);
    for (const report of [first, second]) {
      if (report?.pending === undefined) continue;
      await forgetApply(report === first ? setup.folder : path.join(setup.folder, "other"), report.pending);
    }
    return { first: first.result, second: second?.result, a: functionOf(setup, "a").reserved };
  };
  const seen: string[] = [];
  for (let at = 0; at < 8; at++) {
    const { first, second, a } = await count(at);
    seen.push(`${first} ${second} ${a}`);
  }

  assert.deepEqual(seen, [
    "changed done 370",
    "changed done 370",
    "changed done 370",
    "stopped done 370",
    "stopped done 370",
    "done done 380",
    "done changed 380",
    "done changed 380",
  ]);
});

test("a function that was killed is not planned, whether its tags or this machine says so, and a kill after the plan stops it", async (t) => {
  const setup = await applySetup(t);
  const { session, folder } = setup;
  const wanted = [{ name: "a", reserved: 380 }];
  const sentence = "a was switched off by the kill switch. Restore it first, then plan again.";
  const problems = async (more: { readonly folder?: string }) =>
    (await planAccount(session, wanted, more)).plan.problems.map(({ message }) => message);
  const planned = await planAccount(session, wanted, { folder });
  functionOf(setup, "a").tags = { "lambda-concurrency:kill:1": "x" };
  assert.deepEqual(await problems({}), [sentence]);
  functionOf(setup, "a").tags = {};
  assert.deepEqual(await problems({ folder }), []);
  const record: KillRecord = {
    version: 1,
    id: "0123456789abcdef",
    account: "123456789012",
    region: "us-east-1",
    partition: "aws",
    name: "a",
    arn: "arn:aws:lambda:us-east-1:123456789012:function:a",
    who: "arn:aws:iam::123456789012:user/demo",
    reason: "test",
    at: "2026-11-23T12:00:00.000Z",
    killedTo: 0,
    before: { reserved: 400, provisioned: [], targets: [], mappings: [] },
  };
  const entry = { version: 1, key: accountKey(session.identity), changedAt: record.at, tagged: false, record } as const;
  await createJournal(folder).write({ ...entry, stage: "prepared" });
  assert.deepEqual(await problems({ folder }), [sentence]);
  assert.deepEqual(short(await apply(setup, planned)), {
    result: "changed",
    message: sentence,
    differences: [sentence],
  });
  assert.deepEqual(writes(setup), []);
  await createJournal(folder).write({ ...entry, stage: "restored" });
  assert.equal((await apply(setup, planned)).result, "done");
});
