import { DidChangeWorkspaceFoldersNotification, type InitializeParams } from "vscode-languageserver/node";
import { toPath, toUri } from "#workspaceFiles";
import type { Collaborators } from "./collaborators.ts";

/** The workspace folders as absolute paths: none when a single file is open. */
export function foldersOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : rootPath ? [toUri(rootPath)] : []);
  return pathsOf(uris);
}

/** Follows changes of the workspace folders, and folders that are created, renamed or deleted in the editor. */
export function registerFolders({ connection, project, analyser, followUp, faults, ready }: Collaborators): void {
  async function search(searching: Promise<void>): Promise<void> {
    await faults.watch("Searching the folders", searching);
    analyser.invalidate();
    followUp.schedule();
  }

  // Not `connection.workspace.onDidChangeWorkspaceFolders`: before the answer to `initialize` it would register itself a second time.
  connection.onNotification(DidChangeWorkspaceFoldersNotification.type, async ({ event: { added, removed } }) => {
    await ready;
    const gone = new Set(pathsOf(removed.map(({ uri }) => uri)));
    const kept = project.folders.filter((folder) => !gone.has(folder));
    await search(project.setFolders([...new Set([...kept, ...pathsOf(added.map(({ uri }) => uri))])]));
  });
  connection.workspace.onDidCreateFiles(() => search(project.search()));
  connection.workspace.onDidRenameFiles(() => search(project.search()));
  connection.workspace.onDidDeleteFiles(() => search(project.search()));
}

function pathsOf(uris: readonly string[]): readonly string[] {
  return uris.map(toPath).filter((path) => path !== undefined);
}
