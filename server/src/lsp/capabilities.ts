import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver/node";
import type { Client } from "./client.ts";

const everyFolder = { filters: [{ scheme: "file", pattern: { glob: "**", matches: "folder" as const } }] };

/** What the server offers to this client. */
export function capabilitiesFor(client: Client): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    ...(client.pullsDiagnostics && {
      diagnosticProvider: { identifier: "lambda-concurrency", interFileDependencies: true, workspaceDiagnostics: true },
    }),
    hoverProvider: true,
    completionProvider: { triggerCharacters: [" ", "/", '"', "'", ":"], resolveProvider: false },
    ...(client.codeActionLiterals && {
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite] },
    }),
    inlayHintProvider: true,
    codeLensProvider: { resolveProvider: false },
    documentSymbolProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    renameProvider: client.prepareRename ? { prepareProvider: true } : true,
    documentLinkProvider: { resolveProvider: false },
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: { didCreate: everyFolder, didRename: everyFolder, didDelete: everyFolder },
    },
  };
}
