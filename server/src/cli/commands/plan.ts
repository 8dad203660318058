import { eachBudget, readBudgetPools, readBudgets } from "../account/budgetPools.ts";
import { changeUi, codeOf } from "../account/changeUi.ts";
import { interruptible } from "../account/interruptible.ts";
import { loadOperations } from "../account/openAccount.ts";
import { connectionOptions, formatOption } from "../account/options.ts";
import { exitCodes, UsageError } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";
import { type ChangeReport, changesJson } from "../reporters/change.ts";
import { accountOptions, parameterOptions } from "../workspace/analysisOptions.ts";
import type { Command } from "./command.ts";

/** `plan`: what applying a budget to its account would do. */
export const plan: Command = {
  name: "plan",
  usage: "[BUDGET] [options]",
  summary: "Show what apply would change to match a budget.",
  details: `BUDGET is a budget file, or a folder with one (default: the current folder). Reads the account of each
pool and changes nothing. Every function that a template of the pool declares, or that the budget names
exactly, gets what the budget grants it. The calls come in an order in which Lambda accepts each of
them: what is lowered first, and the floor stays unreserved after every call.

Exit code: 0 nothing to change; 1 there are changes; 2 usage, or a budget with mistakes; 3 it cannot
be done, or the account was not read or only in part; 130 interrupted.`,
  options: { ...connectionOptions, ...formatOption, floor: accountOptions.floor, ...parameterOptions },
  run,
};

async function run(options: Options, io: Io): Promise<number> {
  if (options.positionals.length > 1) throw new UsageError("plan takes one budget file or folder.");
  const reports: ChangeReport[] = [];
  const isText = options.text("format") !== "json";
  const budgets = await readBudgets(options.positionals, options, io);
  const code = await interruptible(io, async (signal) => {
    const read = await readBudgetPools(budgets, options, io, signal);
    const { applyBudget } = await loadOperations();
    return await eachBudget(read, options, io, signal, async (session, state, wish) => {
      const index = reports.length;
      if (isText && index > 0) io.stdout.write("\n");
      const ui = changeUi(options, io, signal, (report) => reports.splice(index, 1, report));
      const outcome = await applyBudget({ session, state, ui }, { ...wish, dryRun: true });
      const code = codeOf(outcome);
      return code === exitCodes.done && outcome.kind === "shown" ? exitCodes.findings : code;
    });
  });
  if (!isText) io.stdout.write(changesJson(reports));
  return code;
}
