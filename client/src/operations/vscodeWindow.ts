import { commands, ProgressLocation, window } from "vscode";
import type { EditorWindow } from "./editorWindow.ts";
import { inputBox } from "./inputBox.ts";
import type { ReadonlyDocuments } from "./readonlyDocuments.ts";

/**
 * After an input has closed the editor gets the focus back a moment later, a preview later still, and would take it from a message that is open by then:
 * its buttons could not be reached with the keyboard. Milliseconds.
 */
const quietPeriod = 300;

const kinds = {
  information: window.showInformationMessage,
  warning: window.showWarningMessage,
  error: window.showErrorMessage,
} as const;

/** The window of VS Code. */
export function vscodeWindow(documents: ReadonlyDocuments): EditorWindow {
  return {
    message: async (kind, text, buttons = []) => await kinds[kind](text, ...buttons),
    async dialog(text, detail, buttons) {
      await new Promise((resolve) => setTimeout(resolve, quietPeriod));
      return await window.showWarningMessage(text, { modal: true, detail }, ...buttons);
    },
    async pick({ title, placeholder, items }) {
      const picked = await window.showQuickPick([...items], {
        title,
        placeHolder: placeholder,
        ignoreFocusOut: true,
        matchOnDetail: true,
      });
      return picked?.value;
    },
    input: inputBox,
    progress: async (title, work, { brief = false } = {}) =>
      await window.withProgress(
        {
          location: brief ? ProgressLocation.Window : ProgressLocation.Notification,
          title,
          cancellable: !brief,
        },
        (progress, token) => {
          const abort = new AbortController();
          token.onCancellationRequested(() => abort.abort());
          return work({
            signal: abort.signal,
            say: (message) => progress.report({ message }),
            advance: (total) => progress.report({ increment: 100 / total }),
          });
        },
      ),
    document: (name, text, options) => documents.showMarkdown(name, text, options),
    run: async (command, ...given) => await commands.executeCommand(command, ...given),
  };
}
