import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { boundsOf } from "#core/ledger/bounds.ts";
import { headroomOf } from "#core/ledger/headroom.ts";
import { analyse, onlyPool } from "../pools/analyse.ts";
import { assignmentsOf, claimsUnder, claimUnder, type RandomStack, randomStack, templatesOf } from "./randomStack.ts";

/** The pool of a stack, with the sums of every deployment that CloudFormation accepts. */
function look(stack: RandomStack, limit: number) {
  const { parent, child } = templatesOf(stack);
  const pool = onlyPool(analyse({ "parent.json": parent, "child.json": child }, { limit, floor: 10 }));
  const sums = assignmentsOf(stack).flatMap((values) => claimUnder(stack, values) ?? []);
  return { pool, sums, min: Math.min(...sums), max: Math.max(...sums) };
}

/**
 * Can the bounds be exact? Not where a text parameter is a reservation, where two parameters are compared, or where a number
 * between bounds stands beside provisioned concurrency, for "none" counts as possible there.
 */
function isClassed(stack: RandomStack): boolean {
  const text = JSON.stringify([stack.conditions, stack.functions]);
  const refersToText = stack.parameters.some(
    ({ kind }, i) => kind === "free" && text.includes(`{"is":"ref","parameter":${i}}`),
  );
  const maybeNone = stack.functions.some(
    ({ reserved, provisioned }) => provisioned !== undefined && JSON.stringify(reserved).includes('"ref"'),
  );
  return !refersToText && !maybeNone && !text.includes('"is":"same"');
}

test("the bounds of a stack hold all its deployments", () => {
  fc.assert(
    fc.property(randomStack, (stack) => {
      const { pool, sums, min, max } = look(stack, 1000);
      fc.pre(sums.length > 0);
      const bounds = boundsOf(pool.ledger.claimed);
      const detail = JSON.stringify(templatesOf(stack));
      assert.ok(bounds.min <= min && (bounds.max ?? Number.POSITIVE_INFINITY) >= max, detail);
    }),
    { numRuns: 1_000 },
  );
});

test("the bounds of a stack whose parameters all have classes are the extremes of its deployments", () => {
  fc.assert(
    fc.property(randomStack.filter(isClassed), (stack) => {
      const { pool, sums, min, max } = look(stack, 1000);
      fc.pre(sums.length > 0);
      assert.deepEqual(boundsOf(pool.ledger.claimed), { min, max }, JSON.stringify(templatesOf(stack)));
    }),
    { numRuns: 500 },
  );
});

test("no verdict is contradicted by a deployment", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(randomStack, fc.integer({ min: 10, max: 120 }), (stack, limit) => {
      const { pool, sums } = look(stack, limit);
      const { verdict } = pool.ledger;
      const over = sums.filter((sum) => sum > 0 && limit - sum < 10);
      seen.add(verdict);
      const possible = { fits: over.length === 0, over: over.length === sums.length, depends: true };
      assert.ok(possible[verdict], JSON.stringify({ verdict, over, ...templatesOf(stack) }));
    }),
    { numRuns: 1_000 },
  );
  assert.deepEqual([...seen].sort(), ["depends", "fits", "over"]);
});

test("what a function can be given at most is what all deployments leave it", () => {
  fc.assert(
    fc.property(randomStack, fc.integer({ min: 10, max: 120 }), (stack, limit) => {
      if (!isClassed(stack)) return;
      const { pool } = look(stack, limit);
      const deployments = assignmentsOf(stack).flatMap((values) => {
        const claims = claimsUnder(stack, values);
        return claims ? [claims] : [];
      });
      if (deployments.length === 0) return;
      for (const claim of pool.claims) {
        const own = Number(claim.function.logicalId.slice(1));
        const rooms = deployments.map((claims) => {
          const others = claims.reduce((sum, one, i) => (i === own ? sum : sum + one), 0);
          return Math.max(0, limit - 10 - others);
        });
        const bounds = boundsOf(headroomOf(pool.ledger, claim));
        const expected = { min: Math.min(...rooms), max: Math.max(...rooms) };
        assert.deepEqual(bounds, expected, `${claim.key} ${JSON.stringify(templatesOf(stack))}`);
      }
    }),
    { numRuns: 500 },
  );
});
