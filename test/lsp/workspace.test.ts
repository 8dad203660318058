import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { test } from "node:test";
import { type CodeLens, type InlayHint, MessageType } from "vscode-languageserver/node";
import { pulling, startTestClient, TestFolder } from "#support/testConnection.ts";
import { budget, ordersAndPayments, template } from "./shared.ts";

const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

test("settings are asked for and followed", async (t) => {
  const client = await startTestClient(t, { settings: { assumedLimit: 2000 } });
  const uri = "untitled:Untitled-1";
  await client.open(uri, template(950));
  await client.until(() => client.pushed(uri) !== undefined, "it is checked under the limit of the settings");
  assert.deepEqual(client.rules(uri), []);

  client.settings = { assumedLimit: 1000, rules: { "pool-overcommitted": "error", nonsense: "error" } };
  await client.notify("workspace/didChangeConfiguration", { settings: null });
  await client.until(() => client.rules(uri).length === 1, "the new limit counts");
  assert.equal(client.pushed(uri)?.diagnostics[0]?.severity, 1);

  client.settings = { rules: { "pool-overcommitted": "off" } };
  await client.notify("workspace/didChangeConfiguration", { settings: null });
  await client.until(() => client.rules(uri).length === 0, "the rule is off");
});

test("a client that cannot be asked for settings may send them", async (t) => {
  const uri = "untitled:Untitled-1";
  const client = await startTestClient(t, { capabilities: {}, options: { settings: { assumedLimit: 2000 } } });
  await client.open(uri, template(950));
  await client.until(() => client.pushed(uri) !== undefined, "it is checked");
  assert.deepEqual(client.rules(uri), []);
  await client.notify("workspace/didChangeConfiguration", { settings: { lambdaConcurrency: { assumedLimit: 1000 } } });
  await client.until(() => client.rules(uri).length === 1, "the new limit counts");
});

test("settings of the wrong type are their defaults", async (t) => {
  const uri = "untitled:Untitled-1";
  const settings = {
    enable: "no",
    assumedLimit: "many",
    rules: [1],
    configEnvironment: 7,
    inlayHints: null,
    codeLens: 1,
  };
  const client = await startTestClient(t, { settings });
  await client.open(uri, template(950));
  await client.until(() => client.rules(uri).length === 1, "it is checked");
});

test("a client that refuses to tell its settings gets the defaults and a visible fault", async (t) => {
  const uri = "untitled:Untitled-1";
  const client = await startTestClient(t, { settings: new Error("not now") });
  await client.open(uri, template(950));
  await client.until(() => client.rules(uri).length === 1, "it is checked");
  await client.until(() => client.status?.state === "faulty", "the fault is visible");
  assert.match(client.status?.notes[0] ?? "", /^Reading the settings failed because of an internal error: /);

  client.settings = {};
  await client.notify("workspace/didChangeConfiguration", { settings: null });
  await client.until(() => client.status?.state === "idle", "the fault is gone");
});

test("switched off, nothing is reported and no feature answers; switched on again, everything is back", async (t) => {
  const uri = "untitled:Untitled-1";
  const client = await startTestClient(t, { settings: {} });
  await client.open(uri, template(950));
  await client.until(() => client.rules(uri).length === 1, "it is checked");

  client.settings = { enable: false };
  await client.notify("workspace/didChangeConfiguration", { settings: null });
  await client.until(() => client.status?.state === "disabled", "it is switched off");
  assert.deepEqual(client.rules(uri), []);
  assert.equal(await client.request("textDocument/hover", client.at(uri, "950", 1)), null);

  client.settings = { enable: true };
  await client.notify("workspace/didChangeConfiguration", { settings: null });
  await client.until(() => client.rules(uri).length === 1, "it is checked again");
});

