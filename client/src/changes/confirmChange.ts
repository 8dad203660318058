import type { Confirmation } from "../operations/confirmation.ts";
import { editorUi } from "../operations/editorUi.ts";
import { type EditorParts, vscodeEditor } from "../operations/vscodeEditor.ts";

/**
 * Has a change confirmed: a message that says what will happen and, for a production account, its name typed. Remembers that the
 * account may be changed. False: cancelled, and nothing may be called; another button is the answer as its text. Throws a
 * `UserError` when the settings never allow changes.
 */
export async function askChange<Other extends string>(
  parts: EditorParts,
  { question, ...confirmation }: Confirmation,
  others: readonly Other[],
): Promise<boolean | Other> {
  const { identity } = confirmation;
  const editor = vscodeEditor(parts);
  const production = await editor.production(await editor.stateFolder(), identity);
  const ui = editorUi({ ...editor, checkCurrent() {} });
  const { kind, account } = await ui.confirm<Other>({
    ...confirmation,
    what: question.replace(/\?$/, ""),
    others,
    ...(production !== undefined && { production }),
  });
  if (kind !== "yes") return kind === "no" ? false : kind;
  return production === undefined || account === identity.account || account === identity.alias;
}
