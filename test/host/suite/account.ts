import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { AccountState } from "#client/account/accountState.ts";
import { at, expectServer, extension, file, findings, open, until } from "./support.ts";

const state = () => extension().exports.accountState();
const run = (command: string, ...args: readonly unknown[]) =>
  vscode.commands.executeCommand(`lambdaConcurrency.${command}`, ...args);

const nameOf = (code: vscode.Diagnostic["code"]) => String(typeof code === "object" ? code.value : code);

/** Connects the window with the demo account's home Region, unless it is. */
async function connected() {
  const now = state();
  if (now.kind !== "connected") await run("openDemoAccount");
  else if (now.snapshot.identity.region !== "us-east-1") await run("switchRegion", "us-east-1");
  return await complete();
}

/** Waits until the account has been read completely. */
async function complete(): Promise<Extract<AccountState, { kind: "connected" }>> {
  const now = await until(state, (each) => {
    assert.equal(each.kind, "connected");
    assert.equal(each.snapshot.reading.state, "complete");
  });
  assert.equal(now.kind, "connected");
  return now;
}

describe("the account of a window", () => {
  before(async () => {
    await until(
      () => extension().isActive,
      (active) => assert.equal(active, true),
    );
    await expectServer("running");
  });

  // The next test makes what it needs itself, also after one that failed.
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const made of await vscode.workspace.findFiles("*.concurrency-budget.yaml"))
      await vscode.workspace.fs.delete(made);
  });

  // The only one that needs a window in which nothing has happened; the first, or alone.
  it("is none before the user asks for one", () => {
    assert.deepEqual(state(), { kind: "disconnected" });
  });

  it("is the demo account after the command that opens it", async () => {
    await run("openDemoAccount");
    const { snapshot } = await complete();
    assert.equal(snapshot.identity.account, "123456789012");
    assert.equal(snapshot.limit, 1000);
    const names = snapshot.functions.map(({ name }) => name);
    for (const name of ["blog-thumbnails", "blog-search", "blog-comments", "blog-newsletter"])
      assert.ok(names.includes(name), names.join(", "));
  });

  it("is compared with the files, also by a server that has just started", async () => {
    await connected();
    const drift = () => findings("concurrency-budget.yaml").filter(({ code }) => nameOf(code) === "live-drift").length;
    await until(drift, (found) => assert.notEqual(found, 0));
    await run("restartServer");
    await expectServer("running");
    await until(drift, (found) => assert.notEqual(found, 0));
  });

  it("gives its facts to a pool that names no account only when the user links the two", async () => {
    await connected();
    const name = "linked.concurrency-budget.yaml";
    const text = "pool: linked\nlimit: 1000\nreservations:\n  blog-search: 140\n";
    await vscode.workspace.fs.writeFile(file(name), new TextEncoder().encode(text));
    const codes = () => findings(name).map(({ code }) => nameOf(code));
    await until(codes, (found) => assert.deepEqual(found, ["budget-unused"]));
    const pool = { name: "linked", budget: file(name).toString(), account: null, region: null };
    await run("linkPool", { node: { subject: { pool } } });
    await until(codes, (found) => assert.ok(found.includes("live-drift"), found.join()));
    await run("unlinkPool", { node: { subject: { pool } } });
    await until(codes, (found) => assert.deepEqual(found, ["budget-unused"]));
  });

  it("moves: use is read for what the view shows, and read again", async () => {
    await connected();
    const used = () => {
      const now = state();
      return now.kind === "connected" ? now.snapshot.usage : undefined;
    };
    const first = await until(used, (usage) => assert.notEqual(usage, undefined));
    await until(used, (usage) => assert.notEqual(usage, first));
  });

  it("is read again by the user's command", async () => {
    const before = await connected();
    await run("refresh");
    const after = await complete();
    assert.notEqual(after.snapshot.readAt, before.snapshot.readAt);
  });

  it("puts the snapshot on the clipboard as JSON", async () => {
    await connected();
    await run("copySnapshot");
    const { version, identity, functions } = JSON.parse(await vscode.env.clipboard.readText());
    const { snapshot } = await complete();
    assert.deepEqual([version, identity], [1, snapshot.identity]);
    assert.equal(functions.length, snapshot.functions.length);
  });

  it("shows the function at the cursor in the sidebar, where its name and ARN can be copied", async () => {
    await connected();
    const name = "sidebar.concurrency-budget.yaml";
    const text =
      'pool: sidebar\naccount: "123456789012"\nregion: us-east-1\nlimit: 1000\nreservations:\n  blog-search: 140\n';
    await vscode.workspace.fs.writeFile(file(name), new TextEncoder().encode(text));
    const editor = await open(name);
    const entry = at(editor.document, "blog-sea|rch");
    editor.selection = new vscode.Selection(entry, entry);
    const copied = async (command: string) => {
      await run("revealInTree");
      await run(command);
      return vscode.env.clipboard.readText();
    };
    await until(
      () => copied("copyName"),
      (text) => assert.equal(text, "blog-search"),
    );
    await until(
      () => copied("copyArn"),
      (text) => assert.equal(text, "arn:aws:lambda:us-east-1:123456789012:function:blog-search"),
    );
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await run("goToBudget");
    await until(
      () => vscode.window.activeTextEditor,
      (opened) => {
        assert.equal(opened?.document.uri.toString(), file(name).toString());
        assert.equal(opened?.selection.active.line, entry.line);
      },
    );
  });

  it("reads one function again when its row says so", async () => {
    const readAt = () => {
      const now = state();
      const shown = now.kind === "connected" ? now.snapshot.functions : [];
      return shown.find(({ name }) => name === "blog-search")?.details?.readAt;
    };
    const fn = (await connected()).snapshot.functions.find(({ name }) => name === "blog-search");
    const before = readAt();
    await run("refreshFunction", { node: { subject: { kind: "function", fn } } });
    await until(readAt, (after) => assert.notEqual(after, before));
  });

  it("shows nothing of the Region before after a switch", async () => {
    await connected();
    await run("switchRegion", "eu-west-1");
    const { snapshot } = await complete();
    assert.deepEqual([snapshot.identity.region, snapshot.functions], ["eu-west-1", []]);
    await run("switchRegion", "us-east-1");
    assert.notEqual((await complete()).snapshot.functions.length, 0);
  });

  it("is gone after disconnecting, and the demo account has ended", async () => {
    const { snapshot } = await connected();
    const { endpoint = "" } = snapshot.identity;
    await run("disconnect");
    assert.deepEqual(state(), { kind: "disconnected" });
    const live = () => findings("concurrency-budget.yaml").filter(({ code }) => nameOf(code).startsWith("live-"));
    await until(live, (found) => assert.deepEqual(found, []));
    await until(
      () =>
        fetch(endpoint).then(
          () => "answers",
          () => "ended",
        ),
      (answer) => assert.equal(answer, "ended"),
    );
  });
});
