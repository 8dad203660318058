import assert from "node:assert/strict";
import test from "node:test";
import type { LedgerClaim } from "#core/ledger/claim.ts";
import { computeLedger, type Ledger, verdictOf } from "#core/ledger/ledger.ts";

const certain = (count: number, instances = 1): LedgerClaim => ({ claim: { min: count, max: count }, instances });
const within = (min: number, max: number | undefined, unknown: string): LedgerClaim => ({
  claim: { min, max },
  instances: 1,
  unknown,
});

test("350 + 200 + 200 + 150 of 1000 leaves 100, which is exactly the floor", () => {
  const { scenarios: _, ...ledger } = computeLedger(1000, 100, [
    certain(350),
    certain(200),
    certain(200),
    certain(150),
  ]);
  assert.deepEqual(ledger, {
    limit: 1000,
    floor: 100,
    claimed: 900,
    claimedBounds: { min: 900, max: 900 },
    unreserved: 100,
    verdict: "fits",
    headroom: 0,
  } satisfies Omit<Ledger, "scenarios">);
});

test("one more is over", () => {
  const ledger = computeLedger(1000, 100, [certain(901)]);
  assert.deepEqual([ledger.verdict, ledger.unreserved, ledger.headroom], ["over", 99, 0]);
});

test("a claim counts once per instance", () => {
  assert.equal(computeLedger(1000, 100, [certain(225, 4)]).claimed, 900);
});

test("where the limit is the floor every reservation above 0 is over, and 0 fits", () => {
  assert.equal(computeLedger(10, 10, [certain(1)]).verdict, "over");
  assert.equal(computeLedger(10, 10, [certain(0)]).verdict, "fits");
  assert.equal(computeLedger(10, 10, []).verdict, "fits");
});

test("unknown claims answer with bounds, a reason and a verdict that depends", () => {
  const ledger = computeLedger(1000, 100, [certain(500), within(0, 450, "parameter N has no Default")]);
  assert.deepEqual(ledger.claimed, { unknown: "parameter N has no Default", min: 500, max: 950 });
  assert.deepEqual(ledger.unreserved, { unknown: "parameter N has no Default", min: 50, max: 500 });
  assert.deepEqual(ledger.headroom, { unknown: "parameter N has no Default", min: 0, max: 400 });
  assert.equal(ledger.verdict, "depends");
});

test("a pool whose worst case keeps the floor fits although values are unknown", () => {
  assert.equal(computeLedger(1000, 100, [certain(500), within(0, 400, "x")]).verdict, "fits");
});

test("a pool whose best case breaks the floor is over although values are unknown", () => {
  assert.equal(computeLedger(1000, 100, [certain(901), within(0, undefined, "x")]).verdict, "over");
});

test("a claim that nothing bounds never fits silently", () => {
  const ledger = computeLedger(1000, 100, [within(0, undefined, "the template of stack Child is remote")]);
  assert.equal(ledger.verdict, "depends");
  assert.deepEqual(ledger.unreserved, { unknown: "the template of stack Child is remote", max: 1000 });
});

test("several reasons are counted", () => {
  const claims = [within(0, 1, "a"), within(0, 1, "b"), within(0, 1, "a")];
  assert.deepEqual(computeLedger(10, 1, claims).claimed, { unknown: "a, and 1 more reason", min: 0, max: 3 });
});

test("ten thousand reservations of 10^12 do not lose a unit, they stop being counted", () => {
  const exact = computeLedger(1000, 100, [certain(1e12, 9000), certain(1)]);
  assert.equal(exact.claimed, 9_000_000_000_000_001);
  const beyond = computeLedger(1000, 100, [certain(1e12, 10_000), certain(1)]);
  assert.deepEqual(beyond.claimed, {
    unknown: "the claims add up to more than 9007199254740991",
    min: Number.MAX_SAFE_INTEGER,
  });
  assert.equal(beyond.verdict, "over");
});

test("a cushion is asked for like a floor", () => {
  assert.equal(verdictOf(1000, 150, { min: 850, max: 850 }), "fits");
  assert.equal(verdictOf(1000, 150, { min: 851, max: 851 }), "over");
});
