import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Amount, type AmountBounds, amountOf, dollarsOf } from "#core/cost/amount.ts";
import { listPriceOf, pricedRegions } from "#core/cost/listPrices.ts";
import { type Cost, type CostFacts, sumOfCosts, totalOf, type WorstCase, worstCaseOf } from "#core/cost/worstCase.ts";
import { exactly, nothing } from "#core/ledger/bounds.ts";
import type { Value } from "#core/model.ts";

const facts: CostFacts = { reserved: 100, memory: 1024, architectures: ["x86_64"], provisioned: nothing };

function priced(more: Partial<CostFacts> = {}, region = "us-east-1"): WorstCase {
  const cost = worstCaseOf({ ...facts, ...more }, region);
  assert.ok(!("unpriced" in cost));
  return cost;
}

function dollars({ min, max }: AmountBounds): readonly (number | undefined)[] {
  return [dollarsOf(min), max === undefined ? undefined : dollarsOf(max)];
}

test("compute is reservation × memory × price, exact to the last published digit", () => {
  // 100 × 1 GB × 3,600 s × $0.0000166667, in 64ths of 10⁻¹⁰ dollars.
  assert.deepEqual(priced().compute, { min: 100n * 166_667n * 3_600n * 64n, max: 100n * 166_667n * 3_600n * 64n });
  assert.deepEqual(dollars(priced().compute), [6.000012, 6.000012]);
  assert.deepEqual(dollars(priced({ architectures: ["arm64"] }).compute), [4.800024, 4.800024]);
  assert.deepEqual(dollars(priced({ memory: 128, reserved: 1 }).compute), [0.0075, 0.0075]);
});

test("requests are 10 per second and unit of concurrency at the price of a request", () => {
  assert.deepEqual(dollars(priced().requests), [0.72, 0.72]);
  assert.deepEqual(dollars(priced({}, "af-south-1").requests), [0.972, 0.972]);
});

test("provisioned concurrency costs also while nothing runs", () => {
  assert.deepEqual(dollars(priced({ provisioned: exactly(20) }).idle), [0.300002, 0.300002]);
  assert.deepEqual(dollars(priced({ provisioned: exactly(20), architectures: ["arm64"] }).idle), [0.240005, 0.240005]);
  assert.deepEqual(priced().idle, { min: 0n, max: 0n });
});

test("a Region that is not in the list has no price, and its neighbours lend it none", () => {
  assert.deepEqual(worstCaseOf(facts, "eu-west-9"), { unpriced: "no list price of Region eu-west-9 is known" });
  assert.deepEqual(worstCaseOf(facts, "constructor"), { unpriced: "no list price of Region constructor is known" });
  assert.deepEqual(worstCaseOf(facts, null), { unpriced: "the Region is not known" });
});

test("the Arm price of provisioned concurrency is not guessed where only the x86 one is known", () => {
  const { idle, compute, unknown } = priced({ provisioned: exactly(5), architectures: ["arm64"] }, "eu-central-1");
  assert.deepEqual(idle, { min: 0n, max: undefined });
  assert.deepEqual(dollars(compute), [4.800024, 4.800024]);
  assert.equal(unknown, "the list price of provisioned concurrency on arm64 is not known");
});

test("what is not decided gives a range, and nothing bounds what may have no reservation", () => {
  const unknown = "parameter Size has no value";
  assert.deepEqual(dollars(priced({ memory: { unknown } }).compute), [0.750002, 60.00012]);
  assert.deepEqual(dollars(priced({ memory: { unknown, min: 512, max: 2048 } }).compute), [3.000006, 12.000024]);
  assert.deepEqual(dollars(priced({ architectures: ["x86_64", "arm64"] }).compute), [4.800024, 6.000012]);
  assert.deepEqual(dollars(priced({ reserved: { unknown, min: 10, max: 20 } }).compute), [0.600001, 1.200002]);
  assert.deepEqual(dollars(priced({ reserved: { unknown, max: 20 } }).compute), [0, undefined]);
  assert.deepEqual(dollars(priced({ reserved: null }).compute), [0, undefined]);
  assert.deepEqual(dollars(priced({ reserved: 0 }).compute), [0, 0]);
  assert.equal(priced({ memory: { unknown } }).unknown, unknown);
  assert.equal(priced({ reserved: null }).unknown, "it has no reservation");
});

