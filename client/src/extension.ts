import { EventEmitter, type ExtensionContext, Uri, window } from "vscode";
import type { AccountState } from "./account/accountState.ts";
import { registerAccountCommands } from "./account/commands/register.ts";
import { connectAtStart } from "./account/connectAtStart.ts";
import { createAccount } from "./account/createAccount.ts";
import { sendLiveFacts } from "./account/liveFacts.ts";
import { PoolLinks } from "./account/poolLinks.ts";
import { showAccountStatus } from "./account/showAccountStatus.ts";
import { registerChanges } from "./changes/register.ts";
import { UnfinishedApplies } from "./changes/unfinishedApplies.ts";
import { registerCommands } from "./commands/register.ts";
import { registerKills } from "./kills/register.ts";
import { LanguageServer, type ServerState } from "./languageServer.ts";
import { showLanguageStatus } from "./languageStatus.ts";
import { registerLoad } from "./load/register.ts";
import { ReadonlyDocuments } from "./operations/readonlyDocuments.ts";
import { vscodeEditor } from "./operations/vscodeEditor.ts";
import { PoolsStore } from "./pools/poolsStore.ts";
import { registerPoolView } from "./poolView/register.ts";
import { startWhenNeeded } from "./startWhenNeeded.ts";
import { registerViews } from "./views/index.ts";
import { openPlace } from "./views/placeCommands.ts";

/** What the extension exports to other extensions and to its tests. */
export interface Api {
  readonly serverState: () => ServerState;
  readonly accountState: () => AccountState;
}

/** Registers everything and starts nothing: the server starts when a document or a budget file needs it, an account is read when the user asks. */
export function activate(context: ExtensionContext): Api {
  const log = window.createOutputChannel("Lambda Concurrency", { log: true });
  const serverChanges = new EventEmitter<void>();
  const poolsAnnounced = new EventEmitter<number>();
  const server = new LanguageServer({
    module: context.asAbsolutePath("dist/server.cjs"),
    log,
    load: () => import("./languageClient.ts"),
    changes: serverChanges,
    poolsChanges: poolsAnnounced,
  });
  const extensionFile = (path: string) => Uri.joinPath(context.extensionUri, path);
  const poolsChanges = new EventEmitter<void>();
  const linksChanges = new EventEmitter<void>();
  const pools = new PoolsStore({ server, changes: poolsChanges, warn: (message, error) => log.warn(message, error) });
  const parts = createAccount(context, log, pools);
  const { account } = parts;
  const links = new PoolLinks(context.workspaceState, linksChanges);
  const facts = sendLiveFacts(account, server, links);
  const changing = { documents: new ReadonlyDocuments(), unfinished: new UnfinishedApplies(account) };
  const editor = vscodeEditor({ server, memory: context.globalState, ...changing });
  const sidebar = registerViews({
    account,
    server,
    pools,
    log,
    unfinished: changing.unfinished,
    memory: context.workspaceState,
  });
  context.subscriptions.push(
    log,
    parts,
    pools,
    poolsChanges,
    linksChanges,
    showLanguageStatus(server),
    registerCommands({ server, log, extensionFile }),
    registerAccountCommands({ ...parts, links, pools, server, log }),
    sidebar,
    registerPoolView({ account, server, pools, log, reveal: sidebar.reveal, openPlace }, context),
    registerChanges({ account, server, facts, log, editor, ...changing }),
    registerLoad({ account, editor, log, program: context.asAbsolutePath("dist/cli.js") }),
    registerKills({ account, server, log, editor }),
    showAccountStatus(account, pools),
    facts,
    startWhenNeeded(server, log),
    connectAtStart(parts, log),
    {
      async dispose() {
        await server.stop();
        serverChanges.dispose();
        poolsAnnounced.dispose();
      },
    },
  );
  return { serverState: () => server.state, accountState: () => account.state };
}
