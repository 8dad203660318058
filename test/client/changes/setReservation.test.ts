import assert from "node:assert/strict";
import { test } from "node:test";
import { removeReservation, setReservation } from "#client/changes/setReservation.ts";
import { UserError } from "#client/userError.ts";
import { before } from "../../aws/apply/applySetup.ts";
import type { FakeUser } from "../operations/fakeWindow.ts";
import { changeSetup } from "./changeSetup.ts";

const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const picker = "pick Set Reservation · 123456789012 · us-east-1";
const input = "input Reservation of a · 123456789012 · us-east-1";
const dialog = "dialog Set the reservation of a to 380? [Set Reservation]";

test("a function is picked, its number typed and judged, the change confirmed and told", async (t) => {
  const prompts: string[] = [];
  const { context, window, refreshed, state, writes } = await changeSetup(t, {
    pick: () => "a",
    input(asked) {
      prompts.push(asked.prompt, asked.value ?? "", asked.judge("401")?.message ?? "");
      return "380";
    },
  });
  await setReservation(context, undefined, undefined);
  assert.deepEqual(prompts, [
    "It has 400; at most 400 fits above the floor of 100 (estimated). A number, or none.",
    "400",
    "At most 400: 100 are unreserved, and Lambda keeps a floor of 100 (estimated).",
  ]);
  assert.deepEqual(window.shown, [
    picker,
    "progress (brief) Reading a",
    input,
    "progress (brief) Reading a",
    dialog,
    "progress a to 380",
    "information a has a reservation of 380 (before: 400). 120 left unreserved. [Undo]",
  ]);
  assert.deepEqual([writes(), state(), refreshed], [["PUT a"], before.replace("a 400", "a 380"), ["a"]]);
});

const cancelling: readonly (readonly [FakeUser, string])[] = [
  [{}, picker],
  [{ pick: () => "a" }, input],
  [{ pick: () => "a", input: () => "401" }, input],
  [{ pick: () => "a", input: () => "380", dialog: () => undefined }, dialog],
  [{ pick: () => "a", input: () => "0" }, "pick 0 switches a off"],
];
for (const [user, last] of cancelling) {
  test(`cancelled at "${last}" nothing is called`, async (t) => {
    const { context, window, writes } = await changeSetup(t, user);
    await setReservation(context, undefined, undefined);
    assert.deepEqual([window.shown.at(-1), writes()], [last, []]);
  });
}

test("a number that is given with the function is shown and confirmed at once", async (t) => {
  const { context, window, writes } = await changeSetup(t);
  await setReservation(context, arn("a"), 380);
  assert.deepEqual(window.shown.slice(0, 2), ["progress (brief) Reading a", dialog]);
  assert.match(
    window.details[0] ?? "",
    /^Account 123456789012 · us-east-1 · http:.*\n\na: 400 → 380 \(-20\)\n\nUnreserved: 100 now, 120 afterwards;/,
  );
  assert.deepEqual(writes(), ["PUT a"]);
});

test("0 opens the kill switch when that is meant, and sets nothing", async (t) => {
  const { context, window, writes } = await changeSetup(t, { pick: () => "Use the kill switch" });
  await setReservation(context, arn("a"), 0);
  assert.deepEqual([window.shown.at(-1), writes()], ['run lambdaConcurrency.killSwitch [["a"]]', []]);
});

test("what does not fit is told with its plan, and nothing is asked", async (t) => {
  const { context, window, writes } = await changeSetup(t, { message: (_, buttons) => buttons[0] });
  await setReservation(context, arn("a"), 401);
  assert.match(window.shown[1] ?? "", /^error Not enough room: .* Nothing was changed\. \[Show Plan\]$/);
  assert.deepEqual([window.shown.slice(2), writes()], [["document Plan"], []]);
});

test("nothing is done once another account is on screen", async (t) => {
  const setup = await changeSetup(t, {
    dialog(_, __, [button]) {
      setup.leave();
      return button;
    },
  });
  await assert.rejects(setReservation(setup.context, arn("a"), 380), (error) => {
    assert.ok(error instanceof UserError);
    assert.equal(
      error.message.replace(/ · http\S+/, ""),
      "Meanwhile 123456789012 · us-east-1 is no longer connected. Nothing was changed; connect again and repeat it.",
    );
    return true;
  });
  assert.deepEqual(setup.writes(), []);
});

test("an account that cannot be read is a sentence for the user", async (t) => {
  const { context, demo, writes } = await changeSetup(t);
  demo.account.faults.replace([{ kind: "deny", action: "*" }]);
  await assert.rejects(setReservation(context, arn("a"), 380), (error) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /lambda:Get.* Nothing was changed\.$/);
    return true;
  });
  assert.deepEqual(writes(), []);
});

test("a removed reservation is picked among those that have one, and confirmed", async (t) => {
  const offered: string[] = [];
  const { context, window, state } = await changeSetup(t, {
    pick({ items }) {
      offered.push(...items.map(({ label }) => label));
      return "d";
    },
  });
  await removeReservation(context, undefined, undefined);
  assert.deepEqual(offered, ["a", "c", "d"]);
  assert.equal(window.shown[2], "dialog Remove the reservation of d? [Remove Reservation]");
  assert.equal(state(), before.replace("d 100", "d none"));
});

test("a change that is stopped offers its report", async (t) => {
  const { context, window, demo } = await changeSetup(t, { message: (_, buttons) => buttons.at(-1) });
  demo.account.faults.replace([{ kind: "deny", action: "PutFunctionConcurrency" }]);
  await setReservation(context, arn("a"), 380);
  assert.match(window.shown.at(-2) ?? "", /^warning .*lambda:PutFunctionConcurrency.* \[Show Report\]$/);
  assert.equal(window.shown.at(-1), "document Report");
  assert.match(window.documents.get("Report") ?? "", /^# a to 380\n[\s\S]*\*\*Stopped half way\.\*\*/);
});
