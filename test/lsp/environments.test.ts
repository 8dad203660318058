import assert from "node:assert/strict";
import { test } from "node:test";
import { startTestClient, TestFolder } from "#support/testConnection.ts";

const production = 'pool: shop\naccount: "123456789012"\nenvironment: production\n';
const tooLarge = `${"#".repeat(10 * 1024 * 1024)}\n`;
const ask = "lambdaConcurrency/environments";

test("budgets of the folder say what is production", async (t) => {
  const folder = new TestFolder(t, { "a/concurrency-budget.yaml": production });
  const client = await startTestClient(t, { folders: [folder.uri()] });
  assert.deepEqual(await client.request(ask, {}), [
    {
      name: "shop",
      account: "123456789012",
      region: null,
      budget: folder.uri("a/concurrency-budget.yaml"),
      environment: "production",
    },
  ]);
});

test("a budget that cannot be read at all is told, wherever it is", async (t) => {
  for (const at of ["a/concurrency-budget.yaml", "concurrency-budget.yaml"]) {
    const folder = new TestFolder(t, { [at]: tooLarge, "b/concurrency-budget.yaml": production });
    const client = await startTestClient(t, { folders: [folder.uri()] });
    assert.equal(await client.request(ask, {}), "unread");
  }
});

test("a budget above the folder that is open counts, up to the root of the repository", async (t) => {
  const text = { "concurrency-budget.yaml": production, "services/orders/readme.md": "" };
  const alone = new TestFolder(t, text);
  const outside = await startTestClient(t, { folders: [alone.uri("services/orders")] });
  assert.deepEqual(await outside.request(ask, {}), []);
  const folder = new TestFolder(t, { ...text, ".git/HEAD": "" });
  const client = await startTestClient(t, { folders: [folder.uri("services/orders")] });
  const [pool, ...others] = await client.request<readonly { environment: string }[]>(ask, {});
  assert.deepEqual([pool?.environment, others], ["production", []]);
});
