import type { ApplyReport } from "#aws";
import { accountPhrase, many } from "#core";
import type { ChangeOutcome, ChangePreview, Ui } from "#operations";
import { changeCommands } from "../ids.ts";
import { type EditorUiParts, editorUi } from "../operations/editorUi.ts";
import type { EditorWindow } from "../operations/editorWindow.ts";

/** What showing changes of reservations needs. */
export interface ChangeUiParts extends EditorUiParts {
  /** Reads again what may have changed, without keeping anybody waiting. */
  readonly readAgain: (names: readonly string[]) => void;
}

/** Up to this many changes a confirmation lists all of them; with more the plan has to be read first. */
const listed = 12;

const showReport = "Show Report";
const showPlan = "Show Plan";
const finishOrUndo = "Finish or Undo";
const undo = "Undo";

/**
 * Shows the plan of a budget as a document, and that of a single change in its confirmation. What came of it takes the
 * place of the plan.
 */
export function changeUi(parts: ChangeUiParts): Ui<ChangePreview, ChangeOutcome> {
  const { window, readAgain } = parts;
  const ui = editorUi(parts);
  return {
    ...ui,
    async preview(preview) {
      const { steps } = preview.planned.plan;
      if (preview.pool !== undefined && steps.length > 0)
        await window.document(planName(preview), preview.text("markdown"), { preserveFocus: true });
    },
    async confirm(confirmation) {
      const { length } = confirmation.changes;
      if (length > listed && !(await isRead(window, length))) return { kind: "no" };
      return await ui.confirm(confirmation);
    },
    async report(outcome) {
      const { kind, planned, says, applied, pool } = outcome;
      const where = accountPhrase(planned.identity);
      if (kind === "impossible") void showProblem(window, outcome);
      if (kind === "nothing") void window.message("information", `Nothing to change: it is so already in ${where}.`);
      if (applied === null) return;
      readAgain(planned.plan.steps.map(({ name }) => name));
      if (pool !== undefined) await window.document(planName(outcome), outcome.report(where), { preserveFocus: true });
      void tellApplied(window, { applied, says, ...(pool === undefined && { report: () => outcome.report(where) }) });
    },
  };
}

/** Only shows a plan, whatever it says. */
export function planUi(parts: ChangeUiParts): Ui<ChangePreview, ChangeOutcome> {
  return {
    ...editorUi(parts),
    preview: (preview) => parts.window.document(planName(preview), preview.text("markdown")),
    async report() {},
  };
}

/** Says what came of calls, with what can be done next; `report`: absent where the document with it is open already. */
export async function tellApplied(
  window: EditorWindow,
  { applied, says, report }: { readonly applied: ApplyReport; readonly says: string; readonly report?: () => string },
): Promise<void> {
  const { result, pending, unsettled, notes, steps, id } = applied;
  const offers = [
    ...(report !== undefined && (steps.length + notes.length > 1 || result !== "done") ? [showReport] : []),
    ...(pending === undefined && !unsettled ? [] : [finishOrUndo]),
    ...(result === "done" && id !== undefined && steps.length > 0 ? [undo] : []),
  ];
  const kind = result === "done" && notes.length === 0 ? "information" : "warning";
  const picked = await window.message(kind, says, offers);
  if (picked === showReport && report !== undefined) await window.document("Report", report());
  if (picked === finishOrUndo) await window.run(changeCommands.finishApply);
  if (picked === undo) await window.run(changeCommands.undoChange, id);
}

async function showProblem(window: EditorWindow, outcome: ChangeOutcome): Promise<void> {
  const picked = await window.message("error", outcome.says, [showPlan]);
  if (picked === showPlan) await window.document(planName(outcome), outcome.text("markdown"));
}

/** The name of the document that shows a plan, and later what came of it. */
function planName({ pool }: ChangePreview): string {
  return pool === undefined ? "Plan" : `Plan for ${pool}`;
}

/** Lets the plan be read behind a question that does not cover it. */
async function isRead(window: EditorWindow, calls: number): Promise<boolean> {
  const read = await window.pick({
    title: "Read the plan first",
    placeholder: "It can be scrolled while this is open",
    items: [
      { label: `Apply ${many(calls, "change")}…`, detail: "You are asked once more.", value: true },
      { label: "Cancel", detail: "Nothing is changed.", value: false },
    ],
  });
  return read === true;
}
