import assert from "node:assert/strict";
import { test } from "node:test";
import type { PoolBudgetPlan, PoolTakeOver } from "#core";
import { snapshot } from "#support/snapshot.ts";
import { startTestClient, TestFolder } from "#support/testConnection.ts";
import { template } from "./shared.ts";

const budget = `pool: production
environment: production
account: "123456789012"
region: us-east-1
floor: 100
stacks:
  - template: orders/template.yaml
    name: orders
reservations:
  orders/Worker: 500 # peak
  reports: off
`;

test("what a budget wants of its account, and what it can take over from it", async (t) => {
  const folder = new TestFolder(t, { "concurrency-budget.yaml": budget, "orders/template.yaml": template(500) });
  const client = await startTestClient(t, { folders: [folder.uri()] });
  const uri = folder.uri("concurrency-budget.yaml");
  await client.open(uri, budget, "concurrency-budget");
  const pool = `0 ${uri}`;
  const planned = () => client.request<PoolBudgetPlan | null>("lambdaConcurrency/budgetPlan", { pool });
  const taken = () => client.request<PoolTakeOver | null>("lambdaConcurrency/takeOver", { pool });
  assert.deepEqual([await planned(), await taken()], [null, null], "nobody is connected");
  const facts = snapshot({
    functions: { "orders-Worker-X": { reserved: 25, in: "orders/Worker" }, reports: 0, old: 7 },
  });
  await client.notify("lambdaConcurrency/account", { snapshot: facts, links: [] });
  assert.deepEqual(await planned(), {
    name: "production",
    budget: uri,
    environment: "production",
    identity: facts.identity,
    floor: 100,
    rows: [
      { key: "orders/Worker", name: "orders-Worker-X", granted: 500, off: false, live: 25 },
      { key: "reports", name: "reports", granted: 0, off: true, live: 0 },
    ],
    wanted: [
      { name: "orders-Worker-X", reserved: 500 },
      { name: "reports", reserved: 0 },
    ],
    notPlanned: [],
  });
  const all = await taken();
  assert.deepEqual(all?.entries, [
    { key: "orders/Worker", from: 500, to: 25 },
    { key: "old", from: null, to: 7 },
  ]);
  assert.deepEqual(all?.left, []);
  assert.deepEqual(JSON.stringify(all?.edit).match(/"newText":"[^"]*"/g), [
    '"newText":"25"',
    '"newText":"\\n  old: 7"',
  ]);
  assert.equal(await client.request("lambdaConcurrency/budgetPlan", { pool: "gone" }), null);
});
