import type { Choice, Progress } from "#operations";
import type { Input } from "./inputBox.ts";

/**
 * What operations use of the editor: `vscodeWindow` is the real one. Nothing here is of the module `vscode`, so that
 * what the editor shows, asks and decides is tested without it.
 */
export interface EditorWindow {
  /** A message that does not keep anybody from working; resolves to the button taken. */
  message(
    kind: "information" | "warning" | "error",
    text: string,
    buttons?: readonly string[],
  ): Promise<string | undefined>;
  /** A message that has to be answered; resolves to the button taken, undefined when it is cancelled. */
  dialog(text: string, detail: string, buttons: readonly string[]): Promise<string | undefined>;
  pick<Value>(choice: Choice<Value>): Promise<Value | undefined>;
  /** Undefined when it is cancelled. */
  input(input: Input): Promise<string | undefined>;
  /** `brief`: in the status bar, where nobody can cancel it; else a notification. */
  progress<Result>(
    title: string,
    work: (progress: Progress) => Promise<Result>,
    options?: { readonly brief?: boolean },
  ): Promise<Result>;
  /** Shows a Markdown document in the place of the one of the same name; with `onlyOpen` nothing where none is open. */
  document(
    name: string,
    text: string,
    options?: { readonly preserveFocus?: boolean; readonly onlyOpen?: boolean },
  ): Promise<void>;
  /** Runs a command of the editor. */
  run(command: string, ...given: readonly unknown[]): Promise<unknown>;
}
