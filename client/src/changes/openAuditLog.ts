import { readFile } from "node:fs/promises";
import { Position, Selection, window } from "vscode";
import { UserError } from "../userError.ts";
import type { BudgetContext } from "./budgetContext.ts";
import { changesFolder } from "./freshFacts.ts";

/** Shows the log of all changes that this product made on this machine, at its end: what was done last. */
export async function openAuditLog({ documents }: Pick<BudgetContext, "documents">): Promise<void> {
  const { auditPath } = await import("#aws");
  const file = auditPath(await changesFolder());
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT")
      throw new UserError(`Nothing was changed from this machine yet: there is no log of changes at ${file}.`);
    throw new UserError(`The log of changes ${file} cannot be read: ${code ?? message}.`);
  }
  await documents.showText("Log of Changes.jsonl", text);
  const editor = window.activeTextEditor;
  if (editor === undefined) return;
  const end = new Position(Math.max(0, editor.document.lineCount - 2), 0);
  editor.selection = new Selection(end, end);
  editor.revealRange(editor.selection);
}
