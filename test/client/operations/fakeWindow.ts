import type { EditorWindow } from "#client/operations/editorWindow.ts";
import type { Input } from "#client/operations/inputBox.ts";
import type { Choice } from "#operations";

/** What a user of the fake window does. */
export interface FakeUser {
  /** The button of a dialog; default: its first. */
  readonly dialog?: (
    text: string,
    detail: string,
    buttons: readonly string[],
  ) => string | undefined | Promise<string | undefined>;
  /** The button of a message; default: none. */
  readonly message?: (text: string, buttons: readonly string[]) => string | undefined;
  /** The label of the item to take; default: none. */
  readonly pick?: (choice: Choice<unknown>) => string | undefined;
  /** What is typed; default: nothing, which cancels. A text that is refused cancels too. */
  readonly input?: (input: Input) => string | undefined;
  /** Sees how far work is, and may cancel it. */
  readonly say?: (what: string, cancel: () => void) => void;
}

/** A window that remembers what it showed. */
export interface FakeWindow extends EditorWindow {
  /** In order: `dialog Set …?`, `warning …`, `pick …`, `input …`, `progress …`, `document …`, `run …`. */
  readonly shown: readonly string[];
  /** The last document of each name. */
  readonly documents: ReadonlyMap<string, string>;
  /** Details of the dialogs, in order. */
  readonly details: readonly string[];
}

/** A window in which this user sits. */
export function fakeWindow(user: FakeUser = {}): FakeWindow {
  const shown: string[] = [];
  const documents = new Map<string, string>();
  const details: string[] = [];
  return {
    shown,
    documents,
    details,
    async message(kind, text, buttons = []) {
      shown.push(`${kind} ${text}${buttons.length === 0 ? "" : ` [${buttons.join(", ")}]`}`);
      return user.message?.(text, buttons);
    },
    async dialog(text, detail, buttons) {
      shown.push(`dialog ${text} [${buttons.join(", ")}]`);
      details.push(detail);
      return user.dialog === undefined ? buttons[0] : await user.dialog(text, detail, buttons);
    },
    async pick(choice) {
      shown.push(`pick ${choice.title}`);
      const label = user.pick?.(choice);
      return choice.items.find((item) => item.label === label)?.value;
    },
    async input(input) {
      shown.push(`input ${input.title}`);
      const text = user.input?.(input);
      return text === undefined || input.judge(text)?.severity === "error" ? undefined : text;
    },
    async progress(title, work, { brief = false } = {}) {
      shown.push(`progress${brief ? " (brief)" : ""} ${title}`);
      const abort = new AbortController();
      return await work({
        signal: abort.signal,
        say: (what) => user.say?.(what, () => abort.abort()),
        advance() {},
      });
    },
    async document(name, text, { onlyOpen = false } = {}) {
      if (onlyOpen && !documents.has(name)) return;
      shown.push(`document ${name}${onlyOpen ? " (where open)" : ""}`);
      documents.set(name, text);
    },
    async run(command, ...given) {
      shown.push(`run ${command}${given.length === 0 ? "" : ` ${JSON.stringify(given)}`}`);
    },
  };
}
