import type { RestoredFunction } from "#aws";
import { type EditorUi, type EditorUiParts, editorUi } from "../operations/editorUi.ts";
import type { KillAction } from "./killActivity.ts";
import type { KillDocument } from "./killDocument.ts";

/** What asking and telling of kills needs. */
export interface KillUiParts extends EditorUiParts {
  readonly document: KillDocument;
  /** Marks functions as being switched off or restored while the work goes on. */
  readonly whileMarked: <Result>(
    action: KillAction,
    names: readonly string[],
    work: () => Promise<Result>,
  ) => Promise<Result>;
  /** Reads again what may have changed, without keeping anybody waiting. */
  readonly readAgain: (names: readonly string[]) => void;
  /** Follows provisioned concurrency that comes back. */
  readonly follow: (restored: readonly RestoredFunction[]) => void;
}

/** Asks in the editor, and marks functions while work changes them. */
export function workingUi(parts: KillUiParts, action: KillAction): EditorUi {
  const ui = editorUi(parts);
  return {
    ...ui,
    progress: (title, work, options = {}) => {
      const { changes } = options;
      const run = () => ui.progress(title, work, options);
      return changes === undefined ? run() : parts.whileMarked(action, changes, run);
    },
  };
}
