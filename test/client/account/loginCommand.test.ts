import assert from "node:assert/strict";
import { test } from "node:test";
import { loginCommand } from "#client/account/loginCommand.ts";

test("the command that a sentence says to run is found", () => {
  const sentence = 'The credentials have expired. Run "aws sso login --profile prod", then connect again.';
  assert.deepEqual(loginCommand(sentence), { command: "aws sso login --profile prod", safe: true });
});

test("a name that means something to a shell is never sent to a terminal", () => {
  for (const name of ["a b; rm -rf ~", "$(id)", "a&b", "a|b", "a>b", "'a'", "a\nb"])
    assert.equal(loginCommand(`Run "aws sso login --profile ${name}".`)?.safe, false, name);
});

test("two commands to choose from are none to run", () => {
  assert.equal(loginCommand("Set one up with `aws configure sso` or `aws login`."), undefined);
  assert.equal(loginCommand("No Region is set."), undefined);
});
