import assert from "node:assert/strict";
import { test } from "node:test";
import { type ApplyOptions, applyPlan, pendingApplies, planAccount, resumeApply, undoApply } from "#aws";
import type { AccountFile } from "#demo";
import { applySetup } from "./applySetup.ts";

const names = ["a", "b", "c", "d"];
const account: AccountFile = { functions: names.map((name) => ({ name, reserved: 50 })) };
const allBefore = names.map((name) => `${name} 50`).join(", ");

/** Options that cancel when so many steps are made. */
function cancelledAfter(steps: number, options: ApplyOptions): ApplyOptions {
  const controller = new AbortController();
  return {
    ...options,
    signal: controller.signal,
    onProgress: ({ index, result }) => {
      if (index === steps - 1 && result === "done") controller.abort();
    },
  };
}

for (const end of [undoApply, resumeApply])
  test(`an undo that ended half way is gone on with by ${end.name}: nothing stays as the apply left it`, async (t) => {
    const { session, options, folder, state } = await applySetup(t, account);
    const planned = await planAccount(
      session,
      names.map((name) => ({ name, reserved: 60 })),
      { folder },
    );
    const applied = await applyPlan(session, planned, { title: "test" }, cancelledAfter(3, options));
    assert.equal(applied.result, "cancelled");
    assert.equal(state(), "a 60, b 60, c 60, d 50");
    const undone = await undoApply(session, applied.pending ?? "", cancelledAfter(1, options));
    assert.equal(undone.result, "cancelled");
    assert.equal(state(), "a 50, b 60, c 60, d 50");
    const ended = await end(session, undone.pending ?? "", options);
    assert.equal(ended.result, "done");
    assert.equal(state(), allBefore);
    assert.deepEqual((await pendingApplies(folder)).records, []);
  });

test("an undo that is refused at its first call can still be tried again", async (t) => {
  const { session, options, folder, state, proxy } = await applySetup(t, account);
  const planned = await planAccount(
    session,
    names.map((name) => ({ name, reserved: 60 })),
    { folder },
  );
  const { pending = "" } = await applyPlan(session, planned, { title: "test" }, cancelledAfter(3, options));
  proxy.decide = ({ call }) =>
    call.startsWith("PUT") ? { status: 403, type: "AccessDeniedException", message: "no" } : "pass";
  assert.equal((await undoApply(session, pending, options)).pending, pending);
  proxy.decide = () => "pass";
  assert.equal((await undoApply(session, pending, options)).result, "done");
  assert.equal(state(), allBefore);
  assert.deepEqual((await pendingApplies(folder)).records, []);
});
