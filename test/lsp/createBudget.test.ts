import assert from "node:assert/strict";
import { test } from "node:test";
import { type CreateBudgetResult, createBudgetRequest } from "#protocol";
import { snapshot } from "#support/snapshot.ts";
import { startTestClient, TestFolder } from "#support/testConnection.ts";
import { budget, template } from "./shared.ts";

test("a new budget grants what the templates reserve, and nothing is wrong with it", async (t) => {
  const folder = new TestFolder(t, {
    "orders/template.yaml": template(500),
    "old/template.yaml": template(0, "Legacy"),
    "free/template.yaml": template("!Ref AWS::NoValue"),
  });
  const client = await startTestClient(t, { folders: [folder.uri()] });
  await client.until(() => client.rules(folder.uri("old/template.yaml")).length === 1, "an undeclared 0 is reported");
  const answer: CreateBudgetResult = await client.connection.sendRequest(createBudgetRequest, { folder: folder.uri() });
  assert.equal(answer.uri, folder.uri("concurrency-budget.yaml"));
  assert.equal(answer.exists, false);
  assert.equal(answer.templates, 3);
  const entries = answer.text.split("\n").filter((line) => /^ {2}\S+\/\S+:/.test(line));
  assert.deepEqual(entries, ["  old/Legacy: off", "  orders/Worker: 500"]);

  await client.open(answer.uri, answer.text, "concurrency-budget");
  await client.until(() => client.rules(folder.uri("old/template.yaml")).length === 0, "the 0 is declared");
  assert.deepEqual(client.pushed(answer.uri)?.diagnostics, []);
});

test("a new budget counts open documents and says when there is one already", async (t) => {
  const folder = new TestFolder(t, { "concurrency-budget.yaml": budget, "orders/template.yaml": template(500) });
  const client = await startTestClient(t, { folders: [folder.uri()] });
  await client.open(folder.uri("orders/template.yaml"), template(77));
  const answer: CreateBudgetResult = await client.connection.sendRequest(createBudgetRequest, { folder: folder.uri() });
  assert.equal(answer.exists, true);
  assert.match(answer.text, /^ {2}orders\/Worker: 77$/m);
});

test("a new budget can grant what the account reserves that the server was told of", async (t) => {
  const folder = new TestFolder(t, { "orders/template.yaml": template(500) });
  const client = await startTestClient(t, { folders: [folder.uri()] });
  const params = { folder: folder.uri(), fromAccount: true };
  await assert.rejects(client.connection.sendRequest(createBudgetRequest, params), /No account is connected\./);
  const facts = snapshot({ functions: { "orders-Worker-X": { reserved: 25, in: "orders/Worker" }, old: 7 } });
  await client.notify("lambdaConcurrency/account", { snapshot: facts, links: [] });
  const answer: CreateBudgetResult = await client.connection.sendRequest(createBudgetRequest, params);
  assert.match(answer.text, /^account: "123456789012"\nregion: us-east-1$/m);
  assert.match(answer.text, /^ {2}old: 7\n {2}orders\/Worker: 25$/m);
  assert.equal(answer.left, undefined);
});

test("a folder that is not on disk is refused with a sentence", async (t) => {
  const client = await startTestClient(t);
  await assert.rejects(
    client.connection.sendRequest(createBudgetRequest, { folder: "untitled:x" }),
    /A budget file needs a folder on disk\./,
  );
});
