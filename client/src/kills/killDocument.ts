import { type AccountIdentity, accountKey } from "#core";
import type { EditorWindow } from "../operations/editorWindow.ts";

/** The document of the kill switch: what a kill will do, then what it has done, then what was restored. */
export interface KillDocument {
  /** Shows it, in the place of what it said before. */
  show(identity: AccountIdentity, names: readonly string[], text: string): Promise<void>;
  /** Shows it where a document about one of these functions is still open: that would no longer be true. */
  replace(identity: AccountIdentity, names: readonly string[], text: string): Promise<void>;
}

const title = "Kill Switch";

/** The document in a window, which remembers what it is about. */
export function killDocument(window: Pick<EditorWindow, "document">): KillDocument {
  let about: ReadonlySet<string> = new Set();
  const put = async (onlyOpen: boolean, identity: AccountIdentity, names: readonly string[], text: string) => {
    const keys = names.map((name) => `${accountKey(identity)}/${name}`);
    if (onlyOpen && !keys.some((key) => about.has(key))) return;
    about = new Set(keys);
    await window.document(title, text, { preserveFocus: true, onlyOpen });
  };
  return {
    show: (identity, names, text) => put(false, identity, names, text),
    replace: (identity, names, text) => put(true, identity, names, text),
  };
}
