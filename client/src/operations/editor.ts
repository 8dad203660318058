import type { AccountIdentity, AccountSnapshot } from "#core";
import { accountPhrase } from "#core";
import type { OperationState } from "#operations";
import { UserError } from "../userError.ts";
import type { EditorUiParts } from "./editorUi.ts";
import type { EditorWindow } from "./editorWindow.ts";
import type { Permission } from "./permission.ts";

/** What operations need of the editor beside the account: `vscodeEditor` is the real one. */
export interface Editor {
  readonly window: EditorWindow;
  readonly permission: Permission;
  /** The state folder, which the command line shares. Rejects with a `UserError` where there is none. */
  stateFolder(): Promise<string>;
  /** Why an account asks for more care: by the budgets of the workspace, the settings, and what was seen on this machine. */
  production(folder: string, identity: AccountIdentity): Promise<string | undefined>;
  /** The floor that the budgets of the connected account state. */
  statedFloor(): Promise<number | undefined>;
}

/** The account on screen, as far as asking needs it. */
export interface OnScreen {
  readonly snapshot: AccountSnapshot;
  /** Whether this is still the account on screen. */
  readonly isCurrent: () => boolean;
}

/** What this machine, the budgets of the workspace and the settings say. */
export async function operationState(editor: Editor, { snapshot }: OnScreen): Promise<OperationState> {
  const folder = await editor.stateFolder();
  return { folder, shown: snapshot, production: (identity) => editor.production(folder, identity) };
}

/** What asking about the account on screen needs. */
export function uiParts({ window, permission }: Editor, open: OnScreen): EditorUiParts {
  return { window, permission, checkCurrent: () => checkCurrent(open) };
}

/** Throws a `UserError` once the account on screen is another than the one that was asked about. */
export function checkCurrent({ isCurrent, snapshot }: OnScreen): void {
  if (isCurrent()) return;
  throw new UserError(
    `Meanwhile ${accountPhrase(snapshot.identity)} is no longer connected. Nothing was changed; connect again and repeat it.`,
  );
}

/** Runs an operation; an error of the account becomes a sentence for the user. Undefined where the user cancelled it. */
export async function asUserErrors<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    // Told by its name: the class is loaded late.
    if (!(error instanceof Error && error.name === "AccountError")) throw error;
    if ("kind" in error && error.kind === "cancelled") return undefined;
    const untouched = error.message.includes("Nothing was changed.") ? "" : " Nothing was changed.";
    throw new UserError(`${error.message}${untouched}`);
  }
}
