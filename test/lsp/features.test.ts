import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  Diagnostic,
  DocumentLink,
  DocumentSymbol,
  Hover,
  InlayHint,
  Location,
  MarkupContent,
  WorkspaceEdit,
} from "vscode-languageserver/node";
import { startTestClient } from "#support/testConnection.ts";
import { budget, ordersAndPayments, template } from "./shared.ts";

/** Budget and both templates open, the pool overcommitted by 1. */
async function opened(t: TestContext) {
  const folder = ordersAndPayments(t);
  const client = await startTestClient(t, { folders: [folder.uri()] });
  const uris = {
    budget: folder.uri("concurrency-budget.yaml"),
    orders: folder.uri("orders/template.yaml"),
    payments: folder.uri("payments/template.yaml"),
  };
  await client.open(uris.budget, budget, "concurrency-budget");
  await client.open(uris.orders, template(500));
  await client.open(uris.payments, template(401));
  return { client, ...uris };
}

const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

test("hover over a reservation speaks of its pool", async (t) => {
  const { client, orders } = await opened(t);
  const hover = await client.request<Hover>("textDocument/hover", client.at(orders, "500", 1));
  assert.equal((hover.contents as MarkupContent).kind, "markdown");
  assert.match((hover.contents as MarkupContent).value, /production/);
});

test("hover over other people's business says nothing", async (t) => {
  const { client, orders } = await opened(t);
  assert.equal(await client.request("textDocument/hover", client.at(orders, "index.handler", 1)), null);
});

test("completion in a budget knows its keys", async (t) => {
  const { client, budget: uri } = await opened(t);
  await client.edit(uri, "limit: 1000\n", "limit: 1000\nkee\n");
  const items = await client.request<CompletionItem[]>("textDocument/completion", client.at(uri, "kee", 3));
  assert.ok(items.some(({ label }) => label === "keep-unreserved"));
});

test("a quick fix lowers the reservation to what fits", async (t) => {
  const { client, payments } = await opened(t);
  await client.until(() => client.rules(payments).length > 0, "the overcommitted pool is reported");
  const { textDocument, position } = client.at(payments, "401");
  const diagnostics = client.pushed(payments)?.diagnostics as Diagnostic[];
  const actions = await client.request<CodeAction[]>("textDocument/codeAction", {
    textDocument,
    range: { start: position, end: position },
    context: { diagnostics, only: ["quickfix"] },
  });
  const edits = actions.map(({ edit }) => JSON.stringify(edit));
  assert.ok(
    edits.some((edit) => edit?.includes('"400"')),
    edits.join("\n"),
  );
});

test("inlay hints, lenses, outline and links are there", async (t) => {
  const { client, budget: budgetUri, orders } = await opened(t);
  const about = (uri: string) => ({ textDocument: { uri } });
  const hints = await client.request<InlayHint[]>("textDocument/inlayHint", { ...about(orders), range: whole });
  assert.equal(hints.length > 0, true);
  const lenses = await client.request<CodeLens[]>("textDocument/codeLens", about(budgetUri));
  assert.match(lenses[0]?.command?.title ?? "", /901/);
  const symbols = await client.request<DocumentSymbol[]>("textDocument/documentSymbol", about(budgetUri));
  assert.deepEqual(
    symbols.map(({ name }) => name),
    ["production"],
  );
  const links = await client.request<DocumentLink[]>("textDocument/documentLink", about(budgetUri));
  assert.deepEqual(
    links.map(({ target }) => target?.split("/").slice(-2).join("/")),
    ["orders/template.yaml", "payments/template.yaml"],
  );
});

test("a lens shows its places with the command that the client names", async (t) => {
  const folder = ordersAndPayments(t);
  const options = { showPlacesCommand: "editor.showPlaces" };
  const client = await startTestClient(t, { folders: [folder.uri()], options });
  const uri = folder.uri("concurrency-budget.yaml");
  await client.open(uri, budget, "concurrency-budget");
  const [lens] = await client.request<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
  assert.ok(lens?.command);
  assert.equal(lens.command.command, "editor.showPlaces");
  const [at, , places] = lens.command.arguments as [string, unknown, Location[]];
  assert.equal(at, uri);
  assert.deepEqual(
    places.map((place) => place.uri),
    [folder.uri("orders/template.yaml"), folder.uri("payments/template.yaml")],
  );
});

