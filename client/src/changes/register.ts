import { Disposable } from "vscode";
import { registerHandlers } from "../commands/register.ts";
import { type ChangeCommandId, changeCommands } from "../ids.ts";
import { applyBudget, showPlan } from "./applyBudget.ts";
import type { BudgetContext } from "./budgetContext.ts";
import { createBudgetFromAccount, updateBudgetFromAccount } from "./budgetFromAccount.ts";
import { finishApply } from "./finishApply.ts";
import { openAuditLog, openRawLog } from "./openAuditLog.ts";
import { removeReservation, setReservation } from "./setReservation.ts";
import { undoChange } from "./undoChange.ts";

/** Registers the commands that change an account, or show how. */
export function registerChanges(context: BudgetContext): Disposable {
  const handlers: Readonly<Record<ChangeCommandId, (...args: readonly unknown[]) => unknown>> = {
    [changeCommands.setReservation]: (first, second) => setReservation(context, first, second),
    [changeCommands.removeReservation]: (first, second) => removeReservation(context, first, second),
    [changeCommands.showPlan]: (node) => showPlan(context, node),
    [changeCommands.applyBudget]: (node) => applyBudget(context, node),
    [changeCommands.finishApply]: () => finishApply(context),
    [changeCommands.undoChange]: (id) => undoChange(context, id),
    [changeCommands.createBudgetFromAccount]: (folder) => createBudgetFromAccount(context, folder),
    [changeCommands.updateBudgetFromAccount]: (node) => updateBudgetFromAccount(context, node),
    [changeCommands.openAuditLog]: () => openAuditLog(context.editor),
    [changeCommands.openRawLog]: () => openRawLog(context.editor),
  };
  return Disposable.from(context.documents, context.unfinished, registerHandlers(handlers, context.log));
}
