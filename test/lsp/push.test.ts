import assert from "node:assert/strict";
import { test } from "node:test";
import type { Hover, MarkupContent } from "vscode-languageserver/node";
import { startTestClient, TestFolder } from "#support/testConnection.ts";
import { budget, ordersAndPayments, template } from "./shared.ts";

test("a template is checked when it is opened, changed and closed", async (t) => {
  const client = await startTestClient(t);
  const uri = "untitled:Untitled-1";
  await client.open(uri, template(100));
  await client.until(() => client.pushed(uri)?.version === 1, "the first version is checked");
  assert.deepEqual(client.rules(uri), []);

  await client.edit(uri, "100", "950");
  await client.until(() => client.pushed(uri)?.version === 2, "the second version is checked");
  assert.deepEqual(client.rules(uri), ["pool-overcommitted"]);

  await client.close(uri);
  await client.until(() => client.rules(uri).length === 0, "the closed document has no diagnostics");
});

test("a diagnostic carries source, rule, documentation and fix data at the number itself", async (t) => {
  const client = await startTestClient(t);
  const uri = "untitled:Untitled-1";
  await client.open(uri, template(950));
  await client.until(() => client.rules(uri).length > 0, "there is a diagnostic");
  const [diagnostic] = client.pushed(uri)?.diagnostics ?? [];
  assert.equal(diagnostic?.source, "lambda-concurrency");
  assert.equal(diagnostic?.code, "pool-overcommitted");
  assert.match(diagnostic?.codeDescription?.href ?? "", /#pool-overcommitted$/);
  assert.deepEqual(diagnostic?.range, { start: { line: 6, character: 36 }, end: { line: 6, character: 39 } });
  assert.equal(diagnostic?.data.logicalId, "Worker");
});

test("an edit in one file changes the findings in the others, also in those that are not open", async (t) => {
  const folder = ordersAndPayments(t);
  const [budgetUri, orders, payments] = [
    "concurrency-budget.yaml",
    "orders/template.yaml",
    "payments/template.yaml",
  ].map((name) => folder.uri(name)) as [string, string, string];
  const client = await startTestClient(t, { folders: [folder.uri()] });
  await client.idle();
  await client.open(payments, template(400));
  await client.until(() => client.pushed(payments) !== undefined, "the template is checked");
  assert.deepEqual(
    [budgetUri, orders, payments].map((uri) => client.rules(uri)),
    [[], [], []],
  );

  await client.edit(payments, "400", "401");
  await client.until(() => client.rules(orders).length === 1, "the edit has reached the other template");
  assert.deepEqual(
    [budgetUri, orders, payments].map((uri) => client.rules(uri)),
    [["pool-overcommitted"], ["pool-overcommitted"], ["pool-overcommitted"]],
  );

  await client.edit(payments, "401", "400");
  await client.until(() => client.rules(orders).length === 0, "the second edit has reached the other template");
  assert.deepEqual(
    [budgetUri, orders, payments].map((uri) => client.rules(uri)),
    [[], [], []],
  );
});

test("a file whose diagnostics did not change is not sent again", async (t) => {
  const folder = ordersAndPayments(t);
  folder.write("orders/template.yaml", template(0));
  const client = await startTestClient(t, { folders: [folder.uri()] });
  await client.idle();
  const orders = folder.uri("orders/template.yaml");
  const payments = folder.uri("payments/template.yaml");
  await client.until(() => client.rules(orders).length > 0, "the unopened template is checked");
  await client.open(payments, template(400));
  await client.until(() => client.pushed(payments)?.version === 1, "the open template is checked");
  await client.edit(payments, "400", "390");
  await client.until(() => client.pushed(payments)?.version === 2, "the edit is checked");
  const times = client.received.filter(
    ({ method, params }) => method === "textDocument/publishDiagnostics" && (params as { uri: string }).uri === orders,
  ).length;
  assert.equal(times, 1);
});

test("findings of files that are not open are pushed, and taken back when the cause is gone", async (t) => {
  const folder = ordersAndPayments(t);
  folder.write("orders/template.yaml", template(600));
  const client = await startTestClient(t, { folders: [folder.uri()] });
  const orders = folder.uri("orders/template.yaml");
  await client.until(() => client.rules(orders).length > 0, "the unopened template is checked");
  assert.deepEqual([...client.rules(orders)].sort(), ["over-budget", "pool-overcommitted"]);
  assert.equal(client.pushed(orders)?.version, undefined);

  folder.write("orders/template.yaml", template(500));
  await client.watched({ uri: orders, type: 2 });
  await client.until(() => client.rules(orders).length === 0, "the diagnostics are taken back");
});

test("a file that is created, changed and deleted on disk is followed", async (t) => {
  const folder = new TestFolder(t, { "concurrency-budget.yaml": budget });
  const client = await startTestClient(t, { folders: [folder.uri()] });
  const budgetUri = folder.uri("concurrency-budget.yaml");
  const count = (rule: string) => client.rules(budgetUri).filter((each) => each === rule).length;
  await client.until(() => count("stack-not-found") === 2, "both templates are missing");

  folder.write("orders/template.yaml", template(500));
  await client.watched({ uri: folder.uri("orders/template.yaml"), type: 1 });
  await client.until(() => count("stack-not-found") === 1, "one template is there");

  folder.write("orders/template.yaml", template(901));
  await client.watched({ uri: folder.uri("orders/template.yaml"), type: 2 });
  await client.until(() => count("pool-overcommitted") === 1, "the pool is overcommitted");

  folder.remove("orders");
  await client.watched({ uri: folder.uri("orders"), type: 3 });
  await client.until(() => count("stack-not-found") === 2, "the deleted folder is noticed");
});

test("an open document counts, not the file on disk", async (t) => {
  const folder = new TestFolder(t, { "template.yaml": template(10) });
  const client = await startTestClient(t, { folders: [folder.uri()] });
  const uri = folder.uri("template.yaml");
  await client.open(uri, template(950));
  await client.until(() => client.rules(uri).length === 1, "the open text is checked");
  folder.write("template.yaml", template(20));
  await client.watched({ uri, type: 2 });
  await client.idle();
  assert.deepEqual(client.rules(uri), ["pool-overcommitted"]);
  await client.close(uri);
  await client.until(() => client.rules(uri).length === 0, "the text on disk counts again");
});

test("documents that are no templates get nothing", async (t) => {
  const client = await startTestClient(t);
  await client.open("untitled:values", "replicas: 3\nReservedConcurrentExecutions: -1\n");
  await client.open("untitled:template", template(950), "plaintext");
  await client.until(() => client.rules("untitled:template").length === 1, "the template is checked");
  assert.equal(client.pushed("untitled:values"), undefined);
});

test("a change that is older than what the server has is dropped", async (t) => {
  const client = await startTestClient(t);
  const uri = "untitled:Untitled-1";
  await client.open(uri, template(100));
  await client.edit(uri, "100", "950");
  await client.notify("textDocument/didChange", {
    textDocument: { uri, version: 1 },
    contentChanges: [{ text: template(1) }],
  });
  await client.until(() => client.pushed(uri)?.version === 2, "the newer version is checked");
  await client.idle();
  assert.equal(client.pushed(uri)?.version, 2);
  assert.deepEqual(client.rules(uri), ["pool-overcommitted"]);
});

test("several changes in one message and a replacement of everything are applied in order", async (t) => {
  const client = await startTestClient(t);
  const uri = "untitled:Untitled-1";
  await client.open(uri, template(100));
  await client.notify("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [
      { text: template(200) },
      { range: { start: { line: 6, character: 36 }, end: { line: 6, character: 37 } }, text: "9" },
      { range: { start: { line: 6, character: 36 }, end: { line: 6, character: 36 } }, text: "1" },
    ],
  });
  await client.until(() => client.pushed(uri)?.version === 2, "the change is checked");
  assert.match(String(client.pushed(uri)?.diagnostics[0]?.message), /1,?900/);
});

