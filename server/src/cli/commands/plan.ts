import { planPools, readBudgetPools, readBudgets } from "../account/budgetPools.ts";
import { interruptible } from "../account/interruptible.ts";
import { isIncomplete } from "../account/makeChange.ts";
import { connectionOptions, formatOption } from "../account/options.ts";
import { exitCodes, type Io, UsageError } from "../io.ts";
import type { Options } from "../options.ts";
import { type ChangeReport, changesJson, planLines } from "../reporters/change.ts";
import { accountOptions, parameterOptions } from "./analysisOptions.ts";
import type { Command } from "./command.ts";

/** `plan`: what applying a budget to its account would do. */
export const plan: Command = {
  name: "plan",
  usage: "[BUDGET] [options]",
  summary: "Show what apply would change to make an account what a budget grants.",
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
    return await planPools(read, options, io, signal, async (_, { pool, title, planned, notPlanned }) => {
      const report = { ...(pool !== undefined && { pool }), title, planned, notPlanned, applied: null };
      if (isText) io.stdout.write(`${reports.length === 0 ? "" : "\n"}${planLines(report, new Date())}`);
      reports.push(report);
      if (planned.plan.problems.length > 0 || isIncomplete(notPlanned)) return exitCodes.account;
      return planned.plan.steps.length > 0 ? exitCodes.findings : exitCodes.done;
    });
  });
  if (!isText) io.stdout.write(changesJson(reports));
  return code;
}
