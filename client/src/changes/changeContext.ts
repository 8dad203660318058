import type { Account } from "../account/accountState.ts";
import type { Editor } from "../operations/editor.ts";

/** What changes of the account work on. */
export interface ChangeContext {
  readonly account: Pick<Account, "withSession" | "refresh" | "refreshFunction">;
  readonly editor: Editor;
  /** The applies that ended half way here, looked up again after each change. */
  readonly unfinished: { look(): Promise<void> };
}
