import assert from "node:assert/strict";
import { test } from "node:test";
import type { PoolBudgetPlan, PoolGrants, PoolTakeOver } from "#core";
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

test("what somebody typed is written to the budget: entries where they stand, and beside a pattern a new one", async (t) => {
  const text = budget.replace("orders/Worker", '"orders/W*"');
  const folder = new TestFolder(t, { "concurrency-budget.yaml": text, "orders/template.yaml": template(500) });
  const client = await startTestClient(t, { folders: [folder.uri()] });
  const uri = folder.uri("concurrency-budget.yaml");
  await client.open(uri, text, "concurrency-budget");
  const write = (grants: Readonly<Record<string, number>>, pool = `0 ${uri}`) =>
    client.request<PoolGrants | null>("lambdaConcurrency/poolGrants", { pool, grants });
  const texts = (written: PoolGrants | null) => JSON.stringify(written?.edit).match(/"newText":"[^"]*"/g);
  const some = await write({ "orders/Worker": 40, reports: 9 });
  assert.deepEqual(some?.left, []);
  assert.deepEqual(texts(some), ['"newText":"9"', '"newText":"\\n  orders/Worker: 40"']);
  assert.equal(texts(await write({ "orders/Worker": 500 })), null, "what it grants already is not written");
  assert.equal(await write({}, "gone"), null);
  await client.edit(uri, "500 # peak", "many");
  const refused = await write({ "orders/Worker": 40 });
  assert.equal(texts(refused), null);
  assert.match(refused?.left[0] ?? "", /^The budget file has mistakes; mend them first\. /);
});
