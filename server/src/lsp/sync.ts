import { MAX_FILE_BYTES } from "#workspaceFiles";
import type { Collaborators } from "./collaborators.ts";
import type { DocumentChange, OpenDocument } from "./documents.ts";

/** The editor's name for the language of budget files (package.json, `contributes.languages`). */
const budgetLanguage = "concurrency-budget";

/** Keeps the analysis in step with what the editor holds. */
export function registerSync({ connection, documents, workspace, project, analyser, followUp }: Collaborators): void {
  connection.onDidOpenTextDocument((params) => {
    const document = documents.open(params);
    project.openRoots();
    setText(document);
    changed(document);
  });

  connection.onDidChangeTextDocument((params) => {
    const document = documents.change(params, feed);
    if (document) changed(document);
  });

  connection.onDidCloseTextDocument((params) => {
    const document = documents.close(params);
    if (!document) return;
    workspace.setText(document.uri, undefined);
    project.openRoots();
    project.changed([document.uri]);
    changed(document);
  });

  connection.onDidSaveTextDocument(({ textDocument }) => {
    const document = documents.get(textDocument.uri);
    if (document) project.changed([document.uri]);
  });

  /** One change: only its block is read again. */
  function feed(document: OpenDocument, change: DocumentChange | undefined): void {
    if (change && workspace.has(document.uri) && fits(document))
      workspace.applyChange(document.uri, change, document.text.getText());
    else setText(document);
  }

  function setText(document: OpenDocument): void {
    const { uri, text } = document;
    workspace.setText(uri, fits(document) ? text.getText() : undefined, text.languageId === budgetLanguage);
  }

  function changed({ uri }: OpenDocument): void {
    analyser.invalidate(uri);
    followUp.schedule(uri);
  }
}

/** The bound for files on disk holds for open documents too. */
function fits({ text }: OpenDocument): boolean {
  return text.getText().length <= MAX_FILE_BYTES;
}
