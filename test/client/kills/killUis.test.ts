import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { forgetUi } from "#client/kills/forgetUi.ts";
import { killDocument } from "#client/kills/killDocument.ts";
import { killUi } from "#client/kills/killUi.ts";
import { restoreUi } from "#client/kills/restoreUi.ts";
import type { KillUiParts } from "#client/kills/workingUi.ts";
import type { DemoOptions } from "#demo";
import { forgetKills, killFunctions, type OperationState, restoreFunctions } from "#operations";
import { sceneFor } from "../../aws/kill/scene.ts";
import { type FakeUser, fakeWindow } from "../operations/fakeWindow.ts";

/** A demo account in front of a window in which this user sits. */
async function editor(t: TestContext, user: FakeUser = {}, options: DemoOptions = {}) {
  const scene = await sceneFor(t, options);
  const window = fakeWindow(user);
  const seen: string[] = [];
  const parts: KillUiParts = {
    window,
    permission: { isAllowed: () => true, async allow() {} },
    checkCurrent() {},
    document: killDocument(window),
    async whileMarked(action, names, work) {
      seen.push(`${action} ${names}`);
      return await work();
    },
    readAgain: (names) => void seen.push(`read ${names}`),
    follow: (restored) => void seen.push(`follow ${restored.map(({ name }) => name)}`),
  };
  const { session, folder, retryPolicy, clock } = scene;
  const state: OperationState = { folder, retryPolicy, now: () => clock.now(), production: async () => undefined };
  const order = { reason: "on fire", leaveOne: false, mappings: new Map<string, boolean>() };
  return {
    scene,
    window,
    seen,
    kill: (names: readonly string[]) => killFunctions({ session, state, ui: killUi(parts) }, { names, order }),
    restore: (names: readonly string[]) => restoreFunctions({ session, state, ui: restoreUi(parts) }, { names }),
    forget: (names: readonly string[]) => forgetKills({ session, state, ui: forgetUi(parts) }, { kills: { names } }),
  };
}

const title = (text: string | undefined) => text?.split("\n")[0];

test("a kill is shown as a document, which becomes the report; the message after it restores what it switched off", async (t) => {
  const { kill, window, seen } = await editor(t, { message: () => "Restore…" });
  await kill(["plain", "off"]);
  assert.deepEqual(window.shown, [
    "progress Reading 2 functions",
    "document Kill Switch",
    "dialog Switch off plain? [Switch Off]",
    "progress Switching off plain",
    "document Kill Switch",
    "information 123456789012 · us-east-1: Switched off 2 functions. [Restore…]",
    'run lambdaConcurrency.restore [["plain"]]',
  ]);
  assert.equal(title(window.documents.get("Kill Switch")), "# Switched off 2 functions");
  assert.deepEqual(seen, ["kill plain", "read plain,off"]);
});

test("what was not switched off can be tried again", async (t) => {
  const { kill, scene, window } = await editor(t, { message: () => "Retry" });
  scene.faults("deny:UpdateEventSourceMapping");
  await kill(["orders", "plain"]);
  assert.deepEqual(window.shown.slice(-2), [
    "warning 123456789012 · us-east-1: Switched off 1 of 2 functions. The report says what was not done. [Retry, Restore…]",
    'run lambdaConcurrency.killSwitch [["orders"]]',
  ]);
});

test("a kill that is not confirmed, or has nothing to do, marks and reads nothing", async (t) => {
  const cancelled = await editor(t, { dialog: () => undefined });
  await cancelled.kill(["plain"]);
  assert.deepEqual(cancelled.window.shown.at(-1), "dialog Switch off plain? [Switch Off]");
  const idle = await editor(t);
  await idle.kill(["off"]);
  await idle.kill(["nobody"]);
  await idle.kill(["off", "nobody"]);
  assert.deepEqual(
    idle.window.shown.filter((each) => /^(information|warning)/.test(each)),
    [
      "information off of 123456789012 · us-east-1: off already.",
      "warning Function not found: arn:aws:lambda:us-east-1:123456789012:function:nobody. It may have been deleted: refresh. Nothing was changed.",
      "warning None of these can be switched off; the preview says why. Nothing was changed.",
    ],
  );
  assert.deepEqual([cancelled.seen, idle.seen], [[], []]);
});

