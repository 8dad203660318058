import type { LogOutputChannel } from "vscode";
import type { Account } from "../account/accountState.ts";
import type { LiveFacts } from "../account/liveFacts.ts";
import type { LanguageServer } from "../languageServer.ts";
import type { ReadonlyDocuments } from "../operations/readonlyDocuments.ts";
import type { ChangeContext } from "./changeContext.ts";
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
