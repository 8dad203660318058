import { accountPhrase } from "#core";
import type { FinishApplyOutcome, FinishApplyPreview, Ui } from "#operations";
import { changeCommands } from "../ids.ts";
import { asUserErrors, operationState } from "../operations/editor.ts";
import { type EditorUiParts, editorUi } from "../operations/editorUi.ts";
import type { EditorWindow } from "../operations/editorWindow.ts";
import type { ChangeContext } from "./budgetContext.ts";
import { changeParts } from "./changeOperation.ts";
import { type ChangeUiParts, tellApplied } from "./changeUi.ts";

/** Ends an apply to the connected account that ended half way on this machine: finishes it, takes it back, or leaves it as it is. */
export async function finishApply(context: ChangeContext): Promise<void> {
  await context.account.withSession(async (open) => {
    const operations = await import("#operations");
    const state = await operationState(context.editor, open);
    const ui = finishApplyUi(changeParts(context, open), accountPhrase(open.session.identity));
    await asUserErrors(() => operations.finishApply({ session: open.session, state, ui }, {}));
    await context.unfinished.look();
  });
}

/** Asks what to do about an unfinished apply, and says what came of it; the confirmation shows its steps. */
export function finishApplyUi(
  parts: EditorUiParts & Pick<ChangeUiParts, "readAgain">,
  where: string,
): Ui<FinishApplyPreview, FinishApplyOutcome> {
  const { window, readAgain } = parts;
  return {
    ...editorUi(parts),
    async preview() {},
    async report({ kind, record, applied, says, report }) {
      if (kind === "nothing") void tellComplete(window);
      if (kind === "unreadable") void window.message("error", says);
      if (applied === null || record === undefined) return;
      readAgain(record.steps.map(({ name }) => name));
      void tellApplied(window, { applied, says, report: () => report(where) });
    },
  };
}

const undoLast = "Undo Last Apply or Set";

/** Nothing is half done: what is complete can be undone. */
async function tellComplete(window: EditorWindow): Promise<void> {
  const says = "Nothing to finish or undo: the last apply is complete.";
  if ((await window.message("information", says, [undoLast])) === undoLast) await window.run(changeCommands.undoChange);
}
