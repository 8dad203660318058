import { Disposable, type LogOutputChannel, type Memento } from "vscode";
import type { Account } from "../account/accountState.ts";
import type { LanguageServer } from "../languageServer.ts";

/** What the views show, and where they remember how. */
export interface ViewContext {
  readonly account: Account;
  readonly server: LanguageServer;
  readonly log: LogOutputChannel;
  /** `ExtensionContext.workspaceState`: sort order and filter. */
  readonly memory: Memento;
}

/** Registers the sidebar's views and their commands. Nothing is read until a view is opened. */
export function registerViews(_context: ViewContext): Disposable {
  return Disposable.from();
}