test("inlay hints and code lenses can be switched off", async (t) => {
  const uri = "untitled:Untitled-1";
  const client = await startTestClient(t, {
    settings: { inlayHints: { enabled: false }, codeLens: { enabled: false } },
  });
  await client.open(uri, template(500));
  const textDocument = { uri };
  const hints = () => client.request<InlayHint[]>("textDocument/inlayHint", { textDocument, range: whole });
  const lenses = () => client.request<CodeLens[]>("textDocument/codeLens", { textDocument });
  assert.deepEqual([await hints(), await lenses()], [[], []]);

  client.settings = {};
  await client.notify("workspace/didChangeConfiguration", { settings: null });
  await client.until(() => client.of("workspace/codeLens/refresh").length > 0, "lenses are refreshed");
  assert.deepEqual([(await hints()).length > 0, (await lenses()).length > 0], [true, true]);
});

test("several folders are searched, and folders come and go", async (t) => {
  const first = new TestFolder(t, { "template.yaml": template(950) });
  const second = new TestFolder(t, { "template.yaml": template(950) });
  const [a, b] = [first.uri("template.yaml"), second.uri("template.yaml")];
  const client = await startTestClient(t, { folders: [first.uri()] });
  await client.until(() => client.rules(a).length === 1, "the first folder is checked");
  assert.equal(client.pushed(b), undefined);

  const folder = (each: TestFolder) => ({ uri: each.uri(), name: "folder" });
  await client.notify("workspace/didChangeWorkspaceFolders", { event: { added: [folder(second)], removed: [] } });
  await client.until(() => client.rules(b).length === 1, "the second folder is checked");

  await client.notify("workspace/didChangeWorkspaceFolders", { event: { added: [], removed: [folder(first)] } });
  await client.until(() => client.rules(a).length === 0, "the first folder is gone");
  assert.equal(client.rules(b).length, 1);
});

test("folders that come and go in quick succession are all followed", async (t) => {
  const folders = [1, 2, 3].map(() => new TestFolder(t, { "template.yaml": template(950) }));
  const [a, b, c] = folders as [TestFolder, TestFolder, TestFolder];
  const client = await startTestClient(t, { folders: [a.uri()] });
  const change = (added: readonly TestFolder[], removed: readonly TestFolder[]) => {
    const named = (each: TestFolder) => ({ uri: each.uri(), name: "folder" });
    return client.notify("workspace/didChangeWorkspaceFolders", {
      event: { added: added.map(named), removed: removed.map(named) },
    });
  };
  await change([b], []);
  await change([c], [a]);
  await change([], [b]);
  await client.until(() => client.rules(c.uri("template.yaml")).length === 1, "the third folder is checked");
  await client.until(() => client.status?.poolCount === 1, "only the third folder is left");
  assert.deepEqual([client.rules(a.uri("template.yaml")), client.rules(b.uri("template.yaml"))], [[], []]);
});

test("many files that change at once are all followed", async (t) => {
  const folder = new TestFolder(t);
  const client = await startTestClient(t, { folders: [folder.uri()] });
  await client.idle();
  const names = Array.from({ length: 250 }, (_, index) => `s${index}/template.yaml`);
  for (const name of names) folder.write(name, template(950));
  await client.watched(...names.map((name) => ({ uri: folder.uri(name), type: 1 as const })));
  await client.until(() => client.status?.warnings === 250, "all are checked");
  for (const name of names) folder.write(name, template(1));
  await client.watched(...names.map((name) => ({ uri: folder.uri(name), type: 2 as const })));
  await client.until(() => client.status?.warnings === 0, "all are checked again");
});

test("a file that is created while the folders are searched again is not missed", async (t) => {
  const folder = new TestFolder(t, { "b/template.yaml": template(1) });
  const client = await startTestClient(t, { folders: [folder.uri()] });
  await client.until(() => client.status?.templates === 1, "the folder has been searched");
  await client.watched({ uri: folder.uri(".gitignore"), type: 1 });
  folder.write("a/template.yaml", template(950));
  await client.watched({ uri: folder.uri("a/template.yaml"), type: 1 });
  await client.until(() => client.status?.templates === 2, "both templates are known");
});

test("a budget in one folder counts templates of its own folder only", async (t) => {
  const first = ordersAndPayments(t);
  const second = new TestFolder(t, { "orders/template.yaml": template(700) });
  const client = await startTestClient(t, { folders: [first.uri(), second.uri()] });
  await client.until(() => client.status?.poolCount === 2, "both pools are known");
  assert.deepEqual(
    client.status?.pools.map(({ claimed }) => claimed),
    [900, 700],
  );
});

