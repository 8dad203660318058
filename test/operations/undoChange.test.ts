import assert from "node:assert/strict";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { auditPath, forgetApply, pendingApplies, resumeApply } from "#aws";
import { type ChangeOutcome, type ChangePreview, setReservation, undoChange } from "#operations";
import { before } from "../aws/apply/applySetup.ts";
import { type OperationSetup, operationSetup } from "./operationSetup.ts";

type Setup = OperationSetup<ChangePreview, ChangeOutcome>;
const setup = operationSetup<ChangePreview, ChangeOutcome>;

async function set({ operation, outcomes }: Setup, name: string, reserved: number | null): Promise<string> {
  await setReservation(operation, { wanted: [{ name, reserved }] });
  const id = outcomes.at(-1)?.applied?.id;
  assert.ok(id);
  return id;
}

function reserve({ demo }: Setup, name: string, reserved: number | null): void {
  const fn = demo.account.region("us-east-1").state.functions.find((one) => one.name === name);
  assert.ok(fn);
  fn.reserved = reserved;
}

test("the last change is taken back, then the one before, then nothing is left", async (t) => {
  const scene = await setup(t);
  const { operation, calls, confirmations, outcomes, state, writes } = scene;
  await set(scene, "a", 380);
  await set(scene, "d", null);
  const begin = calls.length;
  await undoChange(operation, {});
  assert.deepEqual(
    calls.slice(begin).map((call) => call.replace(/\d\d:\d\d/, "TIME")),
    [
      "progress Reading d",
      "preview",
      "confirm Undo “d to no reservation, TIME”",
      "progress Undo of d to no reservation",
      "report applied",
    ],
  );
  assert.deepEqual(confirmations.at(-1)?.changes, ["d: none → 100 (+100)"]);
  assert.equal(outcomes.at(-1)?.says, "Undone: d has a reservation of 100 (before: none). 120 left unreserved.");
  assert.equal(state(), before.replace("a 400", "a 380"));
  await undoChange(operation, {});
  assert.equal(state(), before);
  assert.equal(writes().length, 4);
  assert.deepEqual(await undoChange(operation, {}), {
    kind: "none",
    says: "Nothing to undo: the log of changes has no set and no apply to this account that is not undone.",
  });
  assert.equal(writes().length, 4);
});

test("a change is named by its id, whatever came after it", async (t) => {
  const scene = await setup(t);
  const { operation, state } = scene;
  const id = await set(scene, "a", 380);
  await set(scene, "d", 90);
  await undoChange(operation, { id });
  assert.equal(state(), before.replace("d 100", "d 90"));
  assert.deepEqual(await undoChange(operation, { id }), {
    kind: "none",
    says: "Nothing to undo: this change was undone already, or was of another account.",
  });
});

test("a no, and a dry run, change nothing and leave the change to be undone", async (t) => {
  const answers = ["yes", "no", "yes"] as const;
  const scene = await setup(t, { confirm: (_, count) => ({ kind: answers[count - 1] ?? "no" }) });
  const { operation, outcomes, state, writes } = scene;
  await set(scene, "a", 380);
  await undoChange(operation, { dryRun: true });
  await undoChange(operation, {});
  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ["applied", "shown", "cancelled"],
  );
  assert.equal(writes().length, 1);
  await undoChange(operation, {});
  assert.equal(state(), before);
});

test("refused for all functions when one was changed since", async (t) => {
  const scene = await setup(t);
  const { operation, calls, outcomes, writes } = scene;
  await setReservation(operation, {
    wanted: [
      { name: "a", reserved: 390 },
      { name: "c", reserved: 310 },
    ],
  });
  reserve(scene, "c", 305);
  const begin = calls.length;
  await undoChange(operation, {});
  assert.deepEqual(calls.slice(begin), ["progress Reading 2 functions", "preview", "report impossible"]);
  assert.equal(
    outcomes.at(-1)?.says,
    "c was changed since: it has a reservation of 305, and the change left it with a reservation of 310. Nothing was changed.",
  );
  assert.equal(writes().length, 2);
});

