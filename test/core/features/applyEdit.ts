import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import { TextDocumentEdit, type TextEdit, type WorkspaceEdit } from "vscode-languageserver-types";
import { nameOf } from "./scene.ts";

/** The files of a scene after an edit. */
export function applied(files: ReadonlyMap<string, string>, edit: WorkspaceEdit): Map<string, string> {
  const changed = new Map(files);
  for (const change of edit.documentChanges ?? []) {
    assert.ok(TextDocumentEdit.is(change));
    const name = nameOf(change.textDocument.uri);
    const document = TextDocument.create(name, "", 0, files.get(name) ?? "");
    changed.set(name, TextDocument.applyEdits(document, change.edits as TextEdit[]));
  }
  return changed;
}
