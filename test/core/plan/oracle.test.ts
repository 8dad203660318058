import assert from "node:assert/strict";
import { test } from "node:test";
import type { Plan } from "#core/plan/plan.ts";
import { planChanges } from "#core/plan/planChanges.ts";
import { type Call, type Rules, type Simulated, simulate, taken } from "./lambdaRules.ts";

/** A function with what it is to become. */
interface Case {
  readonly from: number | null;
  readonly provisioned: number;
  readonly to: number | null;
}

const floor = 1;
const cautious: Rules = { floor, credit: "nothing", strict: false };

/** Every function with values up to a highest one. */
function casesUpTo(highest: number): readonly Case[] {
  const values = [null, ...Array.from({ length: highest + 1 }, (_, index) => index)];
  return values.flatMap((from) =>
    Array.from({ length: highest + 1 }, (_, provisioned) => provisioned)
      .filter((provisioned) => from === null || from >= provisioned)
      .flatMap((provisioned) => values.map((to) => ({ from, provisioned, to }))),
  );
}

/** Every multiset of so many of them. */
function* multisets(cases: readonly Case[], size: number, start = 0): Generator<readonly Case[]> {
  if (size === 0) return yield [];
  for (let index = start; index < cases.length; index++)
    for (const rest of multisets(cases, size - 1, index)) yield [...rest, cases[index] as Case];
}

const start = ({ from, provisioned }: Case): Simulated => ({ reserved: from, provisioned, there: true });
const atGoal = (state: readonly Simulated[], cases: readonly Case[]) =>
  state.every(({ reserved, there }, index) => there && reserved === cases[index]?.to);

/** The length of the shortest way to the goal by calls that `calls` offers; undefined when there is none. */
function shortest(
  cases: readonly Case[],
  unreserved: number,
  calls: (state: readonly Simulated[], index: number) => readonly Call[],
  rules: Rules = cautious,
): number | undefined {
  const first = cases.map(start);
  const base = unreserved + first.reduce((sum, one) => sum + taken(one), 0);
  const key = (state: readonly Simulated[]) => state.map(({ reserved, there }) => `${reserved}${there}`).join();
  const seen = new Set([key(first)]);
  let edge: (readonly Simulated[])[] = [first];
  for (let length = 0; edge.length > 0; length++) {
    if (edge.some((state) => atGoal(state, cases))) return length;
    const next: (readonly Simulated[])[] = [];
    for (const state of edge) {
      const left = base - state.reduce((sum, one) => sum + taken(one), 0);
      for (const [index, subject] of state.entries())
        for (const call of calls(state, index)) {
          const changed = simulate(rules, left, subject, call);
          if (changed === undefined) continue;
          const reached = state.with(index, changed);
          if (seen.has(key(reached))) continue;
          seen.add(key(reached));
          next.push(reached);
        }
    }
    edge = next;
  }
  return undefined;
}

const provisionedCalls = ({ provisioned, there }: Simulated): readonly Call[] =>
  provisioned === 0 ? [] : [{ kind: there ? "deleteProvisioned" : "putProvisioned" }];
const toGoal = (to: number | null): Call => (to === null ? { kind: "delete" } : { kind: "put", to });

/** Calls straight to the goal, and provisioned concurrency away and back, one function at a time. */
const straight = (cases: readonly Case[]) => (state: readonly Simulated[], index: number) => {
  const away = state.findIndex(({ there }) => !there);
  const subject = state[index] as Simulated;
  return away === -1 || away === index ? [toGoal((cases[index] as Case).to), ...provisionedCalls(subject)] : [];
};

/** Calls to any value whatever, in any order. */
const anything = (highest: number) => (state: readonly Simulated[], index: number) => [
  { kind: "delete" } as const,
  ...Array.from({ length: highest + 1 }, (_, to) => ({ kind: "put", to }) as const),
  ...provisionedCalls(state[index] as Simulated),
];

function planOf(cases: readonly Case[], unreserved: number): Plan {
  const functions = cases.map(({ from, provisioned }, index) => ({
    name: `f${index}`,
    reserved: from,
    provisioned: provisioned === 0 ? [] : [{ qualifier: "live", requested: provisioned }],
  }));
  const wanted = cases.map(({ to }, index) => ({ name: `f${index}`, reserved: to }));
  return planChanges({ limit: 20, unreserved, floor, functions }, wanted);
}

