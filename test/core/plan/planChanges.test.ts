import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Plan, PlanFunction, PlanState } from "#core/plan/plan.ts";
import { planChanges } from "#core/plan/planChanges.ts";

const one = (
  name: string,
  reserved: number | null,
  provisioned: Readonly<Record<string, number>> = {},
): PlanFunction => ({
  name,
  reserved,
  provisioned: Object.entries(provisioned).map(([qualifier, requested]) => ({ qualifier, requested })),
});
const pool = (unreserved: number, functions: readonly PlanFunction[], floor = 100): PlanState => ({
  limit: 1000,
  unreserved,
  floor,
  functions,
});
const wanted = (map: Readonly<Record<string, number | null>>) =>
  Object.entries(map).map(([name, reserved]) => ({ name, reserved }));
const calls = ({ steps }: Plan) =>
  steps.map((step) => {
    if (step.kind === "put") return `put ${step.name} ${step.from} to ${step.to}: ${step.unreserved}`;
    if (step.kind === "delete") return `delete ${step.name} ${step.from}: ${step.unreserved}`;
    return `${step.kind} ${step.name}:${step.qualifier} ${step.requested}: ${step.unreserved}`;
  });
const messages = ({ problems }: Plan) => problems.map(({ message }) => message);

test("a full pool: what is lowered comes first, and what is as wanted is left alone", () => {
  const state = pool(100, [one("a", 300), one("b", 400), one("c", 200)]);
  const plan = planChanges(state, wanted({ a: 350, b: 350, c: 200 }));
  assert.deepEqual(calls(plan), ["put b 400 to 350: 150", "put a 300 to 350: 100"]);
  assert.deepEqual(plan.unchanged, ["c"]);
  assert.deepEqual([plan.unreservedBefore, plan.unreservedAfter, plan.problems, plan.notes], [100, 100, [], []]);
});

test("the order within a class is that of the names, however they were asked for", () => {
  const state = pool(500, [one("b", 10), one("a", 10), one("d", 10), one("c", null), one("e", 10)]);
  const plan = planChanges(state, wanted({ c: 5, b: 20, e: null, a: 5, d: 0 }));
  assert.deepEqual(calls(plan), [
    "put d 10 to 0: 510",
    "delete e 10: 520",
    "put a 10 to 5: 525",
    "put b 10 to 20: 515",
    "put c null to 5: 510",
  ]);
});

test("a function that is off gets no reservation at all: that takes nothing", () => {
  assert.deepEqual(calls(planChanges(pool(100, [one("a", 0)]), wanted({ a: null }))), ["delete a 0: 100"]);
});

test("none to 0 is accepted in a full pool", () => {
  assert.deepEqual(calls(planChanges(pool(100, [one("a", null)]), wanted({ a: 0 }))), ["put a null to 0: 100"]);
});

test("without its reservation a function takes its provisioned concurrency", () => {
  const plan = planChanges(pool(100, [one("a", 50, { live: 20 })]), wanted({ a: null }));
  assert.deepEqual(calls(plan), ["delete a 50: 130"]);
  assert.deepEqual(plan.notes, [
    "Without a reservation a takes its provisioned concurrency of 20 from the pool; what the account says afterwards may differ.",
  ]);
});

test("provisioned concurrency stays where the whole reservation fits beside it", () => {
  const plan = planChanges(pool(150, [one("a", null, { live: 20 })]), wanted({ a: 50 }));
  assert.deepEqual(calls(plan), ["put a null to 50: 120"]);
  assert.deepEqual(plan.notes, []);
});

test("provisioned concurrency goes and comes back where the reservation does not fit beside it", () => {
  const plan = planChanges(pool(149, [one("a", null, { live: 20 })]), wanted({ a: 50 }));
  assert.deepEqual(calls(plan), [
    "deleteProvisioned a:live 20: 169",
    "put a null to 50: 119",
    "putProvisioned a:live 20: 119",
  ]);
  assert.deepEqual(plan.notes, [
    "The provisioned concurrency of a (20 on alias live) is deleted, 50 are reserved, and it is put back at once, because both together do not fit; until it is allocated again, which takes minutes, calls start cold. A scaling target of it may interfere.",
  ]);
});

test("of several configurations only the largest goes when that is enough", () => {
  const plan = planChanges(pool(149, [one("a", null, { "3": 5, live: 20 })]), wanted({ a: 60 }));
  assert.deepEqual(calls(plan), [
    "deleteProvisioned a:live 20: 169",
    "put a null to 60: 114",
    "putProvisioned a:live 20: 114",
  ]);
});

