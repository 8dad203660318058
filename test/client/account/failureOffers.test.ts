import assert from "node:assert/strict";
import { test } from "node:test";
import { failureOffers } from "#client/account/commands/failureOffers.ts";

test("a failure offers the sign-in that it names, and to run it only where a shell reads one command", () => {
  const expired = { kind: "expired", message: "The session has expired. Run `aws sso login --profile dev`." } as const;
  assert.deepEqual(failureOffers(expired), {
    buttons: ["Run in Terminal", "Copy Command"],
    login: { command: "aws sso login --profile dev", safe: true },
  });
  const strange = { kind: "expired", message: "Run `aws sso login --profile a;b`." } as const;
  assert.deepEqual(failureOffers(strange).buttons, ["Copy Command"]);
});

test("without a sign-in a failure offers a Region where none is chosen, else the log", () => {
  assert.deepEqual(failureOffers({ kind: "noRegion", message: "No Region is chosen." }), {
    buttons: ["Choose Region"],
  });
  assert.deepEqual(failureOffers({ kind: "denied", message: "dev may not use lambda:ListFunctions." }), {
    buttons: ["Show Output"],
  });
});
