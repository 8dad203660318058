import type { LoadOutcome, LoadPreview, Ui } from "#operations";
import { type EditorUiParts, editorUi } from "../operations/editorUi.ts";
import { loadMarkdown } from "./loadMarkdown.ts";

/** What showing a load test needs. */
export interface LoadUiParts extends EditorUiParts {
  /** Reads again what may have changed, without keeping anybody waiting. */
  readonly readAgain: (names: readonly string[]) => void;
}

/** Shows what will be sent in the confirmation, and what was measured as a document. */
export function loadUi(parts: LoadUiParts): Ui<LoadPreview, LoadOutcome> {
  const { window, readAgain } = parts;
  let name = "";
  return {
    ...editorUi(parts),
    async preview({ wish }) {
      name = wish.name;
    },
    async report(outcome) {
      const { kind, says, runs } = outcome;
      const isWrong = kind === "refused" || kind === "broken" || kind === "failed";
      if (runs.length > 0) {
        readAgain([name]);
        await window.document("Load Test", loadMarkdown(outcome), { preserveFocus: true });
      }
      if (isWrong) void window.message("error", says);
      else if (runs.length > 0) void window.message(kind === "measured" ? "information" : "warning", says);
    },
  };
}
