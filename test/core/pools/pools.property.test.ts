import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { analyse, onlyPool, template } from "./analyse.ts";

const functions = fc.dictionary(fc.constantFrom("A", "B", "C", "D"), fc.nat(60), { minKeys: 1 });
const stacks = fc.array(fc.record({ functions, instances: fc.integer({ min: 1, max: 3 }) }), {
  minLength: 1,
  maxLength: 4,
});
const grants = fc.dictionary(
  fc.constantFrom("s0/A", "s0/B", "s1/A", "s9/X", "somewhere-else", "s0*/*", "*", "s1*/A", "no*where"),
  fc.nat(60),
);

type Stacks = readonly { readonly functions: Readonly<Record<string, number>>; readonly instances: number }[];

const nameOf = (i: number, instances: number) => (instances === 1 ? `s${i}` : `s${i}-*`);

function poolOf(all: Stacks, granted: Readonly<Record<string, number>>, limit = 1000) {
  const files: Record<string, string> = {};
  let budget = `limit: ${limit}\nfloor: 100\nstacks:\n`;
  all.forEach((one, i) => {
    files[`t${i}.yaml`] = template(one.functions);
    budget += `  - { template: t${i}.yaml, name: "${nameOf(i, one.instances)}", instances: ${one.instances} }\n`;
  });
  budget += "reservations:\n";
  for (const [pattern, count] of Object.entries(granted)) budget += `  "${pattern}": ${count}\n`;
  return onlyPool(analyse({ ...files, "concurrency-budget.yaml": budget }));
}

/** The pool's sum, written down a second time as the format is described: what is declared, and what is only granted by exact name. */
function oracle(all: Stacks, granted: Readonly<Record<string, number>>): number {
  let total = 0;
  const keys = new Set<string>();
  all.forEach(({ functions, instances }, i) => {
    for (const [id, count] of Object.entries(functions)) {
      total += count * instances;
      keys.add(`${nameOf(i, instances)}/${id}`);
    }
  });
  for (const [pattern, count] of Object.entries(granted))
    if (!pattern.includes("*") && !keys.has(pattern)) total += count;
  return total;
}

test("a pool claims what its stacks declare, times their copies, and what only the budget knows", () => {
  fc.assert(
    fc.property(stacks, grants, (all, granted) => {
      const pool = poolOf(all, granted);
      const total = oracle(all, granted);
      assert.equal(pool.ledger.claimed, total);
      assert.equal(pool.ledger.verdict, total === 0 || total <= 900 ? "fits" : "over");
    }),
    { numRuns: 150 },
  );
});

test("the order of stacks and grants changes no sum and no grant", () => {
  fc.assert(
    fc.property(stacks, grants, (all, granted) => {
      const here = poolOf(all, granted);
      const reversed = Object.fromEntries(Object.entries(granted).reverse());
      const there = poolOf(all, reversed);
      const grantsOf = (pool: typeof here) => pool.claims.map(({ key, grant }) => [key, grant?.pattern]);
      assert.deepEqual(grantsOf(there), grantsOf(here));
      assert.deepEqual(
        [there.granted, there.ledger.claimed, there.onlyBudgeted.length],
        [here.granted, here.ledger.claimed, here.onlyBudgeted.length],
      );
    }),
    { numRuns: 100 },
  );
});
