import assert from "node:assert/strict";
import { test } from "node:test";
import type { Bounds, Value } from "#core";
import { boundsText, longValueText, range, valueText } from "#core/wording/values.ts";
import { capital, either, list, many, num, rough, signed } from "#core/wording/words.ts";

test("what is known of a number has one form, alone and in a sentence", () => {
  const table: readonly (readonly [Partial<Bounds>, string, string?])[] = [
    [{ min: 10, max: 200 }, "10 to 200"],
    [{ min: 1000, max: 20_000 }, "1,000 to 20,000"],
    [{ min: 0, max: 5 }, "0 to 5"],
    [{ min: -100, max: 500 }, "-100 to 500"],
    [{ min: 7, max: 7 }, "7"],
    [{ min: 10 }, "at least 10"],
    [{ min: 10, max: undefined }, "at least 10"],
    [{ max: 200 }, "at most 200"],
    [{ max: 0 }, "at most 0"],
    [{}, "unknown", "an unknown number"],
    [{ min: 0 }, "unknown", "an unknown number"],
  ];
  for (const [bounds, alone, within = alone] of table) {
    assert.equal(boundsText(bounds), alone);
    assert.equal(range(bounds), within);
  }
});

test("a value is a number, none, what is known of it, or refused; the long form says why", () => {
  const unknown = "parameter Size has no value";
  const table: readonly (readonly [Value, string, string?])[] = [
    [0, "0"],
    [1050, "1,050"],
    [null, "none"],
    [{ unknown, min: 10, max: 200 }, "10 to 200", `10 to 200 (unknown: ${unknown})`],
    [{ unknown, min: 10 }, "at least 10", `at least 10 (unknown: ${unknown})`],
    [{ unknown, min: 0 }, "unknown", `unknown: ${unknown}`],
    [{ unknown }, "unknown", `unknown: ${unknown}`],
    [{ unknown: "refused: 1.5 is no whole number" }, "refused", "refused: 1.5 is no whole number"],
  ];
  for (const [value, short, long = short] of table) {
    assert.equal(valueText(value), short);
    assert.equal(longValueText(value), long);
  }
});

test("numbers are grouped, counted and listed as people write them", () => {
  assert.deepEqual([0, 999, 1000, 1_234_567, -5].map(num), ["0", "999", "1,000", "1,234,567", "-5"]);
  assert.deepEqual([many(1, "function"), many(0, "function")], ["1 function", "0 functions"]);
  assert.deepEqual([many(1, "entry", "entries"), many(2, "entry", "entries")], ["1 entry", "2 entries"]);
  assert.deepEqual(
    [list([]), list(["a"]), list(["a", "b"]), list(["a", "b", "c"], 2)],
    ["", "a", "a and b", "a, b and 1 more"],
  );
});

test("a change has its sign, and a sentence begins with a capital", () => {
  assert.deepEqual([15, 0, -1200].map(signed), ["+15", "0", "-1,200"]);
  assert.deepEqual([capital("alias live"), capital("")], ["Alias live", ""]);
});

test("choices are joined by or, large numbers are short", () => {
  assert.deepEqual([either([]), either(["a"]), either(["a", "b", "c"])], ["", "a", "a, b or c"]);
  assert.deepEqual([9999, 103_068, 1_234_567].map(rough), ["9,999", "103k", "1.23M"]);
});