test("a debounced change is checked once, in its last version", async (t) => {
  const client = await startTestClient(t, { options: { debounce: 30 } });
  const uri = "untitled:Untitled-1";
  await client.open(uri, template(100));
  await client.edit(uri, "100", "940");
  await client.edit(uri, "940", "950");
  await client.until(() => client.pushed(uri) !== undefined, "it is checked");
  assert.equal(client.pushed(uri)?.version, 3);
  assert.equal(client.of("textDocument/publishDiagnostics").length, 1);
});

test("a document in the language of budget files is a budget, whatever it is called, as long as it has that language", async (t) => {
  const client = await startTestClient(t);
  const uri = "untitled:Untitled-2";
  await client.open(uri, "limt: 10\n", "concurrency-budget");
  await client.until(() => client.rules(uri).length > 0, "the new budget is checked");
  assert.deepEqual(client.rules(uri), ["budget-invalid"]);
  await client.edit(uri, "limt", "limit");
  await client.until(() => client.rules(uri).length === 0, "the key is right");
  const { contents } = await client.request<Hover>("textDocument/hover", client.at(uri, "limit"));
  assert.match((contents as MarkupContent).value, /^\*\*limit\*\*/);

  await client.edit(uri, "limit", "limt");
  await client.until(() => client.rules(uri).length > 0, "the key is wrong again");
  await client.close(uri);
  await client.open(uri, "limt: 10\n", "yaml");
  await client.until(() => client.rules(uri).length === 0, "plain YAML is no budget");
});

