import { Disposable, type LogOutputChannel, workspace } from "vscode";
import { budgetFiles, needsServer, skippedFolders } from "./documents.ts";
import { section, settings } from "./ids.ts";
import type { LanguageServer } from "./languageServer.ts";
import { ServerStarter } from "./serverStarter.ts";

/** Whether the user wants templates and budget files to be checked. */
function isEnabled(): boolean {
  return workspace.getConfiguration(section).get(settings.enable, true);
}

/**
 * Starts the server as soon as there is something for it to do: an open document that looks like a template or is a
 * budget file, or a budget file in the workspace. Follows the setting `enable`. A server that the user stopped stays stopped.
 */
export function startWhenNeeded(server: LanguageServer, log: LogOutputChannel): Disposable {
  const starter = new ServerStarter({
    isEnabled,
    state: () => server.state,
    start: () => server.start().catch((error: unknown) => log.error("The language server did not start.", error)),
    stop: () => void server.stop(),
  });
  const lookAt = (document: Parameters<typeof needsServer>[0]) => {
    if (starter.isWaiting && needsServer(document)) starter.start();
  };
  const lookEverywhere = async () => {
    for (const document of workspace.textDocuments) lookAt(document);
    if (!starter.isWaiting) return;
    const found = await workspace.findFiles(budgetFiles, skippedFolders, 1);
    if (found.length > 0) starter.start();
  };
  const followSetting = () => {
    starter.settingChanged();
    void lookEverywhere();
  };

  const watcher = workspace.createFileSystemWatcher(budgetFiles, false, true, true);
  void lookEverywhere();
  return Disposable.from(
    watcher,
    watcher.onDidCreate(() => starter.start()),
    workspace.onDidOpenTextDocument(lookAt),
    workspace.onDidChangeTextDocument(({ document }) => lookAt(document)),
    workspace.onDidChangeWorkspaceFolders(() => void lookEverywhere()),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${section}.${settings.enable}`)) followSetting();
    }),
  );
}
