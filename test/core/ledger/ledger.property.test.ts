import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import type { LedgerClaim } from "#core/ledger/claim.ts";
import { headroomOf, overshootOf } from "#core/ledger/headroom.ts";
import { computeLedger, type Verdict } from "#core/ledger/ledger.ts";

const claimWithin = (most: number) =>
  fc
    .record({ min: fc.nat(most), more: fc.option(fc.nat(most)), instances: fc.integer({ min: 1, max: 3 }) })
    .map(({ min, more, instances }): LedgerClaim => {
      const claim = { min, max: more === null ? undefined : min + more };
      return claim.min === claim.max ? { claim, instances } : { claim, instances, unknown: "x" };
    });

const pool = (most: number) =>
  fc.record({ limit: fc.nat(4 * most), floor: fc.nat(most), claims: fc.array(claimWithin(most), { maxLength: 4 }) });

/** Every way the unknown values can turn out; without an upper bound, far enough to pass any limit in play. */
function outcomes(claims: readonly LedgerClaim[], far: number): number[] {
  let totals = [0];
  for (const { claim, instances } of claims) {
    const values: number[] = [];
    for (let value = claim.min; value <= (claim.max ?? claim.min + far); value++) values.push(value * instances);
    totals = [...new Set(totals.flatMap((total) => values.map((value) => total + value)))];
  }
  return totals;
}

function oracle(limit: number, floor: number, totals: readonly number[]): Verdict {
  const refused = totals.filter((total) => total > 0 && limit - total < floor).length;
  if (refused === 0) return "fits";
  return refused === totals.length ? "over" : "depends";
}

test("the verdict is the one that trying every value of every unknown gives", () => {
  fc.assert(
    fc.property(pool(5), ({ limit, floor, claims }) => {
      assert.equal(computeLedger(limit, floor, claims).verdict, oracle(limit, floor, outcomes(claims, 30)));
    }),
    { numRuns: 500 },
  );
});

test("the bounds of the sum are the lowest and highest outcome", () => {
  fc.assert(
    fc.property(pool(5), ({ limit, floor, claims }) => {
      const totals = outcomes(claims, 30);
      const { min, max } = computeLedger(limit, floor, claims).claimedBounds;
      assert.equal(min, Math.min(...totals));
      assert.equal(max, claims.some((claim) => claim.claim.max === undefined) ? undefined : Math.max(...totals));
    }),
  );
});

const anyClaim = fc.oneof(claimWithin(1000), claimWithin(1e12), claimWithin(Math.floor(Number.MAX_SAFE_INTEGER / 4)));

test("the order of the claims changes no number", () => {
  const shuffled = fc
    .array(anyClaim, { maxLength: 20 })
    .chain((claims) => fc.tuple(fc.constant(claims), fc.shuffledSubarray(claims, { minLength: claims.length })));
  fc.assert(
    fc.property(fc.nat(2000), fc.nat(100), shuffled, (limit, floor, [claims, other]) => {
      assert.deepEqual(computeLedger(limit, floor, other), computeLedger(limit, floor, claims));
    }),
  );
});

const rank: Record<Verdict, number> = { fits: 0, depends: 1, over: 2 };

test("another claim never makes a pool fit better", () => {
  fc.assert(
    fc.property(
      fc.nat(2000),
      fc.nat(100),
      fc.array(anyClaim, { maxLength: 8 }),
      anyClaim,
      (limit, floor, claims, more) => {
        const before = computeLedger(limit, floor, claims);
        const after = computeLedger(limit, floor, [...claims, more]);
        assert.ok(after.claimedBounds.min >= before.claimedBounds.min);
        assert.ok(before.verdict !== "over" || after.verdict === "over");
        assert.ok(after.verdict !== "fits" || before.verdict === "fits");
      },
    ),
  );
});

