import type { LogOutputChannel } from "vscode";
import type { Account } from "../account/accountState.ts";
import type { LanguageServer } from "../languageServer.ts";
import type { PoolsStore } from "../pools/poolsStore.ts";
import type { AccountView } from "./accountView.ts";
import type { BudgetView } from "./budgetView.ts";

/** What the commands of the views work on. */
export interface ViewCommandContext {
  readonly account: Account;
  readonly server: LanguageServer;
  readonly log: LogOutputChannel;
  readonly pools: PoolsStore;
  readonly view: AccountView;
  readonly budgetView: BudgetView;
}
