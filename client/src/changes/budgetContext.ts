import type { LogOutputChannel } from "vscode";
import type { Account } from "../account/accountState.ts";
import type { LiveFacts } from "../account/liveFacts.ts";
import type { LanguageServer } from "../languageServer.ts";
import type { Editor } from "../operations/editor.ts";
import type { ReadonlyDocuments } from "../operations/readonlyDocuments.ts";
import type { UnfinishedApplies } from "./unfinishedApplies.ts";

/** What commands that compare budgets with the account, or show records of changes, work on. */
export interface BudgetContext extends ChangeContext {
  readonly account: Account;
  readonly server: LanguageServer;
  readonly facts: Pick<LiveFacts, "flush">;
  readonly log: LogOutputChannel;
  readonly documents: ReadonlyDocuments;
  readonly unfinished: UnfinishedApplies;
}

/** What changes of the account work on. */
export interface ChangeContext {
  readonly account: Pick<Account, "withSession" | "refresh" | "refreshFunction">;
  readonly editor: Editor;
  /** The applies that ended half way here, looked up again after each change. */
  readonly unfinished: { look(): Promise<void> };
}
