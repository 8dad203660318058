import type { LogOutputChannel } from "vscode";
import type { LanguageServer } from "../../languageServer.ts";
import type { PoolsStore } from "../../pools/poolsStore.ts";
import type { AccountState } from "../accountState.ts";
import type { AccountParts } from "../createAccount.ts";
import type { PoolLinks } from "../poolLinks.ts";

/** What the account commands work on. */
export interface AccountCommandContext extends Omit<AccountParts, "dispose"> {
  readonly links: PoolLinks;
  readonly pools: PoolsStore;
  readonly server: LanguageServer;
  readonly log: LogOutputChannel;
  /** Failures that the user has been told of. */
  readonly answered: WeakSet<AccountState>;
}