test("a single file without a folder is checked with the samconfig beside it", async (t) => {
  const folder = new TestFolder(t, {
    "template.yaml": `Parameters:\n  Reserved:\n    Type: Number\n    Default: 1\n${template("!Ref Reserved")}`,
    "samconfig.toml": '[default.deploy.parameters]\nparameter_overrides = "Reserved=950"\n',
  });
  const uri = folder.uri("template.yaml");
  const client = await startTestClient(t);
  await client.open(uri, `Parameters:\n  Reserved:\n    Type: Number\n    Default: 1\n${template("!Ref Reserved")}`);
  await client.until(() => client.rules(uri).length > 0, "it is checked");
  assert.deepEqual(client.rules(uri), ["pool-overcommitted"]);

  folder.write("samconfig.toml", '[default.deploy.parameters]\nparameter_overrides = "Reserved=90"\n');
  await client.watched({ uri: folder.uri("samconfig.toml"), type: 2 });
  await client.until(() => client.rules(uri).length === 0, "the changed samconfig counts");
});

test("an open file that git ignores is checked, as long as it is open", async (t) => {
  const folder = new TestFolder(t, {
    ".git/HEAD": "",
    ".gitignore": "packaged.yaml\n",
    "packaged.yaml": template(950),
  });
  const uri = folder.uri("packaged.yaml");
  const client = await startTestClient(t, { folders: [folder.uri()] });
  await client.idle();
  assert.equal(client.pushed(uri), undefined);
  await client.open(uri, template(950));
  await client.until(() => client.rules(uri).length === 1, "it is checked");
  await client.close(uri);
  await client.until(() => client.rules(uri).length === 0, "it is let go");
});

test("what is deleted with its folder is forgotten, also what only a budget reads", async (t) => {
  const folder = ordersAndPayments(t);
  folder.write("orders/samconfig.toml", '[default.deploy.parameters]\nparameter_overrides = "Reserved=950"\n');
  const text = `Parameters:\n  Reserved:\n    Type: Number\n    Default: 1\n${template("!Ref Reserved")}`;
  folder.write("orders/template.yaml", text);
  const orders = folder.uri("orders/template.yaml");
  const client = await startTestClient(t, { folders: [folder.uri()] });
  await client.open(orders, text);
  await client.until(() => client.rules(orders).includes("pool-overcommitted"), "the samconfig counts");
  folder.remove("orders");
  await client.watched({ uri: folder.uri("orders"), type: 3 });
  await client.until(() => client.rules(orders).length === 0, "the deleted samconfig no longer counts");
});

test("a nested template outside the folders can be read once a file beside it is open", async (t) => {
  const folder = new TestFolder(t, { "template.yaml": template(1) });
  const outside = new TestFolder(t, { "child.yaml": template(950, "Child") });
  const path = relative(folder.path, join(outside.path, "child.yaml"));
  const parent = `Resources:\n  Nested:\n    Type: AWS::Serverless::Application\n    Properties:\n      Location: ${path}\n`;
  folder.write("template.yaml", parent);
  const uri = folder.uri("template.yaml");
  const client = await startTestClient(t, { folders: [folder.uri()] });
  await client.open(uri, parent);
  await client.until(() => client.pushed(uri) !== undefined, "the parent is checked");
  assert.deepEqual(client.rules(uri).includes("pool-overcommitted"), false);
  await client.open(outside.uri("child.yaml"), template(950, "Child"));
  await client.until(
    () => client.rules(outside.uri("child.yaml")).includes("pool-overcommitted"),
    "the child is counted",
  );
});

test("a change of .gitignore is followed", async (t) => {
  const folder = new TestFolder(t, { ".git/HEAD": "", "packaged.yaml": template(950) });
  const uri = folder.uri("packaged.yaml");
  const client = await startTestClient(t, { folders: [folder.uri()] });
  await client.until(() => client.rules(uri).length === 1, "it is checked");
  folder.write(".gitignore", "packaged.yaml\n");
  await client.watched({ uri: folder.uri(".gitignore"), type: 1 });
  await client.until(() => client.rules(uri).length === 0, "it is ignored now");
});