test("a file opened as a budget is what its name says again once it is closed", async (t) => {
  const folder = new TestFolder(t, { "pools.yaml": "limt: 10\n", "template.yaml": template(950) });
  const client = await startTestClient(t, { folders: [folder.uri()] });
  const uri = folder.uri("pools.yaml");
  await client.open(uri, "limt: 10\n", "concurrency-budget");
  await client.until(() => client.rules(uri).length > 0, "it is checked as a budget");
  await client.close(uri);
  await client.until(() => client.rules(uri).length === 0, "it is no budget on disk");
  assert.deepEqual(client.rules(folder.uri("template.yaml")), ["pool-overcommitted"]);
});

test("a budget that is not saved yet finds the templates of the folder it will be in", async (t) => {
  const folder = new TestFolder(t, { "template.yaml": template(950) });
  const client = await startTestClient(t, { folders: [folder.uri()] });
  const uri = folder.uri("concurrency-budget.yaml").replace("file:", "untitled:");
  await client.open(uri, "limit: 1000\nstacks:\n  - template: template.yaml\n", "concurrency-budget");
  await client.until(() => client.rules(uri).length > 0, "the new budget is checked");
  assert.deepEqual(client.rules(uri), ["pool-overcommitted"]);
});

test("a budget that is nowhere yet says that it must be saved before its templates can be found", async (t) => {
  const client = await startTestClient(t);
  await client.open("untitled:Untitled-3", "stacks:\n  - template: template.yaml\n", "concurrency-budget");
  await client.until(() => client.rules("untitled:Untitled-3").length > 0, "the new budget is checked");
  assert.deepEqual(
    client.pushed("untitled:Untitled-3")?.diagnostics.map(({ message }) => message),
    ["Save the budget first: template.yaml is looked for in its folder."],
  );
});

test("a budget under a name that is not quite that of a budget is told so on its first line, in the document alone", async (t) => {
  const folder = new TestFolder(t, { "Concurrency-Budget.yaml": budget });
  const uri = folder.uri("Concurrency-Budget.yaml");
  const client = await startTestClient(t, { folders: [folder.uri()] });
  await client.open(uri, budget);
  await client.until(() => client.rules(uri).length > 0, "the name is reported");
  const [diagnostic] = client.pushed(uri)?.diagnostics ?? [];
  assert.deepEqual(
    [diagnostic?.code, diagnostic?.severity, diagnostic?.range],
    ["not-checked", 3, { start: { line: 0, character: 0 }, end: { line: 0, character: 16 } }],
  );
  await client.close(uri);
  await client.until(() => client.rules(uri).length === 0, "nothing is said about a closed document");
});
