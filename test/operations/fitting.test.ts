import assert from "node:assert/strict";
import { test } from "node:test";
import { fitting } from "#operations/fitting.ts";

test("what fits a message is counted in lines as wide as the message is", () => {
  const rest = (shown: number) => `after ${shown}`;
  const wide = "a".repeat(49);
  assert.deepEqual(fitting([wide, "b"], 3, rest), [wide, "b"]);
  assert.deepEqual(fitting([wide, "b", "c", "d"], 4, rest), [wide, "b", "after 2"]);
  assert.deepEqual(fitting(["a".repeat(500), "b"], 3, rest), ["a".repeat(500), "after 1"], "the first is always said");
  assert.deepEqual(fitting([], 3, rest), []);
});
