import assert from "node:assert/strict";
import { test } from "node:test";
import { notAccountedFor, poolShares } from "#core";

const unknown = { unknown: "parameter Size has no value" };

test("claims lie side by side, then what is free, then the floor, up to the limit", () => {
  const { claims, free, floor, over, verdict } = poolShares({ limit: 1000, floor: 100, claims: [500, 200, 0] });
  assert.deepEqual(
    claims.map(({ inside }) => inside),
    [
      { from: 0, to: 500 },
      { from: 500, to: 700 },
      { from: 700, to: 700 },
    ],
  );
  assert.deepEqual(
    [free, floor],
    [
      { from: 700, to: 900 },
      { from: 900, to: 1000 },
    ],
  );
  assert.deepEqual([over, verdict], [0, "fits"]);
  assert.deepEqual(
    claims.map(({ most }) => most),
    [700, 400, 200],
  );
});

test("what does not fit lies outside, from where the floor begins", () => {
  const { claims, free, over, verdict } = poolShares({ limit: 1000, floor: 100, claims: [600, 400, 200] });
  assert.deepEqual(claims[0]?.outside, { from: 900, to: 900 });
  assert.deepEqual(
    [claims[1]?.inside, claims[1]?.outside],
    [
      { from: 600, to: 900 },
      { from: 900, to: 1000 },
    ],
  );
  assert.deepEqual(
    [claims[2]?.inside, claims[2]?.outside],
    [
      { from: 900, to: 900 },
      { from: 1000, to: 1200 },
    ],
  );
  assert.deepEqual([free, over, verdict], [{ from: 900, to: 900 }, 300, "over"]);
});

test("claims of unknown size share what is left, and what is free is not known", () => {
  const { claims, free, verdict } = poolShares({ limit: 1000, floor: 100, claims: [500, unknown, unknown] });
  assert.deepEqual(
    claims.map(({ perhaps }) => perhaps),
    [
      { from: 500, to: 500 },
      { from: 500, to: 700 },
      { from: 700, to: 900 },
    ],
  );
  assert.deepEqual([free, verdict], [{ from: 900, to: 900 }, "depends"]);
});

test("a claim with bounds takes its least for certain, and the rest perhaps", () => {
  const bounded = { unknown: "two cases", min: 100, max: 150 };
  const { claims, free, verdict } = poolShares({ limit: 1000, floor: 100, claims: [500, bounded] });
  assert.deepEqual(
    [claims[1]?.inside, claims[1]?.perhaps],
    [
      { from: 500, to: 600 },
      { from: 600, to: 650 },
    ],
  );
  assert.deepEqual([free, verdict], [{ from: 650, to: 900 }, "fits"]);
});

test("what an account has claimed and no reservation accounts for is never below 0", () => {
  assert.equal(notAccountedFor(600, [100, 200, null]), 300);
  assert.equal(notAccountedFor(600, [400, 300]), 0);
});