test("a sum counts each copy and is as known as its parts", () => {
  const sum = sumOfCosts([
    [priced(), 2],
    [priced({ reserved: null, provisioned: exactly(1) }), 1],
  ]) as WorstCase;
  assert.deepEqual(
    [dollars(sum.compute), dollars(sum.requests), dollars(sum.idle)],
    [
      [12.000024, undefined],
      [1.44, undefined],
      [0.015, 0.015],
    ],
  );
  const unpriced: Cost = { unpriced: "the Region is not known" };
  assert.equal(
    sumOfCosts([
      [priced(), 1],
      [unpriced, 1],
    ]),
    unpriced,
  );
  assert.equal(sumOfCosts([]), undefined);
  assert.equal(
    (
      sumOfCosts([
        [priced(), 1],
        [priced({}, "eu-west-1"), 1],
      ]) as WorstCase
    ).date,
    "2024-11-22",
  );
});

test("every price has a source with address and day", () => {
  for (const region of pricedRegions) {
    const price = listPriceOf(region);
    assert.match(price?.date ?? "", /^20\d\d-\d\d-\d\d$/, region);
    assert.match(price?.url ?? "", /^https:\/\//, region);
  }
  assert.equal(pricedRegions.length, 24);
});

test("Arm costs less than x86, and idle provisioned concurrency less than what runs: a slip in the table shows", () => {
  for (const region of pricedRegions) {
    const { duration, provisioned, request } = listPriceOf(region) ?? assert.fail(region);
    // Arm is listed at four fifths of x86, rounded; within half a percent in every Region.
    assert.ok(Math.abs(duration.arm64 * 5 - duration.x86_64 * 4) <= duration.x86_64 * 0.02, region);
    assert.ok((provisioned.x86_64 ?? 0) * 2 < duration.x86_64, region);
    assert.ok(request >= 1_800 && request <= 2_800, region);
  }
});

const values: fc.Arbitrary<Value> = fc.oneof(
  fc.nat(2_147_483_647),
  fc.constant(null),
  fc.record({ unknown: fc.constant("why"), min: fc.nat(1_000), max: fc.integer({ min: 1_000, max: 100_000 }) }),
);
const anyFacts: fc.Arbitrary<CostFacts> = fc.record({
  reserved: values,
  memory: fc.oneof(fc.integer({ min: 128, max: 10_240 }), fc.constant({ unknown: "why" })),
  architectures: fc.constantFrom(["x86_64"] as const, ["arm64"] as const, ["x86_64", "arm64"] as const),
  provisioned: fc.nat(100_000).map(exactly),
});
const anyRegion = fc.constantFrom(...pricedRegions);

/** No highest value is above every value. */
function isAtMost(a: Amount | undefined, b: Amount | undefined): boolean {
  return b === undefined || (a !== undefined && a <= b);
}

test("more reservation, more memory or more provisioned concurrency never costs less", () => {
  fc.assert(
    fc.property(anyFacts, anyRegion, fc.nat(5_000), fc.nat(5_000), fc.nat(5_000), (base, region, r, m, p) => {
      const reserved = typeof base.reserved === "number" ? base.reserved + r : base.reserved;
      const memory = typeof base.memory === "number" ? base.memory + m : base.memory;
      const more = { ...base, reserved, memory, provisioned: exactly(base.provisioned.min + p) };
      const [less, greater] = [priced(base, region), priced(more, region)].map(totalOf) as [AmountBounds, AmountBounds];
      assert.ok(less.min <= greater.min);
      assert.ok(isAtMost(less.max, greater.max));
    }),
  );
});

test("what is decided later stays within the range that was said before", () => {
  fc.assert(
    fc.property(
      anyRegion,
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 128, max: 10_240 }),
      (region, reserved, memory) => {
        const open = priced(
          { reserved, memory: { unknown: "why" }, architectures: ["x86_64", "arm64"] },
          region,
        ).compute;
        const decided = priced({ reserved, memory, architectures: ["arm64"] }, region).compute;
        assert.ok(open.min <= decided.min && isAtMost(decided.max, open.max));
      },
    ),
  );
});

test("dollars in a budget are read exactly", () => {
  assert.equal(amountOf(14.88), 1_488n * 6_400_000_000n);
  assert.equal(dollarsOf(amountOf(0.075)), 0.075);
});