test("a start below the floor: the largest lowering first, because the next ones then reach the floor", () => {
  const plan = planChanges(pool(80, [one("a", 20), one("b", 60), one("c", 10)]), wanted({ a: 15, b: 20, c: 15 }));
  assert.deepEqual(calls(plan), ["put b 60 to 20: 120", "put a 20 to 15: 125", "put c 10 to 15: 120"]);
  assert.deepEqual(plan.notes, ["The pool starts 20 below its floor of 100; lowerings go first."]);
});

test("a lowering that stays below the floor is planned, and the doubt is said", () => {
  const plan = planChanges(pool(80, [one("a", 20)]), wanted({ a: 15 }));
  assert.deepEqual(calls(plan), ["put a 20 to 15: 85"]);
  assert.deepEqual(plan.notes, [
    "The pool starts 20 below its floor of 100; lowerings go first.",
    "Lambda may refuse a lowering that does not reach the floor (a); then the plan stops there.",
  ]);
});

test("raises that do not fit are refused with the number that is short, and nothing is planned", () => {
  const plan = planChanges(pool(120, [one("a", 10), one("b", 10), one("c", 30)]), wanted({ a: 50, b: 20, c: 20 }));
  assert.deepEqual(plan.steps, []);
  assert.deepEqual([plan.unreservedBefore, plan.unreservedAfter], [120, 80]);
  assert.deepEqual(plan.problems, [
    {
      message:
        "Not enough room: the raises need 50 (a +40, b +10), and with everything lowered first 30 are free above the floor of 100. Free 20 elsewhere or raise the quota to 1,020 (Service Quotas, L-B99A9384).",
      short: 20,
    },
  ]);
});

test("a start below the floor that lowering does not mend says by how much", () => {
  const plan = planChanges(pool(50, [one("a", 10), one("b", 30)]), wanted({ a: 11, b: 0 }));
  assert.deepEqual(messages(plan), [
    "Not enough room: the raises need 1 (a +1), and with everything lowered first the pool is 20 below its floor of 100. Free 21 elsewhere or raise the quota to 1,021 (Service Quotas, L-B99A9384).",
  ]);
  assert.equal(plan.problems[0]?.short, 21);
});

test("an account whose limit is its floor can reserve nothing", () => {
  const state: PlanState = { limit: 10, unreserved: 10, floor: 10, functions: [one("a", null)] };
  assert.deepEqual(messages(planChanges(state, wanted({ a: 1 }))), [
    "Lambda keeps 10 unreserved, which is all of the account's limit of 10: no function can have a reservation above 0 (wanted: a +1). Ask for a higher limit (Service Quotas, L-B99A9384).",
  ]);
  assert.deepEqual(calls(planChanges(state, wanted({ a: 0 }))), ["put a null to 0: 10"]);
});

test("less than the provisioned concurrency says what to do", () => {
  const state = pool(500, [one("a", 50, { live: 20, "3": 10 })]);
  assert.deepEqual(messages(planChanges(state, wanted({ a: 25 }))), [
    "a has a provisioned concurrency of 30 (10 on version 3, 20 on alias live), and Lambda refuses a reservation of 25 below that. Lower it to 25 or less first, or reserve 30 or more.",
  ]);
  assert.deepEqual(messages(planChanges(state, wanted({ a: 0 }))), [
    "a has a provisioned concurrency of 30 (10 on version 3, 20 on alias live), and Lambda refuses a reservation of 0 below that. Delete it first, or use kill, which records it and puts it back.",
  ]);
});

test("what makes no sense is refused for each function", () => {
  const state = pool(500, [one("a", 1), one("b", 1)]);
  const plan = planChanges(state, [
    { name: "a", reserved: -1 },
    { name: "b", reserved: 1.5 },
    { name: "c", reserved: 3 },
    { name: "b", reserved: 2 },
    { name: "b", reserved: 2 },
  ]);
  assert.deepEqual(messages(plan), [
    "-1 is no reservation for a: it has to be a whole number from 0 on, or none.",
    "1.5 is no reservation for b: it has to be a whole number from 0 on, or none.",
    "The account has no function c in this Region.",
    "b is asked to become both 1.5 and 2.",
    "b is asked to become both 1.5 and 2.",
  ]);
  assert.deepEqual([plan.steps, plan.unchanged], [[], []]);
});

