import assert from "node:assert/strict";
import { test } from "node:test";
import { pulling, pushing, startTestClient, TestFolder } from "#support/testConnection.ts";
import { template } from "./shared.ts";

test("the server offers each feature once", async (t) => {
  const client = await startTestClient(t, { capabilities: pulling });
  const { capabilities, serverInfo } = client.initialized;
  assert.deepEqual(serverInfo, { name: "lambda-concurrency" });
  assert.deepEqual(capabilities.textDocumentSync, { openClose: true, change: 2, save: { includeText: false } });
  assert.deepEqual(capabilities.diagnosticProvider, {
    identifier: "lambda-concurrency",
    interFileDependencies: true,
    workspaceDiagnostics: true,
  });
  assert.deepEqual(capabilities.codeActionProvider, { codeActionKinds: ["quickfix", "refactor.rewrite"] });
  assert.deepEqual(capabilities.renameProvider, { prepareProvider: true });
  for (const feature of [
    "hoverProvider",
    "completionProvider",
    "inlayHintProvider",
    "codeLensProvider",
    "documentSymbolProvider",
    "definitionProvider",
    "referencesProvider",
    "documentLinkProvider",
  ] as const) {
    assert.ok(capabilities[feature], feature);
  }
});

test("a client that does not pull is not offered pulled diagnostics", async (t) => {
  const client = await startTestClient(t, { capabilities: pushing });
  assert.equal(client.initialized.capabilities.diagnosticProvider, undefined);
});

test("a client that cannot show code actions is offered none", async (t) => {
  const client = await startTestClient(t, { capabilities: {} });
  assert.equal(client.initialized.capabilities.codeActionProvider, undefined);
  assert.equal(client.initialized.capabilities.renameProvider, true);
});

test("the server asks for watchers and configuration when the client can be asked", async (t) => {
  const client = await startTestClient(t, { capabilities: pushing });
  await client.until(() => client.of("client/registerCapability").length === 2, "both registrations have come");
  const methods = client
    .of("client/registerCapability")
    .flatMap((params) => (params as { registrations: { method: string }[] }).registrations.map(({ method }) => method));
  assert.deepEqual(methods.sort(), ["workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles"]);
});

test("a client that can do nothing is asked for nothing and still gets its diagnostics", async (t) => {
  const folder = new TestFolder(t, { "template.yaml": template(950) });
  const client = await startTestClient(t, { capabilities: {}, folders: [folder.uri()] });
  const uri = folder.uri("template.yaml");
  await client.until(() => client.rules(uri).length > 0, "the template is checked");
  assert.deepEqual(client.rules(uri), ["pool-overcommitted"]);
  assert.deepEqual(Object.keys(client.pushed(uri)?.diagnostics[0] ?? {}).sort(), [
    "code",
    "message",
    "range",
    "severity",
    "source",
  ]);
  assert.deepEqual(client.of("client/registerCapability"), []);
  assert.deepEqual(client.of("workspace/configuration"), []);
});

test("the status says what was found", async (t) => {
  const folder = new TestFolder(t, { "template.yaml": template(950), "values.yaml": "a: 1\n" });
  const client = await startTestClient(t, { folders: [folder.uri()] });
  await client.until(() => client.status?.warnings === 1, "the warning is counted");
  assert.equal((client.of("lambdaConcurrency/status")[0] as { state: string }).state, "busy");
  const { pools, ...status } = client.status ?? { pools: [] };
  assert.deepEqual(status, {
    state: "idle",
    poolCount: 1,
    budgets: 0,
    templates: 1,
    errors: 0,
    warnings: 1,
    information: 0,
    notes: [],
  });
  assert.deepEqual(
    pools.map(({ limit, limitSource, floor, claimed, unreserved, verdict }) => [
      limit,
      limitSource,
      floor,
      claimed,
      unreserved,
      verdict,
    ]),
    [[1000, "assumed", 100, 950, 50, "over"]],
  );
});
