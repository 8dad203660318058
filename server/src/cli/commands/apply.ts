import { eachBudget, readBudgetPools, readBudgets } from "../account/budgetPools.ts";
import { changeUi, codeOf } from "../account/changeUi.ts";
import { finishApplyOptions, finishApplyWay, finishUnfinishedApply } from "../account/finishApply.ts";
import { interruptible } from "../account/interruptible.ts";
import { loadOperations } from "../account/openAccount.ts";
import { changeOptions, connectionOptions, formatOption } from "../account/options.ts";
import { UsageError } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";
import { type ChangeReport, changesJson } from "../reporters/change.ts";
import { accountOptions, parameterOptions } from "../workspace/analysisOptions.ts";
import type { Command } from "./command.ts";

/** `apply`: makes an account what a budget grants. */
export const apply: Command = {
  name: "apply",
  usage: "[BUDGET] [options]",
  summary: "Change an account's reservations to match a budget.",
  details: `BUDGET is a budget file, or a folder with one (default: the current folder). Shows what plan shows, has it
confirmed, and makes the calls one by one; it stops at the first that is refused or finds something
that was changed meanwhile. An apply that was interrupted is finished with --resume, taken back with
--undo, or left as it is with --forget; these need no BUDGET.

Exit code: 0 done; 2 usage, a budget with mistakes, or nobody there to confirm; 3 refused, stopped
half way, or an account was not read; 130 not confirmed or interrupted.`,
  options: {
    ...connectionOptions,
    ...changeOptions,
    ...finishApplyOptions,
    ...formatOption,
    floor: accountOptions.floor,
    ...parameterOptions,
  },
  run,
};

async function run(options: Options, io: Io): Promise<number> {
  if (options.positionals.length > 1) throw new UsageError("apply takes one budget file or folder.");
  const wish = finishApplyWay(options);
  if (wish !== undefined) return await finishUnfinishedApply(wish, options, io);
  const budgets = await readBudgets(options.positionals, options, io);
  const reports: ChangeReport[] = [];
  try {
    return await interruptible(io, async (signal) => {
      const read = await readBudgetPools(budgets, options, io, signal);
      const { applyBudget } = await loadOperations();
      return await eachBudget(read, options, io, signal, async (session, state, wish) => {
        const index = reports.length;
        const ui = changeUi(options, io, signal, (report) => reports.splice(index, 1, report));
        return codeOf(await applyBudget({ session, state, ui }, { ...wish, dryRun: options.has("dry-run") }));
      });
    });
  } finally {
    if (options.text("format") === "json" && reports.length > 0) io.stdout.write(changesJson(reports));
  }
}