test("facts that are no numbers are refused", () => {
  assert.deepEqual(messages(planChanges(pool(Number.NaN, [one("a", 1)]), wanted({ a: 2 }))), [
    "Nothing can be planned from a limit of 1000, NaN unreserved and a floor of 100: each has to be a whole number.",
  ]);
});

/** A pool of many functions that starts at or above its floor, and something to want of each. */
const scenes = fc
  .array(
    fc
      .record({
        provisioned: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 3 }),
        more: fc.option(fc.nat({ max: 60 })),
        to: fc.option(fc.nat({ max: 200 })),
      })
      .map(({ provisioned, more, to }) => {
        const total = provisioned.reduce((sum, value) => sum + value, 0);
        return {
          provisioned,
          total,
          from: more === null ? null : total + more,
          to: to === null ? null : Math.max(to, total),
        };
      }),
    { maxLength: 40, size: "max" },
  )
  .chain((cases) =>
    fc.record({ cases: fc.constant(cases), spare: fc.nat({ max: 500 }), floor: fc.constantFrom(10, 50, 100) }),
  );

test("in pools of any size every prefix of a plan keeps the floor and the provisioned concurrency", () => {
  fc.assert(
    fc.property(scenes, ({ cases, spare, floor }) => {
      const functions = cases.map(({ from, provisioned }, index) => ({
        name: `f${index}`,
        reserved: from,
        provisioned: provisioned.map((requested, at) => ({ qualifier: `q${at}`, requested })),
      }));
      const plan = planChanges(
        { limit: 100_000, unreserved: floor + spare, floor, functions },
        cases.map(({ to }, index) => ({ name: `f${index}`, reserved: to })),
      );
      const claim = (reserved: number | null, total: number) => reserved ?? total;
      const end = cases.reduce(
        (sum, { from, to, total }) => sum + claim(from, total) - claim(to, total),
        floor + spare,
      );
      assert.equal(plan.problems.length, end < floor ? 1 : 0);
      if (end < floor) assert.deepEqual([plan.problems[0]?.short, plan.steps], [floor - end, []]);
      if (end < floor) return;
      const live = functions.map(({ reserved, provisioned }) => ({
        reserved,
        there: new Map(provisioned.map(({ qualifier, requested }) => [qualifier, requested])),
      }));
      let left = floor + spare;
      for (const step of plan.steps) {
        const subject = live[Number(step.name.slice(1))];
        assert.ok(subject !== undefined);
        const total = () => [...subject.there.values()].reduce((sum, value) => sum + value, 0);
        const before = claim(subject.reserved, total());
        if (step.kind === "put") {
          assert.ok(step.to >= total());
          assert.equal(step.from, subject.reserved);
          // Only the reservation itself is credited.
          assert.ok(step.to === 0 || left + (subject.reserved ?? 0) - step.to >= floor);
          subject.reserved = step.to;
        } else if (step.kind === "delete") subject.reserved = null;
        else if (step.kind === "deleteProvisioned") assert.ok(subject.there.delete(step.qualifier));
        else {
          subject.there.set(step.qualifier, step.requested);
          assert.ok(subject.reserved !== null && total() <= subject.reserved);
        }
        left += before - claim(subject.reserved, total());
        assert.equal(step.unreserved, left);
        assert.ok(left >= floor);
      }
      assert.equal(left, end);
      for (const [index, { to, provisioned }] of cases.entries()) {
        assert.equal(live[index]?.reserved, to);
        assert.equal(live[index]?.there.size, provisioned.length);
      }
    }),
    { numRuns: 500 },
  );
});

test("nothing that comes in makes it throw, and the same comes out for the same", () => {
  const value = fc.option(fc.oneof(fc.integer({ min: -5, max: 50 }), fc.double()));
  const name = fc.constantFrom("a", "b", "c", "d");
  fc.assert(
    fc.property(
      fc.record({
        limit: fc.integer(),
        unreserved: fc.integer({ min: -50, max: 200 }),
        floor: fc.integer({ min: 0, max: 100 }),
      }),
      fc.array(fc.record({ name, reserved: value }), { maxLength: 6 }),
      (numbers, wants) => {
        const functions = [one("a", 20), one("b", null, { live: 7 }), one("c", 0)];
        const plan = planChanges({ ...numbers, functions }, wants);
        assert.deepEqual(planChanges({ ...numbers, functions }, wants), plan);
        assert.equal(plan.problems.length > 0 && plan.steps.length > 0, false);
      },
    ),
  );
});
