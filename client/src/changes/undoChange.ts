import { asUserErrors } from "../operations/editor.ts";
import type { ChangeContext } from "./budgetContext.ts";
import { changeOperation } from "./changeOperation.ts";

/** Takes a set or an apply to the connected account back: the one of this id, else the last that was made on this machine. */
export async function undoChange(context: ChangeContext, id: unknown): Promise<void> {
  const { account, editor } = context;
  await account.withSession(async (open) => {
    const { undoChange: undo } = await import("#operations");
    const outcome = await asUserErrors(async () =>
      undo(await changeOperation(context, open), typeof id === "string" ? { id } : {}),
    );
    if (outcome?.kind === "none") void editor.window.message("information", outcome.says);
  });
}