test("a higher limit never makes a pool fit worse, a higher floor never better", () => {
  fc.assert(
    fc.property(pool(1000), fc.nat(500), ({ limit, floor, claims }, more) => {
      const verdict = computeLedger(limit, floor, claims).verdict;
      assert.ok(rank[computeLedger(limit + more, floor, claims).verdict] <= rank[verdict]);
      assert.ok(rank[computeLedger(limit, floor + more, claims).verdict] >= rank[verdict]);
    }),
  );
});

test("several instances are as many separate functions", () => {
  fc.assert(
    fc.property(pool(1000), ({ limit, floor, claims }) => {
      const apart = claims.flatMap((claim) =>
        Array.from({ length: claim.instances }, () => ({ ...claim, instances: 1 })),
      );
      const { claimed, unreserved, verdict, headroom } = computeLedger(limit, floor, claims);
      const other = computeLedger(limit, floor, apart);
      assert.deepEqual(
        [other.claimed, other.unreserved, other.verdict, other.headroom],
        [claimed, unreserved, verdict, headroom],
      );
    }),
  );
});

const certainClaim = fc
  .record({ count: fc.nat(300), instances: fc.integer({ min: 1, max: 4 }) })
  .map(({ count, instances }): LedgerClaim => ({ claim: { min: count, max: count }, instances }));

test("headroom is exactly the boundary: it fits where anything above 0 does, one more does not", () => {
  fc.assert(
    fc.property(
      fc.nat(2000),
      fc.nat(200),
      fc.array(certainClaim, { maxLength: 6 }),
      certainClaim,
      (limit, floor, others, own) => {
        const headroom = headroomOf(computeLedger(limit, floor, [...others, own]), own);
        assert.ok(typeof headroom === "number");
        const given = (count: number) =>
          computeLedger(limit, floor, [...others, { claim: { min: count, max: count }, instances: own.instances }])
            .verdict;
        assert.equal(given(headroom + 1), "over");
        assert.equal(headroom === 0 || given(headroom) === "fits", true);
      },
    ),
    { numRuns: 500 },
  );
});

test("with unknown values the lower bound of headroom always fits and anything above the upper bound never does", () => {
  fc.assert(
    fc.property(pool(50), fc.nat(3), ({ limit, floor, claims }, at) => {
      const own = claims[at % Math.max(1, claims.length)] ?? { claim: { min: 0, max: 0 }, instances: 1 };
      const ledger = computeLedger(limit, floor, claims.length === 0 ? [own] : claims);
      const headroom = headroomOf(ledger, own);
      const { min, max } = typeof headroom === "number" ? { min: headroom, max: headroom } : bounds(headroom);
      const given = (count: number) => {
        const replaced = { claim: { min: count, max: count }, instances: own.instances };
        return computeLedger(
          limit,
          floor,
          claims.length === 0 ? [replaced] : claims.map((c) => (c === own ? replaced : c)),
        );
      };
      assert.equal(min === 0 || given(min).verdict === "fits", true);
      assert.equal(given(max + 1).verdict, "over");
    }),
    { numRuns: 500 },
  );
});

function bounds(value: { min?: number; max?: number } | null): { min: number; max: number } {
  assert.ok(value?.min !== undefined && value.max !== undefined);
  return { min: value.min, max: value.max };
}

test("a limit raised by the overshoot fits, one less does not", () => {
  fc.assert(
    fc.property(
      fc.nat(2000),
      fc.nat(200),
      fc.array(certainClaim, { minLength: 1, maxLength: 6 }),
      (limit, floor, claims) => {
        const overshoot = overshootOf(computeLedger(limit, floor, claims));
        assert.ok(typeof overshoot === "number");
        assert.equal(computeLedger(limit + overshoot, floor, claims).verdict, "fits");
        const oneLess = computeLedger(limit + overshoot - 1, floor, claims).verdict;
        assert.equal(overshoot === 0 || oneLess === "over", true);
      },
    ),
  );
});
