import type { ChangeOutcome, ChangePreview, Operation } from "#operations";
import type { OpenAccount } from "../account/accountState.ts";
import { operationState, uiParts } from "../operations/editor.ts";
import type { ChangeContext } from "./budgetContext.ts";
import { type ChangeUiParts, changeUi } from "./changeUi.ts";

/** An operation that changes reservations. */
export type ChangeOperation = Operation<ChangePreview, ChangeOutcome>;

/** A change of the open account from the editor. */
export async function changeOperation(
  context: ChangeContext,
  open: OpenAccount,
  uiFor: (parts: ChangeUiParts) => ChangeOperation["ui"] = changeUi,
): Promise<ChangeOperation> {
  return {
    session: open.session,
    state: await operationState(context.editor, open),
    ui: uiFor(changeParts(context, open)),
  };
}

/** What asking and telling of changes needs. */
export function changeParts({ account, editor, unfinished }: ChangeContext, open: OpenAccount): ChangeUiParts {
  return {
    ...uiParts(editor, open),
    readAgain(names) {
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
