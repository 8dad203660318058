import assert from "node:assert/strict";
import { test } from "node:test";
import { accountPool, largestReservation } from "#core";

test("a pool with room says how much can still be reserved above the estimated floor", () => {
  assert.deepEqual(accountPool({ limit: 1000, unreserved: 400 }), {
    limit: 1000,
    claimed: 600,
    unreserved: 400,
    floor: 100,
    floorSource: "estimated",
    headroom: 300,
    belowFloor: false,
  });
});

test("a learned floor beats the estimate, and less than it is below the floor", () => {
  assert.deepEqual(accountPool({ limit: 1000, unreserved: 40, learnedFloor: 50 }), {
    limit: 1000,
    claimed: 960,
    unreserved: 40,
    floor: 50,
    floorSource: "learned",
    headroom: 0,
    belowFloor: true,
  });
});

test("a new account with a small limit leaves all of it unreserved", () => {
  const { floor, headroom, belowFloor } = accountPool({ limit: 10, unreserved: 10 });
  assert.deepEqual({ floor, headroom, belowFloor }, { floor: 10, headroom: 0, belowFloor: false });
});

test("a floor that a budget states beats one that was learned", () => {
  const { floor, floorSource } = accountPool({ limit: 1000, unreserved: 400, learnedFloor: 50 }, 10);
  assert.deepEqual([floor, floorSource], [10, "configured"]);
});

const read = { provisioned: [] };

test("a function can be given what is unreserved above the floor and what it holds itself", () => {
  const pool = accountPool({ limit: 1000, unreserved: 400 });
  assert.deepEqual(
    [null, 0, 50].map((reserved) => largestReservation(pool, { reserved, details: read })),
    [300, 300, 350],
  );
  const below = accountPool({ limit: 1000, unreserved: 40 });
  assert.equal(largestReservation(below, { reserved: 20, details: read }), 0);
});

test("without a reservation it holds its provisioned concurrency; while that was not read, only a least number is known", () => {
  const pool = accountPool({ limit: 1000, unreserved: 400 });
  const details = { provisioned: [{ requested: 15 }, { requested: 5 }] };
  assert.equal(largestReservation(pool, { reserved: null, details }), 320);
  assert.equal(
    largestReservation(pool, { reserved: 50, details }),
    350,
    "a reservation holds its provisioned concurrency",
  );
  assert.deepEqual(largestReservation(pool, { reserved: null }), {
    unknown: "its provisioned concurrency was not read",
    min: 300,
  });
});
