import assert from "node:assert/strict";
import test from "node:test";
import type { LedgerClaim } from "#core/ledger/claim.ts";
import { estimatedFloor, headroomOf, maxRequestsPerSecond, overshootOf } from "#core/ledger/headroom.ts";
import { computeLedger } from "#core/ledger/ledger.ts";

const certain = (count: number, instances = 1): LedgerClaim => ({ claim: { min: count, max: count }, instances });
const unbounded: LedgerClaim = { claim: { min: 0, max: undefined }, instances: 1, unknown: "imported" };

test("a function's headroom gives back what it takes now", () => {
  const own = certain(350);
  assert.equal(headroomOf(computeLedger(1000, 100, [own, certain(200)]), own), 700);
});

test("an overcommitted pool leaves what the others do not take", () => {
  const own = certain(500);
  assert.equal(headroomOf(computeLedger(1000, 100, [own, certain(600)]), own), 300);
  assert.equal(headroomOf(computeLedger(1000, 100, [own, certain(950)]), own), 0);
});

test("several instances share the headroom, rounded down", () => {
  const own = certain(10, 4);
  assert.equal(headroomOf(computeLedger(1000, 100, [own, certain(1)]), own), 224);
});

test("the headroom of the only unknown function is known", () => {
  assert.equal(headroomOf(computeLedger(1000, 100, [unbounded, certain(200)]), unbounded), 700);
});

test("beside a claim that nothing bounds the headroom is anything up to what is left for certain", () => {
  const own = certain(50);
  assert.deepEqual(headroomOf(computeLedger(1000, 100, [unbounded, own, certain(200)]), own), {
    unknown: "imported",
    min: 0,
    max: 700,
  });
});

test("where the limit is the floor no reservation above 0 is possible", () => {
  const own = certain(1);
  assert.equal(headroomOf(computeLedger(10, 10, [own]), own), 0);
});

test("the overshoot is what has to go", () => {
  assert.equal(overshootOf(computeLedger(1000, 100, [certain(950)])), 50);
  assert.equal(overshootOf(computeLedger(1000, 100, [certain(900)])), 0);
  assert.equal(overshootOf(computeLedger(10, 100, [certain(0)])), 0);
});

test("the floor is estimated as 100, or all of a smaller limit", () => {
  assert.deepEqual([10, 50, 100, 1000].map(estimatedFloor), [10, 50, 100, 100]);
});

test("each concurrent execution serves at most ten requests per second", () => {
  assert.equal(maxRequestsPerSecond(350), 3500);
});
