import { Disposable, type LogOutputChannel, type Memento } from "vscode";
import type { Account } from "../account/accountState.ts";
import type { UnfinishedApplies } from "../changes/unfinishedApplies.ts";
import type { LanguageServer } from "../languageServer.ts";
import type { PoolsStore } from "../pools/poolsStore.ts";
import { AccountView } from "./accountView.ts";
import { BudgetView } from "./budgetView.ts";
import { keepContextKeys } from "./contextKeys.ts";
import { registerViewCommands } from "./viewCommands.ts";

/** What the views show, and where they remember how. */
export interface ViewContext {
  readonly account: Account;
  readonly server: LanguageServer;
  readonly pools: PoolsStore;
  readonly log: LogOutputChannel;
  readonly unfinished: UnfinishedApplies;
  /** `ExtensionContext.workspaceState`: sort order and filter. */
  readonly memory: Memento;
}

/** The sidebar, as far as others lead to it. */
export interface Sidebar extends Disposable {
  /** Shows a function: live where the account has it, else in its pool. False where no tree has it. */
  reveal(row: { readonly arn?: string; readonly pool?: string; readonly key: string }): Promise<boolean>;
}

/** Registers the sidebar's views and their commands. Nothing is read until a view is opened. */
export function registerViews({ account, server, pools, log, unfinished, memory }: ViewContext): Sidebar {
  const view = new AccountView(account, pools, unfinished, memory);
  const budgetView = new BudgetView(account, pools);
  const registered = Disposable.from(
    view,
    budgetView,
    keepContextKeys(account, server),
    registerViewCommands({ account, server, log, pools, view, budgetView }),
  );
  return {
    dispose: () => registered.dispose(),
    reveal: async ({ arn, pool, key }) =>
      (arn !== undefined && (await view.reveal(arn))) || (pool !== undefined && (await budgetView.reveal(pool, key))),
  };
}
