import type { Answer, Confirmation, Ui } from "#operations";
import { confirmationText } from "./confirmation.ts";
import type { EditorWindow } from "./editorWindow.ts";
import type { Permission } from "./permission.ts";

/** What is the same for every operation in the editor; what it shows and reports is its own. */
export type EditorUi = Pick<Ui<never, never>, "interactive" | "confirm" | "choose" | "progress">;

/** What asking in the editor needs. */
export interface EditorUiParts {
  readonly window: EditorWindow;
  readonly permission: Permission;
  /** Throws a `UserError` once the account that is asked about is no longer the one on screen. */
  readonly checkCurrent: () => void;
}

/** Asks in dialogs, and shows progress that can be cancelled. Nothing counts as answered once another account is on screen. */
export function editorUi({ window, permission, checkCurrent }: EditorUiParts): EditorUi {
  return {
    interactive: true,
    async confirm(confirmation) {
      const answer = await ask(window, permission, confirmation);
      if (answer.kind !== "no") checkCurrent();
      return answer;
    },
    async choose(choice) {
      const value = await window.pick(choice);
      if (value !== undefined) checkCurrent();
      return value;
    },
    progress: (title, work, options) => window.progress(title, work, options),
  };
}

/** A message that says what will happen and, for a production account, its name typed. Remembers that the account may be changed. */
async function ask<Other extends string>(
  window: EditorWindow,
  permission: Permission,
  confirmation: Confirmation<Other>,
): Promise<Answer<Other>> {
  const { identity, others = [] } = confirmation;
  const allowed = permission.isAllowed(identity);
  const { message, detail, button, typed } = confirmationText(confirmation, !allowed);
  const picked = await window.dialog(message, detail, [button, ...others]);
  if (picked !== button) return { kind: others.find((other) => other === picked) ?? "no" };
  const account = typed === undefined ? undefined : await askName(window, typed);
  if (typed !== undefined && account === undefined) return { kind: "no" };
  if (!allowed) await permission.allow(identity);
  return { kind: "yes", ...(account !== undefined && { account }) };
}

function askName(
  window: EditorWindow,
  { name, title, prompt }: { readonly name: string; readonly title: string; readonly prompt: string },
): Promise<string | undefined> {
  return window.input({
    title,
    prompt,
    placeholder: name,
    judge: (typed) =>
      typed === name
        ? undefined
        : { severity: "error", message: `That is not "${name}". Type it exactly to continue, or press Escape.` },
  });
}
