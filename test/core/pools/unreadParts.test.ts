import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse, onlyPool, template } from "./analyse.ts";

const stacks = "stacks:\n  - {template: t.yaml, name: shop}\n";
const fn = template({ A: 5, B: "{FunctionName: b, ReservedConcurrentExecutions: 5}".slice(1, -1) });

const poolOf = (budget: string, options = {}) =>
  onlyPool(analyse({ "concurrency-budget.yaml": budget, "t.yaml": fn }, options));

const open: readonly (readonly [what: string, budget: string, reason: string])[] = [
  ["a limit in letters", `limit: 1OO\nfloor: 10\n${stacks}`, "the limit in the budget cannot be read"],
  ["a limit of 0", `limit: 0\nfloor: 10\n${stacks}`, "the limit in the budget cannot be read"],
  ["a limit without a value", `limit:\nfloor: 10\n${stacks}`, "the limit in the budget cannot be read"],
  ["a misspelt limit", `limt: 100\nfloor: 10\n${stacks}`, "the limit in the budget cannot be read"],
  ["a floor in quotes", `limit: 100\nfloor: "9O"\n${stacks}`, "the floor in the budget cannot be read"],
  ["a negative floor", `limit: 100\nfloor: -1\n${stacks}`, "the floor in the budget cannot be read"],
  [
    "instances of 0",
    "limit: 100\nfloor: 10\nstacks:\n  - {template: t.yaml, name: shop, instances: 0}\n",
    "the stacks of the budget cannot be read completely",
  ],
  [
    "misspelt instances",
    "limit: 100\nfloor: 10\nstacks:\n  - {template: t.yaml, name: shop, instancs: 90}\n",
    "the stacks of the budget cannot be read completely",
  ],
  [
    "an environment that is a list",
    "limit: 100\nfloor: 10\nstacks:\n  - {template: t.yaml, name: shop, config: [prod]}\n",
    "the stacks of the budget cannot be read completely",
  ],
  [
    "a parameter that is a mapping",
    "limit: 100\nfloor: 10\nstacks:\n  - {template: t.yaml, name: shop, parameters: {N: {a: 1}}}\n",
    "the stacks of the budget cannot be read completely",
  ],
  [
    "misspelt stacks",
    "limit: 100\nfloor: 10\nstack:\n  - {template: t.yaml}\n",
    "the stacks of the budget cannot be read completely",
  ],
  [
    "the reservation of a function that no template declares",
    `limit: 100\nfloor: 10\n${stacks}reservations: {other: 9O}\n`,
    "the reservation of other cannot be read",
  ],
  [
    "misspelt reservations",
    `limit: 100\nfloor: 10\n${stacks}reservation: {other: 90}\n`,
    "the reservations of the budget cannot be read completely",
  ],
];

for (const [what, budget, reason] of open) {
  test(`with ${what} the pool depends on it`, () => {
    const [pool] = analyse({ "concurrency-budget.yaml": budget, "t.yaml": fn }).pools;
    assert.deepEqual([pool?.ledger.verdict, pool?.unread], ["depends", [reason]]);
  });
}

test("a limit and a floor that another source states are not missed", () => {
  const budget = `limit: 1OO\nfloor: x\n${stacks}`;
  assert.equal(poolOf(budget, { limit: 100, floor: 10 }).ledger.verdict, "fits");
  assert.deepEqual(poolOf(budget, { limit: 100 }).unread, ["the floor in the budget cannot be read"]);
});

test("the grant of a declared function, and a pattern, change nothing of what is claimed", () => {
  const grants = 'reservations: {shop/A: 9O, b: x, "other-*": y}\n';
  const pool = poolOf(`limit: 100\nfloor: 10\n${stacks}${grants}`);
  assert.deepEqual([pool.ledger.verdict, pool.unread], ["fits", []]);
});

test("an environment that does not exist leaves open what it was to set, and that alone", () => {
  const parameters = "Parameters: {N: {Type: Number, Default: 5}, M: {Type: Number, Default: 5}}\n";
  const pool = onlyPool(
    analyse({
      "concurrency-budget.yaml":
        "limit: 100\nfloor: 10\nstacks: [{template: t.yaml, name: shop, config: prdo, parameters: {M: 7}}]\n",
      "samconfig.toml": 'version = 0.1\n[prod.deploy.parameters]\nparameter_overrides = "N=500"\n',
      "t.yaml": template(
        { A: "ReservedConcurrentExecutions: !Ref N", B: "ReservedConcurrentExecutions: !Ref M" },
        parameters,
      ),
    }),
  );
  assert.equal(pool.ledger.verdict, "depends");
  assert.deepEqual(
    pool.claims.map(({ unknown, claim }) => unknown ?? claim.max),
    ["A: parameter N: environment prdo does not exist and may set N", 7],
  );
});
