import assert from "node:assert/strict";
import { test } from "node:test";
import { confirmationText } from "#client/operations/confirmation.ts";
import type { AccountIdentity } from "#core";

const identity: AccountIdentity = {
  account: "123456789012",
  alias: "shop",
  arn: "arn:aws:iam::123456789012:user/ada",
  partition: "aws",
  region: "eu-central-1",
};

const confirmation = {
  identity,
  what: "Set the reservation of orders to 25",
  action: "Set Reservation",
  changes: ["orders: 10 → 25 (+15)"],
  consequences: ["Unreserved: 400 now, 385 afterwards.", "The next deployment of stack shop may undo this."],
};

test("a confirmation names account and Region, what happens and what follows", () => {
  assert.deepEqual(confirmationText(confirmation, false), {
    message: "Set the reservation of orders to 25?",
    detail: [
      "Account shop (123456789012) · eu-central-1",
      "orders: 10 → 25 (+15)",
      "Unreserved: 400 now, 385 afterwards.\nThe next deployment of stack shop may undo this.",
    ].join("\n\n"),
    button: "Set Reservation",
  });
});

test("the first change of an account says that it was only read so far", () => {
  const { detail, button, typed } = confirmationText(confirmation, true);
  assert.equal(button, "Allow Changes and Set Reservation");
  assert.equal(
    detail.split("\n\n").at(-1),
    "First change of this account and Region from this editor; every later one is confirmed too.",
  );
  assert.equal(typed, undefined);
});

test("a production account's alias has to be typed, or its id when it has none", () => {
  const production = "Your settings call shop a production account.";
  const { detail, button, typed } = confirmationText({ ...confirmation, production }, false);
  assert.equal(button, "Set Reservation…");
  assert.equal(detail.split("\n\n").at(-1), `${production} You will type the account name next.`);
  assert.deepEqual(typed, {
    name: "shop",
    title: "Set the reservation of orders to 25? (eu-central-1)",
    prompt: "This is production. Type shop to continue.",
  });
  const { alias: _, ...nameless } = identity;
  const text = confirmationText({ ...confirmation, identity: nameless, production }, false);
  assert.equal(text.typed?.name, "123456789012");
  assert.equal(text.detail.split("\n")[0], "Account 123456789012 · eu-central-1");
});

test("that an account is production and was never changed is one paragraph, so that both stay in the window", () => {
  const { detail } = confirmationText({ ...confirmation, production: "It is production." }, true);
  assert.match(
    detail.split("\n\n").at(-1) ?? "",
    /^It is production\. You will type the account name next\. First change /,
  );
  assert.equal(detail.split("\n\n").length, 4);
});

test("many changes are counted, not listed", () => {
  const changes = Array.from({ length: 30 }, (_, index) => `f${index}: 1 → 2 (+1)`);
  const [, shown = ""] = confirmationText({ ...confirmation, changes }, false).detail.split("\n\n");
  assert.equal(shown.split("\n").length, 13);
  assert.equal(shown.split("\n").at(-1), "and 18 more");
});