test("definition and references lead from a budget entry to its function and back", async (t) => {
  const { client, budget: budgetUri, orders } = await opened(t);
  const entry = client.at(budgetUri, "orders/Worker", 2);
  const definition = await client.request<Location[]>("textDocument/definition", entry);
  assert.deepEqual(
    definition.map(({ uri }) => uri),
    [orders],
  );
  const references = await client.request<Location[]>("textDocument/references", {
    ...entry,
    context: { includeDeclaration: true },
  });
  assert.deepEqual([...new Set(references.map(({ uri }) => uri))].sort(), [budgetUri, orders].sort());
});

test("renaming a stack renames what speaks of it, with the version of the document", async (t) => {
  const { client, budget: budgetUri } = await opened(t);
  const at = client.at(budgetUri, "name: orders", 7);
  const prepared = await client.request<{ placeholder: string }>("textDocument/prepareRename", at);
  assert.equal(prepared.placeholder, "orders");
  const edit = await client.request<WorkspaceEdit>("textDocument/rename", { ...at, newName: "shop" });
  const [change] = edit.documentChanges as { textDocument: object; edits: { newText: string }[] }[];
  assert.deepEqual(change?.textDocument, { uri: budgetUri, version: 1 });
  assert.equal(change?.edits.length, 2);
});

test("a client without location links gets locations, one without Markdown plain text", async (t) => {
  const folder = ordersAndPayments(t);
  const client = await startTestClient(t, { capabilities: {}, folders: [folder.uri()] });
  const uri = folder.uri("orders/template.yaml");
  await client.open(uri, template(500));
  const hover = await client.request<Hover>("textDocument/hover", client.at(uri, "500", 1));
  assert.equal((hover.contents as MarkupContent).kind, "plaintext");
  const [definition] = await client.request<Location[]>("textDocument/definition", client.at(uri, "500", 1));
  assert.equal(definition?.uri, folder.uri("concurrency-budget.yaml"));
});

test("features answer with nothing for a document that is not open or is no template", async (t) => {
  const { client } = await opened(t);
  await client.open("untitled:values", "replicas: 3\n");
  for (const uri of ["untitled:values", "untitled:gone", "file:///nowhere/template.yaml", "git:/x?y"]) {
    const textDocument = { uri };
    const position = { line: 0, character: 0 };
    assert.equal(await client.request("textDocument/hover", { textDocument, position }), null);
    assert.deepEqual(await client.request("textDocument/codeLens", { textDocument }), []);
    assert.deepEqual(await client.request("textDocument/documentSymbol", { textDocument }), []);
  }
});

test("what AWS never accepts is an error while it is typed, with its fix, and hover says so", async (t) => {
  const client = await startTestClient(t);
  const uri = "untitled:Untitled-1";
  await client.open(uri, template(5));
  await client.edit(uri, "5", "-1");
  await client.until(() => client.rules(uri).includes("never-accepted"), "the refused number is reported");
  const { textDocument, position } = client.at(uri, "Executions: -1", 12);
  const hover = await client.request<Hover>("textDocument/hover", { textDocument, position });
  assert.match((hover.contents as MarkupContent).value, /reserved \*\*-1\*\*, which AWS refuses: \\-1 is below 0\n/);
  assert.match((hover.contents as MarkupContent).value, /` cannot be deployed/);
  const diagnostics = client.pushed(uri)?.diagnostics as Diagnostic[];
  const actions = await client.request<CodeAction[]>("textDocument/codeAction", {
    textDocument,
    range: { start: position, end: position },
    context: { diagnostics },
  });
  assert.deepEqual(
    actions.filter(({ isPreferred }) => isPreferred).map(({ title }) => title.replace(/from .*/, "")),
    ["Remove ReservedConcurrentExecutions "],
  );
});
