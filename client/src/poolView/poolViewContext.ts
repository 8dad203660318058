import type { Location } from "vscode-languageclient";
import type { Account } from "../account/accountState.ts";
import type { LanguageServer } from "../languageServer.ts";
import type { PoolsStore } from "../pools/poolsStore.ts";

/** What the pool view works on. */
export interface PoolViewContext {
  readonly account: Account;
  readonly server: LanguageServer;
  readonly pools: PoolsStore;
  /** Shows a function of a pool in the sidebar, by the ARN of the account or the key in its pool. False where no tree has it. */
  readonly reveal: (row: { readonly arn?: string; readonly pool?: string; readonly key: string }) => Promise<boolean>;
  readonly openPlace: (place: Location) => Promise<unknown>;
  readonly failed: (error: unknown) => void;
}
