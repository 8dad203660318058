import assert from "node:assert/strict";
import { test } from "node:test";
import { draftFromAccount, formatBudget } from "#core";
import { type ShortSnapshot, snapshot } from "#support/snapshot.ts";
import { sceneOf } from "../features/scene.ts";
import { analyse, template } from "../pools/analyse.ts";

const short: ShortSnapshot = {
  alias: "shop",
  limit: 2000,
  functions: {
    "shop-Pay-1": { reserved: 20, in: "shop/Pay" },
    "shop-Mail-1": { reserved: null, in: "shop/Mail" },
    "billing-Run-1": { reserved: 7, in: "billing/Run" },
    alone: 5,
    off: 0,
    killed: { reserved: 0, killTags: { "lambda-concurrency:kill:1": "x" } },
    hidden: { reserved: { unknown: "not allowed" } },
    managed: { reserved: null, outsidePool: "runs on Managed Instances" },
  },
};

const files = { "shop/template.yaml": template({ Pay: 25, Mail: "Timeout: 3" }) };

function draftOf(facts: ShortSnapshot) {
  const account = snapshot(facts);
  const analysis = analyse(files, { snapshots: [account], linkAll: true });
  return draftFromAccount("file:///w", analysis, account);
}

test("a budget from an account grants what is reserved there, by the names that templates have", () => {
  const { budget, left } = draftOf(short);
  assert.deepEqual(
    [budget.pool, budget.account, budget.region, budget.limit],
    ["shop", "123456789012", "us-east-1", 2000],
  );
  assert.deepEqual(
    budget.stacks.map(({ name }) => name),
    ["shop"],
  );
  assert.deepEqual(budget.reservations, [
    { key: "shop/Pay", reserved: 20 },
    { key: "billing/Run", reserved: 7 },
    { key: "alone", reserved: 5 },
    { key: "off", reserved: "off" },
    { key: "killed", reserved: "off", comment: "switched off by the kill switch: write what it needs" },
  ]);
  assert.deepEqual(left, ["hidden: its reservation is not known: not allowed."]);
});

test("compared with its account, such a budget differs in nothing", () => {
  const { killed: _, hidden: __, ...functions } = short.functions ?? {};
  const facts = { ...short, functions };
  const text = formatBudget(draftOf(facts).budget);
  const { context } = sceneOf({ ...files, "concurrency-budget.yaml": text }, { snapshots: [snapshot(facts)] });
  const rules = context.analysis.findings
    .filter(({ place }) => place.uri.endsWith("budget.yaml"))
    .map(({ rule }) => rule);
  assert.equal(rules.includes("budget-invalid"), false);
  assert.equal(rules.includes("stack-not-found"), false);
  const [pool] = context.analysis.pools;
  assert.ok(pool?.live);
  assert.deepEqual(pool.live.unclaimed, []);
  assert.deepEqual(
    pool.claims.map(({ key, grant }) => [key, grant?.reserved]),
    [
      ["shop/Pay", 20],
      ["shop/Mail", undefined],
    ],
  );
});

test("functions that were not listed yet are said to be missing", () => {
  const { left } = draftFromAccount("file:///w", analyse({}), {
    ...snapshot({ functions: { alone: 5 } }),
    functionCount: 3,
    reading: { state: "partial", known: 1, listed: 1 },
  });
  assert.deepEqual(left, ["The account has 3 functions, of which 1 were read."]);
});

test("only templates of which the account has a function are listed, under the name of their stack there", () => {
  const facts: ShortSnapshot = { functions: { pay: { reserved: 20, in: "shop-prod/Pay" } } };
  const account = snapshot(facts);
  const texts = {
    "shop/template.yaml": template({ Pay: "FunctionName: pay" }),
    "other/template.yaml": template({ Elsewhere: 5 }),
  };
  const analysis = analyse(texts, { snapshots: [account], linkAll: true });
  const { budget } = draftFromAccount("file:///w", analysis, account);
  assert.deepEqual(budget.stacks, [{ template: "shop/template.yaml", name: "shop-prod" }]);
  assert.deepEqual(budget.reservations, [{ key: "shop-prod/Pay", reserved: 20 }]);
});