/** Runs a plan against the rules; says which step is refused or leads to another number than it says. */
function run(rules: Rules, cases: readonly Case[], unreserved: number, { steps }: Plan): string {
  const state = cases.map(start);
  let left = unreserved;
  for (const step of steps) {
    const index = Number(step.name.slice(1));
    const subject = state[index] as Simulated;
    const next = simulate(rules, left, subject, step);
    if (next === undefined) return `refused: ${JSON.stringify(step)}`;
    left += taken(subject) - taken(next);
    if (left !== step.unreserved) return `${left} are left after ${JSON.stringify(step)}`;
    state[index] = next;
  }
  return atGoal(state, cases) ? "at the goal" : "elsewhere";
}

function compareAll(size: number, highest: number, calls: typeof straight, sameLength: boolean): number {
  const cases = casesUpTo(highest);
  let count = 0;
  for (const set of multisets(cases, size))
    for (let unreserved = floor - 3; unreserved <= floor + 4; unreserved++) {
      count++;
      const plan = planOf(set, unreserved);
      const length = shortest(set, unreserved, calls(set));
      const told = () => JSON.stringify({ set, unreserved, plan, length });
      assert.equal(plan.problems.length === 0, length !== undefined, told());
      if (length === undefined) {
        assert.deepEqual(plan.steps, [], told());
        continue;
      }
      if (sameLength) assert.equal(plan.steps.length, length, told());
      assert.equal(run(cautious, set, unreserved, plan), "at the goal", told());
      assert.equal(run({ ...cautious, credit: "provisioned" }, set, unreserved, plan), "at the goal", told());
      const strict: Rules = { floor, credit: "provisioned", strict: true };
      if (unreserved >= floor) assert.equal(run(strict, set, unreserved, plan), "at the goal", told());
    }
  return count;
}

test("one function: a plan is found exactly when there is one, and none is shorter", () => {
  assert.equal(compareAll(1, 5, straight, true), 189 * 8);
});

test("two functions: a plan is found exactly when there is one, and none is shorter", () => {
  assert.equal(compareAll(2, 3, straight, true), 19_880);
});

test("three functions: a plan is found exactly when there is one, and none is shorter", () => {
  assert.equal(compareAll(3, 2, straight, true), 67_488);
});

test("two functions: no detour over other values finds a plan where this one finds none", () => {
  assert.equal(
    compareAll(2, 2, () => anything(3), false),
    5_328,
  );
});

test("four functions that all gain a reservation: as few as possible give up provisioned concurrency", () => {
  const gains = [1, 2].flatMap((provisioned) =>
    [1, 2, 3].filter((to) => to >= provisioned).map((to): Case => ({ from: null, provisioned, to })),
  );
  let count = 0;
  for (const set of multisets([...gains, { from: 3, provisioned: 0, to: 0 }], 4))
    for (let unreserved = floor; unreserved <= floor + 9; unreserved++) {
      count++;
      const plan = planOf(set, unreserved);
      const length = shortest(set, unreserved, straight(set));
      const told = JSON.stringify({ set, unreserved, plan, length });
      assert.equal(plan.problems.length > 0 ? undefined : plan.steps.length, length, told);
    }
  assert.equal(count, 1260);
});

test("from below the floor, where Lambda may refuse a lowering that does not reach it: the order is accepted when there is one that is", () => {
  const strict: Rules = { ...cautious, strict: true };
  const cases = casesUpTo(4).filter(({ provisioned, from }) => provisioned === 0 && from !== null);
  const outcomes = { accepted: 0, doubtful: 0 };
  for (const set of multisets(cases, 3))
    for (let unreserved = floor - 5; unreserved < floor; unreserved++) {
      const plan = planOf(set, unreserved);
      if (plan.problems.length > 0) continue;
      const possible = shortest(set, unreserved, straight(set), strict) !== undefined;
      const told = JSON.stringify({ set, unreserved, plan });
      assert.equal(run(strict, set, unreserved, plan) === "at the goal", possible, told);
      assert.equal(
        plan.notes.some((note) => note.startsWith("Lambda may refuse")),
        !possible,
        told,
      );
      outcomes[possible ? "accepted" : "doubtful"]++;
    }
  assert.deepEqual(outcomes, { accepted: 9291, doubtful: 1460 });
});
