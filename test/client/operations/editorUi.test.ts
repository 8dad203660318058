import assert from "node:assert/strict";
import { test } from "node:test";
import { type EditorUiParts, editorUi } from "#client/operations/editorUi.ts";
import { UserError } from "#client/userError.ts";
import type { Confirmation } from "#operations";
import { type FakeUser, fakeWindow } from "./fakeWindow.ts";

const confirmation: Confirmation<"Options…"> = {
  identity: {
    account: "123456789012",
    alias: "shop",
    arn: "arn:aws:iam::123456789012:user/ada",
    partition: "aws",
    region: "eu-central-1",
  },
  what: "Set the reservation of orders to 25",
  action: "Set Reservation",
  changes: ["orders: 10 → 25 (+15)"],
  consequences: [],
};
const production = "The budget of pool shop calls this account and Region production.";

function setup(user: FakeUser, { allowed = true, isCurrent = true } = {}) {
  const window = fakeWindow(user);
  const allows: string[] = [];
  const parts: EditorUiParts = {
    window,
    permission: { isAllowed: () => allowed, allow: async ({ account }) => void allows.push(account) },
    checkCurrent() {
      if (!isCurrent) throw new UserError("Another account is on screen.");
    },
  };
  return { ui: editorUi(parts), window, allows };
}

test("the button says yes, everything else no", async () => {
  assert.deepEqual(await setup({}).ui.confirm(confirmation), { kind: "yes" });
  assert.deepEqual(await setup({ dialog: () => undefined }).ui.confirm(confirmation), { kind: "no" });
});

test("a further button is its own answer", async () => {
  const { ui, window } = setup({ dialog: () => "Options…" });
  assert.deepEqual(await ui.confirm({ ...confirmation, others: ["Options…"] }), { kind: "Options…" });
  assert.deepEqual(window.shown, ["dialog Set the reservation of orders to 25? [Set Reservation, Options…]"]);
});

test("production: the name that is typed comes with the yes; without it the answer is no", async () => {
  const typed = setup({ input: () => "shop" });
  assert.deepEqual(await typed.ui.confirm({ ...confirmation, production }), { kind: "yes", account: "shop" });
  assert.deepEqual(typed.window.shown, [
    "dialog Set the reservation of orders to 25? [Set Reservation…]",
    "input Set the reservation of orders to 25? (eu-central-1)",
  ]);
  for (const text of [undefined, "sho", "stage"])
    assert.deepEqual(await setup({ input: () => text }).ui.confirm({ ...confirmation, production }), { kind: "no" });
});

test("the first change of an account is allowed with it, and only by a yes", async () => {
  const yes = setup({}, { allowed: false });
  await yes.ui.confirm(confirmation);
  assert.deepEqual(yes.allows, ["123456789012"]);
  const no = setup({ dialog: () => undefined }, { allowed: false });
  await no.ui.confirm(confirmation);
  const untyped = setup({}, { allowed: false });
  await untyped.ui.confirm({ ...confirmation, production });
  assert.deepEqual([no.allows, untyped.allows], [[], []]);
});

test("a setting that never allows changes refuses before anything is shown", async () => {
  const { window } = setup({});
  const ui = editorUi({
    window,
    permission: {
      isAllowed() {
        throw new UserError("Accounts are only read here.");
      },
      async allow() {},
    },
    checkCurrent() {},
  });
  await assert.rejects(ui.confirm(confirmation), UserError);
  assert.deepEqual(window.shown, []);
});

test("an answer does not count once another account is on screen", async () => {
  const choice = { title: "0 switches orders off", placeholder: "How", items: [{ label: "Kill", value: 1 }] };
  const { ui } = setup({ pick: () => "Kill" }, { isCurrent: false });
  await assert.rejects(ui.confirm(confirmation), UserError);
  await assert.rejects(ui.choose(choice), UserError);
  const cancelled = setup({ dialog: () => undefined }, { isCurrent: false });
  assert.deepEqual(await cancelled.ui.confirm(confirmation), { kind: "no" });
  assert.equal(await cancelled.ui.choose(choice), undefined);
});
