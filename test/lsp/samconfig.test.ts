import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { CompletionItem, Hover, InlayHint, MarkupContent } from "vscode-languageserver/node";
import { startTestClient, type TestClient, TestFolder } from "#support/testConnection.ts";
import { template } from "./shared.ts";

const workers = `Parameters:\n  Workers: { Type: Number, Default: 5 }\n${template("!Ref Workers")}`;

const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

function samconfig(path: string, value: number, environment = "default"): string {
  return `version = 0.1\n[${environment}.deploy.parameters]\ntemplate_file = "${path}"\nparameter_overrides = "Workers=${value}"\n`;
}

/** What the editor shows of the reservation: hints, and the hover on it. */
async function shown(client: TestClient, uri: string) {
  const hints = await client.request<InlayHint[]>("textDocument/inlayHint", { textDocument: { uri }, range: whole });
  const hover = await client.request<Hover>("textDocument/hover", client.at(uri, "!Ref Workers", 6));
  return { hints: hints.map(({ label }) => label), hover: (hover.contents as MarkupContent).value };
}

async function opened(t: TestContext, files: Readonly<Record<string, string>>, path = "infra/template.yaml") {
  const folder = new TestFolder(t, { ".git/HEAD": "", ...files });
  const client = await startTestClient(t, { folders: [folder.uri()] });
  const uri = folder.uri(path);
  await client.open(uri, files[path] ?? "");
  return { folder, client, uri };
}

test("a samconfig of the workspace that names the template decides hints, hover and findings", async (t) => {
  const files = { "samconfig.toml": samconfig("infra/template.yaml", 950), "infra/template.yaml": workers };
  const { client, uri } = await opened(t, files);
  await client.until(() => client.rules(uri).includes("pool-overcommitted"), "950 are counted");
  const { hints, hover } = await shown(client, uri);
  assert.deepEqual(hints, ["= 950"]);
  assert.match(hover, /950/);
  assert.match(hover, /from parameter Workers \(\.\.\/samconfig\.toml /);
});

test("a samconfig that appears, changes, moves nearer and is deleted is followed", async (t) => {
  const { folder, client, uri } = await opened(t, { "infra/template.yaml": workers });
  const hints = async () => (await shown(client, uri)).hints;
  assert.deepEqual(await hints(), ["= 5"]);
  const write = async (path: string, value: number, type: 1 | 2) => {
    folder.write(path, samconfig(path === "samconfig.toml" ? "infra/template.yaml" : "template.yaml", value));
    await client.watched({ uri: folder.uri(path), type });
  };
  await write("samconfig.toml", 950, 1);
  assert.deepEqual(await hints(), ["= 950"]);
  await write("samconfig.toml", 960, 2);
  assert.deepEqual(await hints(), ["= 960"]);
  await write("infra/samconfig.toml", 20, 1);
  assert.deepEqual(await hints(), ["= 20"]);
  await client.until(
    () => client.rules(folder.uri("samconfig.toml")).includes("samconfig-shadowed"),
    "the farther one is named",
  );
  folder.remove("infra/samconfig.toml");
  await client.watched({ uri: folder.uri("infra/samconfig.toml"), type: 3 });
  assert.deepEqual(await hints(), ["= 960"]);
});

test("environments side by side are shown side by side", async (t) => {
  const text = `${samconfig("infra/template.yaml", 50, "dev")}${samconfig("infra/template.yaml", 200, "prod").replace("version = 0.1\n", "")}`;
  const { client, uri } = await opened(t, { "samconfig.toml": text, "infra/template.yaml": workers });
  assert.deepEqual((await shown(client, uri)).hints, ["= 50 (dev), 200 (prod)"]);
});

test("the same environment in two samconfigs is shown with the file it stands in", async (t) => {
  const { client, uri } = await opened(
    t,
    {
      "samconfig.toml": samconfig("apps/infra/template.yaml", 50),
      "apps/samconfig.toml": samconfig("infra/template.yaml", 200),
      "apps/infra/template.yaml": workers,
    },
    "apps/infra/template.yaml",
  );
  assert.deepEqual((await shown(client, uri)).hints, [
    "= 200 (../samconfig.toml [default]), 50 (../../samconfig.toml [default])",
  ]);
});

test("a samconfig in another folder of the workspace counts as soon as that folder is opened", async (t) => {
  const folder = new TestFolder(t, { "infra/template.yaml": workers });
  folder.write("deploy/samconfig.toml", samconfig("../infra/template.yaml", 950));
  const client = await startTestClient(t, { folders: [folder.uri("infra")] });
  const uri = folder.uri("infra/template.yaml");
  await client.open(uri, workers);
  assert.deepEqual((await shown(client, uri)).hints, ["= 5"]);
  const added = [{ uri: folder.uri("deploy"), name: "deploy" }];
  await client.notify("workspace/didChangeWorkspaceFolders", { event: { added, removed: [] } });
  await client.until(() => client.rules(uri).includes("pool-overcommitted"), "the other folder's samconfig counts");
  assert.deepEqual((await shown(client, uri)).hints, ["= 950"]);
});

test("completion offers the parameter files that fit a budget's stack, also one that has just been written", async (t) => {
  const text = "stacks:\n  - template: infra/template.yaml\n    parameters: x\n";
  const { folder, client } = await opened(t, { "infra/template.yaml": workers, "concurrency-budget.yaml": text });
  const budget = folder.uri("concurrency-budget.yaml");
  await client.open(budget, text, "concurrency-budget");
  const offered = async () => {
    const items = await client.request<CompletionItem[]>(
      "textDocument/completion",
      client.at(budget, "parameters: x", 13),
    );
    return items.map(({ label }) => label);
  };
  assert.deepEqual(await offered(), []);
  folder.write("infra/prod.json", '["Workers=950"]');
  await client.watched({ uri: folder.uri("infra/prod.json"), type: 1 });
  assert.deepEqual(await offered(), ["infra/prod.json"]);
});
