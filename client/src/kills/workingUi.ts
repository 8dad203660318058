import type { RestoredFunction } from "#aws";
import { accountKey } from "#core";
import type { OpenAccount } from "../account/accountState.ts";
import { uiParts } from "../operations/editor.ts";
import { type EditorUi, type EditorUiParts, editorUi } from "../operations/editorUi.ts";
import { followWarming } from "./followWarming.ts";
import type { KillContext } from "./killContext.ts";
import type { KillDocument } from "./killDocument.ts";
import type { Deed } from "./ongoing.ts";
import { readAgain } from "./readAgain.ts";

/** What asking and telling of kills needs. */
export interface KillUiParts extends EditorUiParts {
  readonly document: KillDocument;
  /** Marks functions as being switched off or restored while the work goes on. */
  readonly during: <Result>(deed: Deed, names: readonly string[], work: () => Promise<Result>) => Promise<Result>;
  /** Reads again what may have changed, without keeping anybody waiting. */
  readonly readAgain: (names: readonly string[]) => void;
  /** Follows provisioned concurrency that comes back. */
  readonly follow: (restored: readonly RestoredFunction[]) => void;
}

/** What asking about the open account needs. */
export function killUiParts(context: KillContext, open: OpenAccount): KillUiParts {
  const { editor, store, document } = context;
  const key = accountKey(open.session.identity);
  return {
    ...uiParts(editor, open),
    document,
    during: (deed, names, work) => store.during(deed, key, names, work),
    readAgain: (names) => readAgain(context, names),
    follow: (restored) => void followWarming(context, key, restored),
  };
}

/** Asks in the editor, and marks functions while work changes them. */
export function workingUi(parts: KillUiParts, deed: Deed): EditorUi {
  const ui = editorUi(parts);
  return {
    ...ui,
    progress: (title, work, options = {}) => {
      const { changes } = options;
      const run = () => ui.progress(title, work, options);
      return changes === undefined ? run() : parts.during(deed, changes, run);
    },
  };
}
