import assert from "node:assert/strict";
import * as vscode from "vscode";
import { at, byRule, expectFindings, expectServer, extension, file, findings, open, revert, until } from "./support.ts";

const template = "orders/template.yaml";
const budget = "concurrency-budget.yaml";
const templateFindings = ["over-budget 16:37-16:40", "pool-overcommitted 20:37-20:56"];
const budgetFindings = ["pool-overcommitted 4:8-4:12"];

describe("a workspace with a budget and a template", () => {
  let written: Uint8Array;
  before(async () => {
    written = await vscode.workspace.fs.readFile(file(template));
  });

  // What a failing test typed, wrote, set or stopped must not fail the next one.
  afterEach(async () => {
    await revert();
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    const settings = vscode.workspace.getConfiguration("lambdaConcurrency");
    await settings.update("rules", undefined, vscode.ConfigurationTarget.Workspace);
    await vscode.workspace.fs.writeFile(file(template), written);
    if (extension().exports.serverState() === "running") return;
    await vscode.commands.executeCommand("lambdaConcurrency.restartServer");
    await expectServer("running");
  });

  it("starts the server without any open document, because there is a budget file", async () => {
    await until(
      () => extension().isActive,
      (active) => assert.equal(active, true),
    );
    await expectServer("running");
  });

  it("finds problems in files that are not open", async () => {
    assert.equal(vscode.window.activeTextEditor, undefined);
    await expectFindings(template, templateFindings);
    await expectFindings(budget, budgetFindings);
  });

  it("reports each problem once when the files are open, with numbers, documentation and related places", async () => {
    await open(budget);
    await open(template);
    const found = await expectFindings(template, templateFindings);
    await expectFindings(budget, budgetFindings);
    const overBudget = byRule(found, "over-budget");
    assert.match(overBudget.message, /250/);
    assert.match(overBudget.message, /200/);
    assert.equal(overBudget.severity, vscode.DiagnosticSeverity.Error);
    const overcommitted = byRule(found, "pool-overcommitted");
    assert.match(overcommitted.message, /1,?000/);
    assert.match(overcommitted.message, /100/);
    assert.ok((overcommitted.relatedInformation ?? []).length >= 2, "the other claims are related places");
    const code = overcommitted.code;
    assert.ok(typeof code === "object" && code.target.path === "lambdaConcurrency.openRuleDocumentation");
  });

  it("follows what is typed, in the file itself and in the other one", async () => {
    const editor = await open(template);
    const number = at(editor.document, "250");
    await editor.edit((edit) => edit.replace(new vscode.Range(number, number.translate(0, 3)), "150"));
    await expectFindings(template, []);
    await expectFindings(budget, []);
    await revert();
    await expectFindings(template, templateFindings);
    await expectFindings(budget, budgetFindings);
  });

  it("sets a reservation to the budget's value with a quick fix", async () => {
    const editor = await open(template);
    const found = await expectFindings(template, templateFindings);
    const { range } = byRule(found, "over-budget");
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      editor.document.uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ title }) => /\b200\b/.test(title));
    assert.ok(fix?.edit, `a fix to 200 among: ${actions.map(({ title }) => title).join("; ")}`);
    assert.equal(await vscode.workspace.applyEdit(fix.edit), true);
    assert.equal(editor.document.lineAt(15).text, "      ReservedConcurrentExecutions: 200");
    const left = await expectFindings(template, ["pool-overcommitted 20:37-20:56"]);
    assert.match(byRule(left, "pool-overcommitted").message, /\b950\b/);
    await revert();
    await expectFindings(template, templateFindings);
  });

  it("explains a reservation in a hover", async () => {
    const { document } = await open(template);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      at(document, "!Ref Rep|ortReserved"),
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((part) => (typeof part === "string" ? part : part.value))
      .join("\n");
    assert.match(text, /\b400\b/);
    assert.match(text, /production/);
    assert.match(text, /4,?000/, "ten requests per second for each concurrent execution");
  });

  it("shows the value behind a Ref as an inlay hint", async () => {
    const { document } = await open(template);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      "vscode.executeInlayHintProvider",
      document.uri,
      whole,
    );
    const texts = hints.map(({ label, position }) => {
      const text = typeof label === "string" ? label : label.map(({ value }) => value).join("");
      return `${position.line + 1}: ${text}`;
    });
    assert.ok(
      texts.some((text) => text.startsWith("20:") && text.includes("400")),
      texts.join("; "),
    );
  });

  it("completes the functions of the stacks in the budget", async () => {
    const editor = await open(budget);
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    await editor.edit((edit) => edit.insert(end, "  "));
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      editor.document.uri,
      editor.document.lineAt(editor.document.lineCount - 1).range.end,
    );
    const labels = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
    assert.ok(
      labels.some((label) => label.startsWith("orders/")),
      labels.join(", "),
    );
    await revert();
  });

  it("completes keys of the budget", async () => {
    const editor = await open(budget);
    await editor.edit((edit) => edit.insert(new vscode.Position(5, 0), "\n"));
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      editor.document.uri,
      new vscode.Position(5, 0),
    );
    const labels = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
    assert.ok(labels.includes("keep-unreserved"), labels.join(", "));
    await revert();
  });

  it("shows the pool above the budget and the claims above the template", async () => {
    const titles = async (name: string) => {
      const { document } = await open(name);
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        document.uri,
        20,
      );
      return lenses.map(({ command }) => command?.title ?? "").join("; ");
    };
    await until(
      () => titles(budget),
      (text) => assert.match(text, /1,?000/),
    );
    await until(
      () => titles(template),
      (text) => assert.match(text, /1,?000/),
    );
  });

  it("goes from a budget entry to the function", async () => {
    const { document } = await open(budget);
    const places = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      "vscode.executeDefinitionProvider",
      document.uri,
      at(document, "orders/In|gest"),
    );
    const targets = places.map((place) => ("targetUri" in place ? place.targetUri : place.uri).toString());
    assert.deepEqual(targets, [file(template).toString()]);
  });

  it("follows a change of a file that is not open", async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    const uri = file(template);
    const before = await vscode.workspace.fs.readFile(uri);
    const after = new TextDecoder().decode(before).replace("250", "100");
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(after));
    await expectFindings(template, []);
    await vscode.workspace.fs.writeFile(uri, before);
    await expectFindings(template, templateFindings);
  });

  it("takes a rule's severity from the settings", async () => {
    const settings = vscode.workspace.getConfiguration("lambdaConcurrency");
    await settings.update("rules", { "over-budget": "off" }, vscode.ConfigurationTarget.Workspace);
    await expectFindings(template, ["pool-overcommitted 20:37-20:56"]);
    await settings.update("rules", undefined, vscode.ConfigurationTarget.Workspace);
    await expectFindings(template, templateFindings);
  });

  it("removes every finding when it is stopped, and reports each once after a restart", async () => {
    await open(template);
    await vscode.commands.executeCommand("lambdaConcurrency.stopServer");
    await expectServer("stopped");
    await expectFindings(template, []);
    await vscode.commands.executeCommand("lambdaConcurrency.restartServer");
    await expectServer("running");
    await expectFindings(template, templateFindings);
    await vscode.commands.executeCommand("lambdaConcurrency.restartServer");
    await expectServer("running");
    await expectFindings(template, templateFindings);
    await expectFindings(budget, budgetFindings);
  });

  it("says nothing about a YAML file that is no template", async () => {
    await open("other/service.yaml");
    await expectFindings(template, templateFindings);
    assert.deepEqual(findings("other/service.yaml"), []);
  });

  it("opens the documentation of a rule that ships with the extension", async () => {
    await vscode.commands.executeCommand("lambdaConcurrency.openRuleDocumentation", "over-budget");
    const label = () => vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? "";
    await until(label, (text) => assert.match(text, /rules\.md/));
  });

  it("shows the pool in the outline", async () => {
    const { document } = await open(budget);
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ["production"],
    );
  });

  it("renames a budget entry in the budget", async () => {
    const { document } = await open(budget);
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      "vscode.executeDocumentRenameProvider",
      document.uri,
      at(document, "thumb|nails"),
      "previews",
    );
    const files = edit.entries().map(([uri]) => uri.toString());
    assert.deepEqual(files, [file(budget).toString()]);
  });

  it("opens an existing budget file instead of writing over it", async () => {
    await vscode.commands.executeCommand("lambdaConcurrency.createBudgetFile");
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), file(budget).toString());
    assert.equal(vscode.window.activeTextEditor?.document.isDirty, false);
    await expectFindings(budget, budgetFindings);
  });
});
