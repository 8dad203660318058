import { type ExtensionContext, Uri, window } from "vscode";
import { registerCommands } from "./commands/register.ts";
import { LanguageServer, type ServerState } from "./languageServer.ts";
import { showLanguageStatus } from "./languageStatus.ts";
import { startWhenNeeded } from "./startWhenNeeded.ts";

/** What the extension exports to other extensions and to its tests. */
export interface Api {
  readonly serverState: () => ServerState;
}

/** Registers everything and starts nothing: the server starts when a document or a budget file needs it. */
export function activate(context: ExtensionContext): Api {
  const log = window.createOutputChannel("Lambda Concurrency", { log: true });
  const server = new LanguageServer(context, log);
  const extensionFile = (path: string) => Uri.joinPath(context.extensionUri, path);
  context.subscriptions.push(
    log,
    showLanguageStatus(server),
    registerCommands({ server, log, extensionFile }),
    startWhenNeeded(server, log),
    { dispose: () => server.dispose() },
  );
  return { serverState: () => server.state };
}
