import assert from "node:assert/strict";
import * as vscode from "vscode";
import { expectFindings, expectServer, extension, file, open, revert, until } from "./support.ts";

const template = `Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties:
      ReservedConcurrentExecutions: 0
`;

/** Writes the template and opens it. */
async function openTemplate(): Promise<vscode.TextEditor> {
  await vscode.workspace.fs.writeFile(file("app.template"), new TextEncoder().encode(template));
  return await open("app.template");
}

const settings = () => vscode.workspace.getConfiguration("lambdaConcurrency");

describe("a workspace without a budget", () => {
  // The next test makes what it needs itself, also after one that failed.
  afterEach(async () => {
    await settings().update("enable", undefined, vscode.ConfigurationTarget.Workspace);
    await revert();
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const made of await vscode.workspace.findFiles("{app.template,concurrency-budget.yaml}"))
      await vscode.workspace.fs.delete(made);
  });

  // The only one that needs a window in which nothing has happened; the first, or alone.
  it("keeps the server stopped for an unrelated YAML file", async () => {
    await open("service.yaml");
    await extension().activate();
    // The search for budget files, the only thing that could still start it, is over when this one is.
    await vscode.workspace.findFiles("**/*");
    assert.equal(extension().exports.serverState(), "stopped");
  });

  it("starts the server for a document that looks like a template, whatever its language", async () => {
    const { document } = await openTemplate();
    assert.equal(["yaml", "json", "jsonc"].includes(document.languageId), false);
    await expectServer("running");
    await expectFindings("app.template", ["reserved-zero 5:37-5:38"]);
  });

  it("checks a template that was never saved", async () => {
    const content =
      "Resources:\n  A:\n    Type: AWS::Lambda::Function\n    Properties:\n      ReservedConcurrentExecutions: 0\n";
    const document = await vscode.workspace.openTextDocument({ language: "yaml", content });
    await vscode.window.showTextDocument(document);
    const codes = () =>
      vscode.languages
        .getDiagnostics(document.uri)
        .filter(({ source }) => source === "lambda-concurrency")
        .map(({ code }) => (typeof code === "object" ? code.value : code));
    await until(codes, (found) => assert.deepEqual(found, ["reserved-zero"]));
  });

  it("writes a budget file from the templates and opens it", async () => {
    await openTemplate();
    await expectFindings("app.template", ["reserved-zero 5:37-5:38"]);
    await vscode.commands.executeCommand("lambdaConcurrency.createBudgetFile");
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), file("concurrency-budget.yaml").toString());
    assert.equal(editor.document.languageId, "concurrency-budget");
    assert.match(editor.document.getText(), /template: app\.template/);
  });

  it("stops with the setting and starts again with it", async () => {
    await openTemplate();
    await expectServer("running");
    await settings().update("enable", false, vscode.ConfigurationTarget.Workspace);
    await expectServer("stopped");
    await settings().update("enable", undefined, vscode.ConfigurationTarget.Workspace);
    await expectServer("running");
  });
});
