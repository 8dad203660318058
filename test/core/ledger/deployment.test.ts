import assert from "node:assert/strict";
import { test } from "node:test";
import { exactly } from "#core/ledger/bounds.ts";
import {
  accountRoom,
  boundedRoom,
  type DeployedClaim,
  deploymentOf,
  freeFor,
  largestInDeployment,
  leftAfter,
  shortOfDeployment,
  shortWithoutCredit,
} from "#core/ledger/deployment.ts";

const known = { mayFree: 0, mayTake: false };
const claim = (declared: number, reserved: number, provisioned: number | "not read" = 0): DeployedClaim => ({
  declared: exactly(declared),
  held: { reserved: exactly(reserved), provisioned: provisioned === "not read" ? undefined : provisioned },
});
/** An account with a limit of 1,000 and a floor of 100; `reserved` is what the reservations that were read come to. */
const room = (unreserved: number, reserved = 1000 - unreserved) =>
  accountRoom({ limit: 1000, unreserved, floor: 100 }, reserved);

test("what others hold leaves too little: by how much, and what is free", () => {
  const deployment = deploymentOf(room(400), [claim(500, 0)], known);
  assert.deepEqual([deployment.verdict, shortOfDeployment(deployment), freeFor(deployment)], ["over", 200, 300]);
  assert.equal(largestInDeployment(deployment, exactly(500), 1), 300);
});

test("what a stack's own functions hold is given back, also to one another", () => {
  const deployment = deploymentOf(room(200), [claim(500, 300), claim(0, 100)], known);
  assert.deepEqual([deployment.verdict, freeFor(deployment), leftAfter(deployment)], ["fits", 500, exactly(0)]);
});

test("below the floor nothing may be raised, though it takes no more in sum; what raises nothing is accepted", () => {
  assert.equal(deploymentOf(room(50), [claim(300, 300), claim(10, 20)], known).verdict, "fits");
  assert.equal(deploymentOf(room(50), [claim(310, 300), claim(10, 20)], known).verdict, "over");
});

test("provisioned concurrency is credited only as far as the account's totals can hold it", () => {
  const held = deploymentOf(room(400, 400), [claim(400, 0, 200)], known);
  assert.deepEqual([held.verdict, shortOfDeployment(held), shortWithoutCredit(held)], ["credit", 0, 100]);
  const explained = deploymentOf(room(400, 600), [claim(400, 0, 200)], known);
  assert.deepEqual([explained.verdict, shortOfDeployment(explained)], ["over", 100]);
  assert.equal(deploymentOf(room(400, 400), [claim(400, 0, "not read")], known).verdict, "credit");
});

test("a function that may be any of several is refused only if it is whichever it is", () => {
  const either = (min: number, max: number): DeployedClaim => ({
    declared: exactly(500),
    held: { reserved: { min, max }, provisioned: 0 },
  });
  assert.equal(deploymentOf(room(400), [either(0, 199)], known).verdict, "over");
  assert.equal(deploymentOf(room(400), [either(0, 200)], known).verdict, "depends");
  assert.equal(deploymentOf(room(400), [either(200, 300)], known).verdict, "fits");
});

test("what a stack hides may take and free anything", () => {
  assert.equal(deploymentOf(room(400), [claim(100, 0)], { mayFree: 0, mayTake: true }).verdict, "depends");
  assert.equal(deploymentOf(room(400), [claim(500, 0)], { mayFree: 199, mayTake: true }).verdict, "over");
  assert.equal(deploymentOf(room(400), [claim(500, 0)], { mayFree: 200, mayTake: true }).verdict, "depends");
});

test("where the account says no totals, a stated limit bounds what is unreserved: too many for certain, or it depends", () => {
  const room = boundedRoom({ limit: 1000, floor: 100 }, 650);
  const deploy = (...claims: readonly DeployedClaim[]) => deploymentOf(room, claims, known);
  assert.deepEqual(deploy(claim(301, 50)).unreserved, { min: 0, max: 350 });
  const over = deploy(claim(500, 50));
  assert.deepEqual([over.verdict, shortOfDeployment(over), freeFor(over)], ["over", 200, 300]);
  const perhaps = deploy(claim(300, 50));
  assert.deepEqual([perhaps.verdict, leftAfter(perhaps)], ["depends", { min: 0, max: 0 }]);
  const largest = largestInDeployment(perhaps, exactly(300), 1);
  assert.deepEqual(typeof largest === "object" && [largest?.min, largest?.max], [0, 300]);
  assert.equal(deploy(claim(50, 50)).verdict, "fits", "what takes nothing more is accepted");
  assert.equal(deploy(claim(251, 0, "not read")).verdict, "over", "its provisioned concurrency lies above the floor");
  assert.equal(deploy(claim(250, 0, "not read")).verdict, "depends");
});

test("where the account says no totals and no limit is stated, nothing is certain but what takes nothing more", () => {
  const room = boundedRoom({ limit: undefined, floor: 100 }, 650);
  const verdict = (declared: number, reserved: number) =>
    deploymentOf(room, [claim(declared, reserved)], known).verdict;
  assert.deepEqual([verdict(5000, 50), verdict(50, 50), verdict(20, 50)], ["depends", "fits", "fits"]);
});
