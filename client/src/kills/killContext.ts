import type { LogOutputChannel } from "vscode";
import type { Account } from "../account/accountState.ts";
import type { LanguageServer } from "../languageServer.ts";
import type { Editor } from "../operations/editor.ts";
import type { KillDocument } from "./killDocument.ts";
import type { KillsStore } from "./killsStore.ts";
import type { KillsView } from "./killsView.ts";

/** What the kill switch needs of the extension. */
export interface KillParts {
  readonly account: Account;
  readonly server: LanguageServer;
  readonly log: LogOutputChannel;
  readonly editor: Editor;
}

/** What the commands of the kill switch work on. */
export interface KillContext extends KillParts {
  readonly store: KillsStore;
  readonly view: KillsView;
  readonly document: KillDocument;
}
