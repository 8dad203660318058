import { Disposable, type LogOutputChannel, workspace } from "vscode";
import { budgetFiles, needsServer, skippedFolders } from "./documents.ts";
import { section, settings } from "./ids.ts";
import type { LanguageServer } from "./languageServer.ts";

/** Whether the user wants templates and budget files to be checked. */
function isEnabled(): boolean {
  return workspace.getConfiguration(section).get(settings.enable, true);
}

/**
 * Starts the server as soon as there is something for it to do: an open document that looks like a template or is a
 * budget file, or a budget file in the workspace. Follows the setting `enable`. A server that the user stopped stays stopped.
 */
export function startWhenNeeded(server: LanguageServer, log: LogOutputChannel): Disposable {
  let waiting = true;

  const start = () => {
    if (!waiting || !isEnabled()) return;
    waiting = false;
    server.start().catch((error: unknown) => log.error("The language server did not start.", error));
  };
  const lookAt = (document: Parameters<typeof needsServer>[0]) => {
    if (waiting && isEnabled() && needsServer(document)) start();
  };
  const lookEverywhere = async () => {
    for (const document of workspace.textDocuments) lookAt(document);
    if (!waiting || !isEnabled()) return;
    const found = await workspace.findFiles(budgetFiles, skippedFolders, 1);
    if (found.length > 0) start();
  };
  const followSetting = () => {
    if (isEnabled()) {
      waiting ||= server.state === "stopped";
      void lookEverywhere();
    } else {
      waiting = false;
      void server.stop();
    }
  };

  const watcher = workspace.createFileSystemWatcher(budgetFiles, false, true, true);
  void lookEverywhere();
  return Disposable.from(
    watcher,
    watcher.onDidCreate(start),
    workspace.onDidOpenTextDocument(lookAt),
    workspace.onDidChangeTextDocument(({ document }) => lookAt(document)),
    workspace.onDidChangeWorkspaceFolders(() => void lookEverywhere()),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${section}.${settings.enable}`)) followSetting();
    }),
  );
}
