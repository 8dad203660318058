import assert from "node:assert/strict";
import test from "node:test";
import { claimIfExists, claimOf, provisionedTotal } from "#core/ledger/claim.ts";
import { declared } from "./declared.ts";

const bounds = (min: number, max: number | undefined = min) => ({ min, max });

test("a reservation is the claim, whatever is provisioned", () => {
  assert.deepEqual(claimOf(declared("F", 20, { provisioned: [5, 7] })), { claim: bounds(20), instances: 1 });
});

test("without a reservation all provisioned concurrency together is the claim", () => {
  assert.deepEqual(claimOf(declared("F", null, { provisioned: [5, null, 7] })), { claim: bounds(12), instances: 1 });
});

test("without either nothing is claimed", () => {
  assert.deepEqual(claimOf(declared("F", null)), { claim: bounds(0), instances: 1 });
});

test("a reservation of 0 is a number and claims 0 also beside provisioned concurrency", () => {
  assert.deepEqual(claimOf(declared("F", 0, { provisioned: [5] })), { claim: bounds(0), instances: 1 });
});

test("an unknown reservation claims within its bounds, and says why it is unknown", () => {
  const claim = claimOf(
    declared("F", { unknown: "parameter N has no Default", min: 5, max: 10 }, { provisioned: [7] }),
  );
  assert.deepEqual(claim, { claim: bounds(5, 10), instances: 1, unknown: "F: parameter N has no Default" });
});

test("an unknown reservation may turn out to be none, and then provisioned concurrency counts", () => {
  const reserved = { unknown: "condition C is not decided", min: 0, max: 10 };
  assert.deepEqual(claimOf(declared("F", reserved, { provisioned: [3, 20] })).claim, bounds(0, 23));
});

test("an unknown reservation that is above 0 for certain is not none", () => {
  const reserved = { unknown: "parameter N has no Default", min: 5, max: 10 };
  assert.deepEqual(claimOf(declared("F", reserved, { provisioned: [3, 20] })).claim, bounds(5, 10));
});

test("a reservation that nothing bounds has no highest value", () => {
  assert.deepEqual(claimOf(declared("F", { unknown: "imported" })).claim, { min: 0, max: undefined });
});

test("unknown provisioned concurrency adds to what is known", () => {
  const claim = claimOf(
    declared("F", null, { provisioned: [5, { unknown: "parameter P has no Default", min: 1, max: 4 }] }),
  );
  assert.deepEqual(claim, { claim: bounds(6, 9), instances: 1, unknown: "F: parameter P has no Default" });
});

test("unknown provisioned concurrency does not matter beside a reservation", () => {
  assert.deepEqual(claimOf(declared("F", 9, { provisioned: [{ unknown: "x" }] })), { claim: bounds(9), instances: 1 });
});

test("an undecided condition makes the claim anything from nothing to its value", () => {
  const claim = claimOf(declared("F", 40, { condition: "IsProd" }), 3);
  assert.deepEqual(claim, { claim: bounds(0, 40), instances: 3, unknown: "condition IsProd of F is not decided" });
});

test("an undecided condition does not matter for a function that claims nothing", () => {
  assert.deepEqual(claimOf(declared("F", 0, { condition: "IsProd" })), { claim: bounds(0), instances: 1 });
});

test("a function outside the pool claims nothing", () => {
  const claim = claimOf(declared("F", 40, { provisioned: [3], outsidePool: "runs on Managed Instances" }));
  assert.deepEqual(claim, { claim: bounds(0), instances: 1 });
});

test("what AWS refuses claims nothing: the pool that holds it never fits, and nobody knows how it will be mended", () => {
  for (const value of [-1, { unknown: "refused: 1.5 is not a whole number" }]) {
    assert.deepEqual(claimOf(declared("F", value)), { claim: { min: 0, max: 0 }, instances: 1 });
    assert.deepEqual(claimOf(declared("F", value, { provisioned: [5] })).claim, { min: 5, max: 5 });
  }
});

test("what is no count is never taken for a claim", () => {
  for (const value of [1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60]) {
    const claim = claimOf(declared("F", value));
    assert.deepEqual(claim.claim, { min: 0, max: undefined });
    assert.equal(claim.unknown, `F: ${value} is no whole number that can be reserved`);
  }
});

test("bounds that contradict themselves bound nothing from above", () => {
  assert.deepEqual(claimOf(declared("F", { unknown: "x", min: 9, max: 3 })).claim, { min: 0, max: undefined });
});

test("bounds between whole numbers are narrowed to whole numbers", () => {
  assert.deepEqual(
    provisionedTotal(declared("F", null, { provisioned: [{ unknown: "x", min: 1.2, max: 3.9 }] })),
    bounds(2, 3),
  );
});

test("a claim inside a nested stack that may not exist is nothing or itself", () => {
  const certain = claimOf(declared("F", 5), 2);
  assert.deepEqual(claimIfExists(certain, "condition C of stack Child is not decided"), {
    claim: bounds(0, 5),
    instances: 2,
    unknown: "condition C of stack Child is not decided",
  });
});
