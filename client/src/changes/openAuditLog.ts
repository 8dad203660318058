import { Position, Selection, Uri, window, workspace } from "vscode";
import { asUserErrors, type Editor } from "../operations/editor.ts";
import { logName } from "../operations/readonlyDocuments.ts";
import { UserError } from "../userError.ts";

/** Shows all changes that this product made on this machine as a table, the last one first. */
export async function openAuditLog({ window: shown, stateFolder }: Editor): Promise<void> {
  const { changeLogText } = await import("#operations");
  const text = await asUserErrors(async () => changeLogText(await stateFolder(), new Date()));
  if (text !== undefined) await shown.document(logName, text);
}

/** Opens the file of the log, a line of JSON for each change, at its end. */
export async function openRawLog({ stateFolder }: Editor): Promise<void> {
  const { auditPath } = await import("#aws");
  const file = Uri.file(auditPath(await stateFolder()));
  const document = await workspace.openTextDocument(file).then(
    (opened) => opened,
    () => {
      throw new UserError(`There is no log of changes to read at ${file.fsPath}.`);
    },
  );
  const editor = await window.showTextDocument(document, { preview: true });
  const end = new Position(Math.max(0, document.lineCount - 2), 0);
  editor.selection = new Selection(end, end);
  editor.revealRange(editor.selection);
}
