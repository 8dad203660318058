import assert from "node:assert/strict";
import { test } from "node:test";
import { setReservation } from "#client/changes/setReservation.ts";
import { undoChange } from "#client/changes/undoChange.ts";
import { before } from "../../aws/apply/applySetup.ts";
import { changeSetup } from "./changeSetup.ts";

const arn = "arn:aws:lambda:us-east-1:123456789012:function:a";

test("Undo on the message after a set takes back that set, and not a later one", async (t) => {
  const { context, window, state } = await changeSetup(t, {
    message: (text) => (text.startsWith("a has a reservation of 380") ? "Undo" : undefined),
  });
  await setReservation(context, arn, 380);
  const [, id] = /^run lambdaConcurrency\.undoChange \["([\w-]+)"\]$/.exec(window.shown.at(-1) ?? "") ?? [];
  await setReservation(context, arn.replace(/a$/, "d"), 90);
  await undoChange(context, id);
  assert.match(window.shown.at(-3) ?? "", /^dialog Undo “a to 380, \d\d:\d\d”\? \[Undo\]$/);
  assert.equal(state(), before.replace("d 100", "d 90"));
  await undoChange(context, id);
  assert.equal(
    window.shown.at(-1),
    "information Nothing to undo: this change was undone already, or was of another account.",
  );
});

test("the command takes back the last one, and says when there is none", async (t) => {
  const { context, window, state } = await changeSetup(t);
  await undoChange(context, undefined);
  assert.deepEqual(window.shown, [
    "information Nothing to undo: the log of changes has no set and no apply to this account that is not undone.",
  ]);
  await setReservation(context, arn, 380);
  await undoChange(context, undefined);
  assert.equal(state(), before);
});

test("what somebody changed since is not taken back", async (t) => {
  const { context, window, demo, writes } = await changeSetup(t);
  await setReservation(context, arn, 380);
  const [fn] = demo.account.region("us-east-1").state.functions;
  assert.ok(fn);
  fn.reserved = 390;
  await undoChange(context, undefined);
  assert.equal(
    window.shown.at(-1),
    "error a was changed since: it has a reservation of 390, and the change left it with a reservation of 380. Nothing was changed. [Show Plan]",
  );
  assert.deepEqual(writes(), ["PUT a"]);
});
