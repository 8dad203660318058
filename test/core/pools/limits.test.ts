import assert from "node:assert/strict";
import test from "node:test";
import type { BudgetPool } from "#core";
import { limitsOf } from "#core/pools/limits.ts";

const place = { uri: "file:///w/concurrency-budget.yaml", start: 0, end: 1 };

const budget = (numbers: { limit?: number; floor?: number }): BudgetPool => ({
  index: 0,
  name: "production",
  place,
  ...(numbers.limit === undefined ? {} : { limit: { value: numbers.limit, place } }),
  ...(numbers.floor === undefined ? {} : { floor: { value: numbers.floor, place } }),
  stacks: [],
  reservations: [],
  downstreams: [],
  killGroups: [],
});

test("limit: stated on the command line, else by the budget, else by the account, else assumed", () => {
  const live = { limit: 3000 };
  const of = (...args: Parameters<typeof limitsOf>) => {
    const { limit, limitSource } = limitsOf(...args);
    return [limit, limitSource];
  };
  assert.deepEqual(of({ limit: 1, assumedLimit: 4 }, budget({ limit: 2 }), live), [1, "given"]);
  assert.deepEqual(of({ assumedLimit: 4 }, budget({ limit: 2 }), live), [2, "given"]);
  assert.deepEqual(of({ assumedLimit: 4 }, budget({}), live), [3000, "live"]);
  assert.deepEqual(of({ assumedLimit: 4 }, budget({})), [4, "assumed"]);
  assert.deepEqual(of({}, undefined), [1000, "assumed"]);
});

test("floor: configured on the command line or in the budget, else learned from Lambda, else estimated from the limit", () => {
  const of = (...args: Parameters<typeof limitsOf>) => {
    const { floor, floorSource } = limitsOf(...args);
    return [floor, floorSource];
  };
  assert.deepEqual(of({ floor: 0 }, budget({ floor: 2 }), { floor: 10 }), [0, "configured"]);
  assert.deepEqual(of({}, budget({ floor: 2 }), { floor: 10 }), [2, "configured"]);
  assert.deepEqual(of({}, budget({}), { floor: 10 }), [10, "learned"]);
  assert.deepEqual(of({}, budget({ limit: 50 })), [50, "estimated"]);
  assert.deepEqual(of({}, budget({})), [100, "estimated"]);
});
