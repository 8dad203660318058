import type { LogOutputChannel, Memento } from "vscode";
import type { Account } from "../account/accountState.ts";
import type { PoolLinks } from "../account/poolLinks.ts";
import type { LanguageServer } from "../languageServer.ts";
import type { ReadonlyDocuments } from "./readonlyDocuments.ts";
import type { UnfinishedApplies } from "./unfinishedApplies.ts";

/** What commands that change an account work on. */
export interface ChangeContext {
  readonly account: Account;
  readonly server: LanguageServer;
  readonly links: PoolLinks;
  readonly log: LogOutputChannel;
  /** `ExtensionContext.globalState`: which accounts the user has allowed to be changed. */
  readonly memory: Memento;
  readonly documents: ReadonlyDocuments;
  readonly unfinished: UnfinishedApplies;
}