test("a restore takes the place of the kill's document, and what comes back slowly is followed", async (t) => {
  const { kill, restore, window, seen } = await editor(t);
  await kill(["warm"]);
  await restore(["warm"]);
  assert.equal(title(window.documents.get("Kill Switch")), "# Restored warm");
  assert.deepEqual(window.shown.slice(-5), [
    "progress Reading warm",
    "dialog Restore warm? [Restore]",
    "progress Restoring warm",
    "document Kill Switch (where open)",
    "information 123456789012 · us-east-1: Restored warm. Provisioned concurrency of warm is still being allocated; the Kill Switch view follows it.",
  ]);
  assert.deepEqual(seen.slice(-3), ["restore warm", "read warm", "follow warm"]);
});

test("a restore leaves a document about other functions as it is", async (t) => {
  const { kill, restore, scene, window } = await editor(t);
  await scene.kill(["plain"]);
  await kill(["warm"]);
  await restore(["plain"]);
  assert.equal(title(window.documents.get("Kill Switch")), "# Switched off warm");
});

test("what was not restored is reported and can be tried again, what changed first being shown anew", async (t) => {
  const made = await editor(t, {
    async dialog(_, __, [button]) {
      await made.scene.restore(["plain"]);
      await made.scene.kill(["plain"]);
      return button;
    },
    message: () => "Retry",
  });
  const { restore, scene, window } = made;
  await scene.kill(["plain", "warm"]);
  await restore(["plain", "warm"]);
  assert.equal(title(window.documents.get("Kill Switch")), "# Restored 1 of 2 functions");
  assert.deepEqual(window.shown.slice(-2), [
    "warning 123456789012 · us-east-1: Restored 1 of 2 functions. Provisioned concurrency of warm is still being allocated; the Kill Switch view follows it. [Retry]",
    'run lambdaConcurrency.restore [["plain"]]',
  ]);
});

test("what a restore lacks: the plan is offered before, who could make room is said after a refusal", async (t) => {
  const account = (floor: number) => ({
    limit: 1000,
    floor,
    functions: [
      { name: "plain", reserved: 300 },
      { name: "big", reserved: 500 },
    ],
  });
  const before = await editor(t, { dialog: () => "Show Plan" }, { account: account(100) });
  await before.scene.kill(["plain"]);
  reserve(before.scene, 700);
  await before.restore(["plain"]);
  assert.deepEqual(before.window.shown.slice(-2), [
    "dialog Restore plain? [Restore, Show Plan]",
    "run lambdaConcurrency.showPlan",
  ]);
  assert.match(before.window.details[0] ?? "", /Lowering big to 600 makes enough room\./);
  const after = await editor(t, {}, { account: account(250) });
  await after.scene.kill(["plain"]);
  reserve(after.scene, 600);
  await after.restore(["plain"]);
  assert.match(after.window.shown.at(-1) ?? "", /Lowering big to 450 makes enough room\. \[Show Plan, Retry\]$/);
});

test("a function that was not killed is said to be so", async (t) => {
  const { restore, window } = await editor(t);
  await restore(["plain"]);
  assert.equal(
    window.shown.at(-1),
    "error There is no record of a kill of plain, neither on this machine nor in its tags. Nothing was changed.",
  );
});

test("forgetting says what was forgotten and what was not", async (t) => {
  const { forget, scene, window, seen } = await editor(t);
  await scene.kill(["plain", "orders"]);
  await forget(["plain"]);
  assert.equal(window.shown.at(-1), "information Forgotten: plain.");
  assert.match(window.details[0] ?? "", /plain had: no reservation\n\nThe record is closed and nothing is restored/);
  scene.faults("deny:UntagResource");
  await forget(["orders"]);
  assert.match(window.shown.at(-1) ?? "", /^error .*lambda:UntagResource/);
  assert.deepEqual(seen, ["read plain", "read orders"]);
});

function reserve({ demo }: Awaited<ReturnType<typeof sceneFor>>, reserved: number): void {
  for (const fn of demo.account.region("us-east-1").state.functions) if (fn.name === "big") fn.reserved = reserved;
}
