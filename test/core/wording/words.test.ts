import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { num } from "#core";

test("numbers are grouped as Intl groups them in English", () => {
  const reference = new Intl.NumberFormat("en-US");
  for (const value of [0, 7, 999, 1000, 1_000_000, -1, -1000, 1234.5, Number.MAX_SAFE_INTEGER])
    assert.equal(num(value), reference.format(value));
  fc.assert(fc.property(fc.maxSafeInteger(), (value) => num(value) === reference.format(value)));
});
