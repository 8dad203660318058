import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CancellationTokenSource,
  type DocumentDiagnosticReport,
  type FullDocumentDiagnosticReport,
  LSPErrorCodes,
  type ResponseError,
  type WorkspaceDiagnosticReport,
  WorkspaceDiagnosticRequest,
} from "vscode-languageserver/node";
import { pulling, rulesOf, startTestClient, type TestClient, TestFolder } from "#support/testConnection.ts";
import { ordersAndPayments, template } from "./shared.ts";

async function pull(client: TestClient, uri: string, previousResultId?: string) {
  return client.request<DocumentDiagnosticReport>("textDocument/diagnostic", {
    textDocument: { uri },
    ...(previousResultId !== undefined && { previousResultId }),
  });
}

function rulesIn(report: DocumentDiagnosticReport | undefined) {
  assert.equal(report?.kind, "full");
  return rulesOf((report as FullDocumentDiagnosticReport).items);
}

function pullWorkspace(client: TestClient, previousResultIds: readonly { uri: string; value: string }[] = []) {
  return client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds });
}

test("an open document is pulled in its newest version, and unchanged diagnostics are said to be unchanged", async (t) => {
  const client = await startTestClient(t, { capabilities: pulling });
  const uri = "untitled:Untitled-1";
  await client.open(uri, template(950));
  const first = await pull(client, uri);
  assert.deepEqual(rulesIn(first), ["pool-overcommitted"]);
  assert.deepEqual(await pull(client, uri, first.resultId), { kind: "unchanged", resultId: first.resultId });

  await client.edit(uri, "950", "100");
  const second = await pull(client, uri, first.resultId);
  assert.deepEqual(rulesIn(second), []);
  assert.notEqual(second.resultId, first.resultId);
});

test("a client that pulls is never pushed to", async (t) => {
  const folder = ordersAndPayments(t);
  folder.write("orders/template.yaml", template(600));
  const client = await startTestClient(t, { capabilities: pulling, folders: [folder.uri()] });
  await client.open(folder.uri("payments/template.yaml"), template(400));
  await client.edit(folder.uri("payments/template.yaml"), "400", "900");
  await client.idle();
  assert.deepEqual(rulesIn(await pull(client, folder.uri("payments/template.yaml"))).length > 0, true);
  assert.deepEqual(client.of("textDocument/publishDiagnostics"), []);
});

test("a client that does not pull is told so when it tries", async (t) => {
  const client = await startTestClient(t);
  await assert.rejects(pull(client, "untitled:1"), (error: ResponseError<void>) => error.code === -32601);
});

test("the workspace is pulled with the files that are not open, and only what changed a second time", async (t) => {
  const folder = ordersAndPayments(t);
  folder.write("payments/template.yaml", template(401));
  const client = await startTestClient(t, { capabilities: pulling, folders: [folder.uri()] });
  const orders = folder.uri("orders/template.yaml");
  await client.open(orders, template(500));
  const { items } = await pullWorkspace(client);
  assert.deepEqual(items.map((item) => [item.uri, item.version, rulesIn(item)]).sort(), [
    [folder.uri("concurrency-budget.yaml"), null, ["pool-overcommitted"]],
    [orders, 1, ["pool-overcommitted"]],
    [folder.uri("payments/template.yaml"), null, ["pool-overcommitted"]],
  ]);

  const known = items.map(({ uri, resultId }) => ({ uri, value: resultId ?? "" }));
  const again = await pullWorkspace(client, known);
  assert.deepEqual(
    again.items.map(({ kind }) => kind),
    ["unchanged", "unchanged", "unchanged"],
  );

  await client.edit(orders, "500", "499");
  const mended = await pullWorkspace(client, known);
  assert.deepEqual(
    mended.items.map((item) => rulesIn(item)),
    [[], [], []],
  );
});

test("a workspace pull streams its parts when the client asks for them", async (t) => {
  const files = Array.from({ length: 120 }, (_, index) => [`s${index}/template.yaml`, template(950)] as const);
  const folder = new TestFolder(t, Object.fromEntries(files));
  const client = await startTestClient(t, { capabilities: pulling, folders: [folder.uri()] });
  const parts: number[] = [];
  client.connection.onProgress(WorkspaceDiagnosticRequest.partialResult, "part", ({ items }) => {
    parts.push(items.length);
  });
  const answer = await client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", {
    previousResultIds: [],
    partialResultToken: "part",
  });
  assert.deepEqual(parts, [50, 50, 20]);
  assert.deepEqual(answer.items, []);
});

test("a file that is gone is reported without diagnostics to those who knew some", async (t) => {
  const folder = new TestFolder(t, { "template.yaml": template(950) });
  const client = await startTestClient(t, { capabilities: pulling, folders: [folder.uri()] });
  const uri = folder.uri("template.yaml");
  const [before] = (await pullWorkspace(client)).items;
  assert.deepEqual(rulesIn(before), ["pool-overcommitted"]);
  folder.remove("template.yaml");
  await client.watched({ uri, type: 3 });
  const [after] = (await pullWorkspace(client, [{ uri, value: before?.resultId ?? "" }])).items;
  assert.deepEqual(rulesIn(after), []);
});

test("the client is asked to pull again when an edit changes another file, and only then", async (t) => {
  const folder = ordersAndPayments(t);
  const client = await startTestClient(t, { capabilities: pulling, folders: [folder.uri()] });
  const uri = folder.uri("payments/template.yaml");
  await client.open(uri, template(400));
  await pull(client, uri);
  await client.edit(uri, "400", "399");
  await client.idle();
  assert.deepEqual(client.of("workspace/diagnostic/refresh"), []);
  await client.edit(uri, "399", "401");
  await client.until(() => client.of("workspace/diagnostic/refresh").length === 1, "a refresh is asked for");
});

test("hints and lenses are refreshed when an edit changes the pool of another open document", async (t) => {
  const folder = ordersAndPayments(t);
  const client = await startTestClient(t, { capabilities: pulling, folders: [folder.uri()] });
  await client.open(folder.uri("orders/template.yaml"), template(500));
  await client.open(folder.uri("payments/template.yaml"), template(400));
  await client.idle();
  const refreshes = () =>
    ["workspace/inlayHint/refresh", "workspace/codeLens/refresh"].map((method) => client.of(method).length);
  const [hints = 0, lenses = 0] = refreshes();
  await client.edit(folder.uri("payments/template.yaml"), "400", "399");
  await client.until(() => refreshes()[1] === lenses + 1, "lenses are refreshed");
  assert.deepEqual(refreshes(), [hints + 1, lenses + 1]);
});

test("a request that is cancelled is answered as cancelled", async (t) => {
  const files = Array.from({ length: 300 }, (_, index) => [`s${index}/template.yaml`, template(950)] as const);
  const folder = new TestFolder(t, Object.fromEntries(files));
  const client = await startTestClient(t, { capabilities: pulling, folders: [folder.uri()] });
  const source = new CancellationTokenSource();
  const answer = client.connection.sendRequest("workspace/diagnostic", { previousResultIds: [] }, source.token);
  source.cancel();
  await assert.rejects(answer, (error: ResponseError<void>) => error.code === LSPErrorCodes.RequestCancelled);
  assert.equal((await pullWorkspace(client)).items.length, 300);
});
