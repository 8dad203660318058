/** What changes an account, each operation once: the editor and the command line show, ask and report for it. */

export { applyBudget, type BudgetWish, budgetWish } from "./applyBudget.ts";
export type { AccountChange, ChangeOutcome, ChangePreview } from "./changeAccount.ts";
export { changeLogText } from "./changeLog.ts";
export { confirm } from "./confirm.ts";
export {
  type FinishApplyOutcome,
  type FinishApplyPreview,
  type FinishApplyWish,
  finishApply,
} from "./finishApply.ts";
export type { FinishApplyWay } from "./finishApplyText.ts";
export { type ForgetOutcome, type ForgetShown, type ForgetWish, forgetConfirmation, forgetKills } from "./forget.ts";
export { type KillOutcome, type KillShown, type KillWish, killFunctions } from "./kill.ts";
export { load } from "./load.ts";
export type { LoadGenerator } from "./loadGenerator.ts";
export type { LoadOutcome, LoadPreview, LoadReport, LoadWish, MeasuredRun } from "./loadTypes.ts";
export type { Operation, OperationState } from "./operation.ts";
export {
  judgeReservation,
  type ReservationFacts,
  readReservation,
  reservationFacts,
  reservationPrompt,
  type Verdict,
} from "./reservationInput.ts";
export { type RestoreOutcome, restoreFunctions } from "./restore.ts";
export {
  type RestoredLoad,
  type RestoreLoadOutcome,
  type RestoreLoadPreview,
  type RestoreLoadWish,
  restoreLoad,
} from "./restoreLoad.ts";
export type { RestoreShown, RestoreWish } from "./restorePreview.ts";
export { type SetOutcome, type SetWish, setReservation } from "./setReservation.ts";
export type { Answer, Choice, ChoiceItem, Confirmation, Progress, Ui } from "./ui.ts";
export { type UndoOutcome, type UndoWish, undoChange } from "./undoChange.ts";
