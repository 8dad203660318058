import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import * as vscode from "vscode";
import type { Api } from "#client/extension.ts";
import manifest from "../../../package.json" with { type: "json" };

/** The extension under test. */
export function extension(): vscode.Extension<Api> {
  const found = vscode.extensions.getExtension<Api>(`${manifest.publisher}.${manifest.name}`);
  assert.ok(found, "the extension is not installed");
  return found;
}

/** The URI of a file of the workspace. */
export function file(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, "no folder is open");
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Opens a file of the workspace in an editor. */
export async function open(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(file(name));
}

/** The place of a text in a document; `|` in it marks the position, else its start is meant. */
export function at(document: vscode.TextDocument, text: string): vscode.Position {
  const index = document.getText().indexOf(text.replace("|", ""));
  assert.notEqual(index, -1, `${text} is not in ${document.uri}`);
  return document.positionAt(index + Math.max(0, text.indexOf("|")));
}

/** Asks again until the answer is accepted; the last failure is the error when the time is over. */
export async function until<T>(
  ask: () => T | Thenable<T>,
  accept: (answer: T) => void,
  milliseconds = 20_000,
): Promise<T> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    try {
      accept(answer);
      return answer;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** One finding, as a line: `over-budget 15:36-15:39` (from 1). */
function line(diagnostic: vscode.Diagnostic): string {
  const code = typeof diagnostic.code === "object" ? diagnostic.code.value : diagnostic.code;
  const { start, end } = diagnostic.range;
  return `${code} ${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
}

/** Our findings in a file. */
export function findings(name: string): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(file(name)).filter(({ source }) => source === "lambda-concurrency");
}

/** Waits until exactly these findings are shown in a file, each once, in any order. */
export async function expectFindings(name: string, expected: readonly string[]): Promise<readonly vscode.Diagnostic[]> {
  const sorted = [...expected].sort();
  return until(
    () => findings(name),
    (found) => assert.deepEqual(found.map(line).sort(), sorted),
  );
}

/** The one finding of a rule. */
export function byRule(found: readonly vscode.Diagnostic[], rule: string): vscode.Diagnostic {
  const [one, ...more] = found.filter((diagnostic) => line(diagnostic).startsWith(`${rule} `));
  assert.ok(one, `no ${rule}`);
  assert.equal(more.length, 0, `${rule} more than once`);
  return one;
}

/** Waits for a state of the language server. */
export async function expectServer(state: ReturnType<Api["serverState"]>): Promise<void> {
  await until(
    () => extension().exports.serverState(),
    (now) => assert.equal(now, state),
  );
}

/** Tells the runner the result of a test. */
export function report(line: object): void {
  const results = process.env.HOST_RESULTS;
  if (results !== undefined) appendFileSync(results, `${JSON.stringify(line)}\n`);
}

/** Throws away what was typed in the active editor, if anything was. */
export async function revert(): Promise<void> {
  if (vscode.window.activeTextEditor) await vscode.commands.executeCommand("workbench.action.files.revert");
}
