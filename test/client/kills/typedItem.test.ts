import assert from "node:assert/strict";
import { test } from "node:test";
import { typedItem } from "#client/kills/typedItem.ts";

const items = ["$(package) orders", "orders", "orders-export", "$(layers) uploads", "$(tag) By Tag…"].map((label) => ({
  label,
}));
const typed = (text: string) => typedItem(text, items).map(({ label }) => label);

test("a label typed in full, or far enough that only one fits, needs no check", () => {
  assert.deepEqual(typed("orders-e"), ["orders-export"]);
  assert.deepEqual(typed(" ORDERS-EXPORT "), ["orders-export"]);
  assert.deepEqual(typed("upl"), ["$(layers) uploads"]);
  assert.deepEqual(typed("by tag"), ["$(tag) By Tag…"]);
});

test("what fits several, none, or is nothing, is not guessed", () => {
  assert.deepEqual(typed("orders"), [], "a stack and a function have this name");
  assert.deepEqual(typed("order"), []);
  assert.deepEqual(typed("package"), [], "icons have no name");
  assert.deepEqual(typed("missing"), []);
  assert.deepEqual(typed("  "), []);
});