test("refused when somebody changes the function while the question stands", async (t) => {
  const scene = await setup(t, {
    confirm(_, count) {
      if (count === 2) reserve(scene, "a", 370);
      return { kind: "yes" };
    },
  });
  const { operation, outcomes, state, writes } = scene;
  await set(scene, "a", 380);
  await undoChange(operation, {});
  assert.match(outcomes.at(-1)?.says ?? "", /^a was changed since: it has a reservation of 370,/);
  assert.deepEqual([writes().length, state()], [1, before.replace("a 400", "a 370")]);
});

test("what somebody has put back already is left alone, the rest is taken back", async (t) => {
  const scene = await setup(t);
  const { operation, confirmations, state } = scene;
  await setReservation(operation, {
    wanted: [
      { name: "a", reserved: 390 },
      { name: "c", reserved: 310 },
    ],
  });
  reserve(scene, "c", 300);
  await undoChange(operation, {});
  assert.deepEqual(confirmations.at(-1)?.changes, ["a: 390 → 400 (+10)"]);
  assert.equal(state(), before);
});

test("an undo that was stopped half way is an undo of what it has taken back", async (t) => {
  const scene = await setup(t);
  const { operation, demo, outcomes, confirmations, folder } = scene;
  await setReservation(operation, {
    wanted: [
      { name: "a", reserved: 390 },
      { name: "c", reserved: 310 },
    ],
  });
  demo.account.faults.replace([{ kind: "deny", action: "PutFunctionConcurrency", after: 1 }]);
  await undoChange(operation, {});
  demo.account.faults.replace([]);
  const { applied } = outcomes.at(-1) ?? {};
  assert.equal(applied?.result, "stopped");
  // The half that is done is settled as it is; the other half is what is left to undo.
  await forgetApply(folder, applied?.pending ?? "");
  await undoChange(operation, {});
  assert.deepEqual(confirmations.at(-1)?.changes, ["a: 390 → 400 (+10)"]);
});

test("an undo that was interrupted is finished, and still counts as the undo of what it takes back", async (t) => {
  const scene = await setup(t, { say: (what, cancel) => what === "Step 2 of 2 steps, a: 390 to 400" && cancel() });
  const { operation, folder, options, session, state } = scene;
  await setReservation(operation, {
    wanted: [
      { name: "a", reserved: 390 },
      { name: "c", reserved: 310 },
    ],
  });
  await undoChange(operation, {});
  const [record] = (await pendingApplies(folder, session.identity)).records;
  assert.ok(record);
  assert.equal((await resumeApply(session, record, options)).result, "done");
  assert.equal(state(), before);
  assert.equal((await undoChange(operation, {})).kind, "none");
});

test("torn and foreign lines of the log are passed over, and so are kills and other accounts", async (t) => {
  const scene = await setup(t);
  const { operation, folder, state } = scene;
  await set(scene, "a", 380);
  const file = auditPath(folder);
  const [line = ""] = (await readFile(file, "utf8")).split("\n");
  const own = JSON.parse(line);
  const more = [
    { ...own, id: "kill", action: "kill", function: "d", before: 100, after: 0 },
    { ...own, id: "other", key: "210987654321", function: "d", before: 100, after: 5 },
    { ...own, id: "failed", function: "d", before: 100, after: 5, result: "refused" },
    { ...own, version: 2, id: "future", function: "d", before: 100, after: 5 },
  ];
  await appendFile(file, `${more.map((entry) => JSON.stringify(entry)).join("\n")}\n{"version":1,"time":"2026`);
  await undoChange(operation, {});
  assert.equal(state(), before);
});

test("a log that cannot be read is an error, and never means that there is nothing to undo", async (t) => {
  const { operation, folder } = await setup(t);
  await mkdir(auditPath(folder));
  await assert.rejects(undoChange(operation, {}), /The log of changes in .* cannot be read \(EISDIR\)\./);
});
