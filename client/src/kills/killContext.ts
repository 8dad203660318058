import type { LogOutputChannel, Memento } from "vscode";
import type { Account } from "../account/accountState.ts";
import type { ReadonlyDocuments } from "../changes/readonlyDocuments.ts";
import type { LanguageServer } from "../languageServer.ts";
import type { KillsStore } from "./killsStore.ts";
import type { KillsView } from "./killsView.ts";

/** What the kill switch needs of the extension. */
export interface KillParts {
  readonly account: Account;
  readonly server: LanguageServer;
  readonly log: LogOutputChannel;
  /** `ExtensionContext.globalState`: which accounts the user has allowed to be changed. */
  readonly memory: Memento;
  readonly documents: ReadonlyDocuments;
}

/** What the commands of the kill switch work on. */
export interface KillContext extends KillParts {
  readonly store: KillsStore;
  readonly view: KillsView;
}
