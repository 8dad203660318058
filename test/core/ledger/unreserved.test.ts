import assert from "node:assert/strict";
import { test } from "node:test";
import {
  aboveFloor,
  floorOf,
  headroomLeft,
  largestOfEach,
  limitWithout,
  liveClaim,
  mostClaimed,
  unreservedAfter,
} from "#core/ledger/unreserved.ts";

const left = { unreserved: 400, floor: 100 };

test("headroom is what is unreserved above the floor, and none below it", () => {
  assert.deepEqual([aboveFloor(left), headroomLeft(left)], [300, 300]);
  const below = { unreserved: 40, floor: 100 };
  assert.deepEqual([aboveFloor(below), headroomLeft(below)], [-60, 0]);
});

test("a function takes its reservation, else its provisioned concurrency", () => {
  const provisioned = [{ requested: 15 }, { requested: 5 }];
  assert.deepEqual(
    [null, 0, 50].map((reserved) => liveClaim({ reserved, provisioned })),
    [20, 0, 50],
  );
});

test("what functions take is given back before it is shared among them, in whole numbers", () => {
  assert.deepEqual(
    [[], [0], [20], [0, 0], [50, 51]].map((claims) => largestOfEach(left, claims)),
    [300, 300, 320, 150, 200],
  );
  assert.equal(largestOfEach({ unreserved: 40, floor: 100 }, [20]), 0);
});

test("changes move what is left, and a higher limit is what a shortage asks for", () => {
  const changes = [
    { claimBefore: 20, claimAfter: 50 },
    { claimBefore: 10, claimAfter: 0 },
  ];
  assert.deepEqual([unreservedAfter(400, changes), unreservedAfter(400, [])], [380, 400]);
  assert.deepEqual([limitWithout(60, 1000), mostClaimed({ limit: 1000, floor: 100 })], [1060, 900]);
});

test("a stated floor beats a learned one, and that the estimate", () => {
  assert.deepEqual(floorOf(1000, { configured: 10, learned: 50 }), { floor: 10, floorSource: "configured" });
  assert.deepEqual(floorOf(1000, { learned: 50 }), { floor: 50, floorSource: "learned" });
  assert.deepEqual(floorOf(40, {}), { floor: 40, floorSource: "estimated" });
  assert.deepEqual(floorOf(undefined, {}), { floor: 100, floorSource: "estimated" });
});
