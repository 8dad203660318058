import assert from "node:assert/strict";
import { test } from "node:test";
import type { BudgetPlan } from "#core";
import { budgetPlan } from "#core/plan/budgetPlan.ts";
import { type ShortSnapshot, snapshot } from "#support/snapshot.ts";
import { analyse, onlyPool, template } from "../pools/analyse.ts";

const head = 'pool: production\naccount: "123456789012"\nregion: us-east-1\n';
const stack = "stacks:\n  - { template: t.yaml, name: shop }\n";

function planOf(budget: string, files: Readonly<Record<string, string>>, short: ShortSnapshot): BudgetPlan {
  const pool = onlyPool(
    analyse({ "concurrency-budget.yaml": head + budget, ...files }, { snapshots: [snapshot(short)] }),
  );
  const plan = budgetPlan(pool);
  assert.ok(plan !== undefined);
  return plan;
}

const rows = ({ rows }: BudgetPlan) =>
  rows.map(({ key, name, live, granted }) => `${key} = ${name}: ${live} to ${granted}`);
const not = ({ notPlanned }: BudgetPlan) => notPlanned.map(({ kind, message }) => `${kind}: ${message}`);

test("declared functions and exact names get what is granted, also by a pattern; names come from the account", () => {
  const budget = `${stack}reservations: { shop/Pay: 30, "shop/*": 10, legacy: off, same: 7 }\n`;
  const functions = {
    "shop-Pay-1": { reserved: 20, in: "shop/Pay" },
    "shop-Mail-1": { reserved: null, in: "shop/Mail" },
    "shop-Other-1": { reserved: 5, in: "shop/Other" },
    legacy: 3,
    same: 7,
    unrelated: 40,
  };
  const plan = planOf(budget, { "t.yaml": template({ Pay: 25, Mail: "Timeout: 3" }) }, { functions });
  assert.deepEqual(rows(plan), [
    "legacy = legacy: 3 to 0",
    "same = same: 7 to 7",
    "shop/Mail = shop-Mail-1: null to 10",
    "shop/Pay = shop-Pay-1: 20 to 30",
  ]);
  assert.deepEqual(plan.wanted, [
    { name: "legacy", reserved: 0 },
    { name: "same", reserved: 7 },
    { name: "shop-Mail-1", reserved: 10 },
    { name: "shop-Pay-1", reserved: 30 },
  ]);
  assert.deepEqual(not(plan), []);
});

test("what cannot be planned is said for each, and is not wanted", () => {
  const budget =
    'stacks:\n  - { template: t.yaml, name: shop }\n  - { template: t.yaml, name: "dev*", instances: 3 }\n' +
    'reservations: { "shop/Gone": 5, "shop/Twice": 5, killed: 9, managed: 3, unread: 4, "old-*": 2, away: off, "dev*/Gone": 5, pay: 6, "shop/Pay": 7 }\n';
  const functions = {
    a: { reserved: 1, in: "shop/Twice" },
    b: { reserved: 1, in: "shop/Twice" },
    pay: { reserved: 1, in: "billing/Pay" },
    killed: { reserved: 0, killTags: { "lambda-concurrency:kill:1": "x" } },
    managed: { reserved: null, outsidePool: "runs on Managed Instances" },
    unread: { reserved: { unknown: "not allowed" } },
    "old-1": 5,
    "dev1-Gone-1": { reserved: 1, in: "dev1/Gone" },
  };
  const files = { "t.yaml": template({ Gone: 5, Twice: 5, Pay: "FunctionName: pay" }) };
  const plan = planOf(budget, files, { functions });
  assert.deepEqual(plan.wanted, [{ name: "pay", reserved: 7 }]);
  assert.deepEqual(not(plan), [
    "missing: shop/Gone: the account has no such function; it may not be deployed yet.",
    "unknown: shop/Twice: which live function it is cannot be said: 2 live functions match.",
    "copies: dev*/Gone: it stands for 3 copies; list their stacks one by one to apply the budget to them.",
    "copies: dev*/Pay: it stands for 3 copies; list their stacks one by one to apply the budget to them.",
    "killed: killed: it was switched off by the kill switch; restore it first.",
    "outside: managed: it takes nothing from the pool (runs on Managed Instances).",
    "unknown: unread: its reservation is not known: not allowed.",
    "pattern: old-*: it applies to no function that a template declares; a budget is applied to those and to functions that it names exactly.",
  ]);
});

test("a killed function that is granted 0 anyway is as wanted", () => {
  const functions = { killed: { reserved: 0, killTags: { "lambda-concurrency:kill:1": "x" } } };
  const plan = planOf("reservations: { killed: off }\n", {}, { functions });
  assert.deepEqual([rows(plan), not(plan)], [["killed = killed: 0 to 0"], []]);
});

test("two entries for one live function: the same number is planned once, different ones are a contradiction", () => {
  const functions = { pay: { reserved: 1, in: "billing/Pay" } };
  const same = planOf("reservations: { pay: 6, billing/Pay: 6 }\n", {}, { functions });
  assert.deepEqual(same.wanted, [{ name: "pay", reserved: 6 }]);
  const two = planOf("reservations: { pay: 6, billing/Pay: 7 }\n", {}, { functions });
  assert.deepEqual(two.wanted, []);
  assert.deepEqual(not(two), ["contradiction: pay: the budget grants it 6 as pay and 7 as billing/Pay."]);
});

test("a pool without facts of an account has no plan", () => {
  assert.equal(budgetPlan(onlyPool(analyse({ "concurrency-budget.yaml": head }))), undefined);
});
