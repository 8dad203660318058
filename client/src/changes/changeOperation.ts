import type { ChangeOutcome, ChangePreview, Operation, OperationState } from "#operations";
import type { OpenAccount } from "../account/accountState.ts";
import { permissionIn, productionAccounts } from "../operations/permission.ts";
import { vscodeWindow } from "../operations/vscodeWindow.ts";
import { UserError } from "../userError.ts";
import { accountPhrase } from "../views/text.ts";
import type { ChangeContext } from "./changeContext.ts";
import { type ChangeUiParts, changeUi } from "./changeUi.ts";
import { changesFolder } from "./freshFacts.ts";
import { knownEnvironments } from "./knownPools.ts";

/** An operation that changes reservations. */
export type ChangeOperation = Operation<ChangePreview, ChangeOutcome>;

/** A change of the open account from the editor. */
export async function changeOperation(
  context: ChangeContext,
  open: OpenAccount,
  uiFor: (parts: ChangeUiParts) => ChangeOperation["ui"] = changeUi,
): Promise<ChangeOperation> {
  return { session: open.session, state: await operationState(context, open), ui: uiFor(uiParts(context, open)) };
}

/** What this machine, the budget files of the workspace and the settings say. */
export async function operationState(
  { server }: Pick<ChangeContext, "server">,
  { snapshot }: Pick<OpenAccount, "snapshot">,
): Promise<OperationState> {
  const { productionReason } = await import("#aws");
  const folder = await changesFolder();
  return {
    folder,
    shown: snapshot,
    production: async (identity) =>
      productionReason(folder, identity, await knownEnvironments(server), productionAccounts()),
  };
}

/** What asking and telling in this window needs. */
export function uiParts({ account, documents, memory, unfinished }: ChangeContext, open: OpenAccount): ChangeUiParts {
  return {
    window: vscodeWindow(documents),
    permission: permissionIn(memory),
    checkCurrent: () => checkCurrent(open),
    readAgain: (names) => {
      const distinct = [...new Set(names)];
      void (async () => {
        await unfinished.look();
        if (distinct.length > mostAlone) return account.refresh();
        for (const name of distinct) await account.refreshFunction(name);
      })();
    },
  };
}

/** More functions than this are read with everything else. */
const mostAlone = 10;

/** Throws a `UserError` once the account on screen is another than the one of the plan. */
export function checkCurrent({ isCurrent, snapshot }: OpenAccount): void {
  if (isCurrent()) return;
  throw new UserError(
    `Meanwhile ${accountPhrase(snapshot.identity)} is no longer connected. Nothing was changed; connect again and repeat it.`,
  );
}

/** Runs an operation; an error of the account becomes a sentence for the user. */
export async function asUserErrors<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    // Told by its name: the class is loaded late.
    if (!(error instanceof Error && error.name === "AccountError")) throw error;
    const untouched = error.message.includes("Nothing was changed.") ? "" : " Nothing was changed.";
    throw new UserError(`${error.message}${untouched}`);
  }
}