test("the URI of an open document is answered as the client spells it", async (t) => {
  const folder = new TestFolder(t, { "ä b.yaml": template(950) });
  const client = await startTestClient(t, { folders: [folder.uri()] });
  const odd = `${folder.uri()}/ä b.yaml`;
  await client.open(odd, template(950));
  await client.until(() => client.rules(odd).length === 1, "it is checked under the client's spelling");
});

test("text that cannot be understood is no crash and no silence about what can be", async (t) => {
  const client = await startTestClient(t);
  const texts: Record<string, string> = {
    empty: "",
    tabs: "\tResources:\n\t\tF: [",
    half: "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      ReservedConcurrentExecutions:",
    json: '{"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {"ReservedConcurrentExecutions": 95',
    deep: `Resources:\n  F: ${"[".repeat(5000)}`,
    crlf: template(950).replaceAll("\n", "\r\n"),
  };
  for (const [name, text] of Object.entries(texts)) await client.open(`untitled:${name}`, text);
  await client.until(() => client.rules("untitled:crlf").includes("pool-overcommitted"), "the last one is checked");
  await client.until(() => client.status?.state === "idle", "nothing is faulty");
  const logged = client.of("window/logMessage") as readonly { type: number }[];
  assert.deepEqual(
    logged.filter(({ type }) => type === MessageType.Error),
    [],
  );
});

test("a message that makes no sense does not end the server", async (t) => {
  const client = await startTestClient(t);
  await client.notify("textDocument/didChange", {
    textDocument: { uri: "untitled:never", version: 2 },
    contentChanges: [],
  });
  await client.notify("textDocument/didClose", { textDocument: { uri: "untitled:never" } });
  await client.open("untitled:1", template(950));
  await client.notify("textDocument/didChange", {
    textDocument: { uri: "untitled:1", version: 2 },
    contentChanges: [
      { range: { start: { line: 900, character: 0 }, end: { line: 3, character: 900 } }, text: "# end\n" },
      { range: { start: { line: 0, character: 4 }, end: { line: 0, character: 0 } }, text: "" },
    ],
  });
  await client.open("no uri://%%%", template(950));
  await client.open("x:////y", template(950));
  await client.watched({ uri: "x:////y", type: 1 }, { uri: "x:////y", type: 3 });
  await client.notify("textDocument/didChange", { textDocument: { uri: "untitled:1", version: 3 } });
  await client.notify("workspace/didChangeWatchedFiles", {});
  await assert.rejects(client.request("textDocument/noSuchThing", {}), { code: -32601 });
  await client.open("untitled:2", template(950));
  await client.until(() => client.rules("untitled:2").length === 1, "the server still works");
});

test("a broken budget is reported at its place and the rest still counts", async (t) => {
  const folder = ordersAndPayments(t);
  const uri = folder.uri("concurrency-budget.yaml");
  folder.write("concurrency-budget.yaml", budget.replace("limit: 1000", "limit: many").replace("pool:", "pol:"));
  const client = await startTestClient(t, { folders: [folder.uri()] });
  await client.until(() => client.rules(uri).length > 0, "it is checked");
  assert.ok(client.rules(uri).every((rule) => rule === "budget-invalid"));
  await client.until(() => client.status?.poolCount === 1, "the pool is counted");
});

test("files that cannot be read are named in the status", async (t) => {
  const folder = new TestFolder(t, { "huge.template": `${template(1)}${"#".repeat(10 * 1024 * 1024)}` });
  const client = await startTestClient(t, { folders: [folder.uri()], capabilities: pulling });
  await client.until(() => client.status?.state === "idle", "the folder has been searched");
  assert.equal(client.status?.notes.length, 1);
  assert.match(
    client.status?.notes[0] ?? "",
    /huge\.template: The file has 10\.1 MB; files of more than 10 MB are not read\.$/,
  );
});
