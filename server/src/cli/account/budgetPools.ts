import type { Session } from "#aws";
import { type Analysis, type AnalysisOptions, environmentOf, hasNearBudgetName, type Pool } from "#core";
import type { BudgetWish, OperationState } from "#operations";
import { complain } from "../complain.ts";
import { exitCodes, UsageError } from "../exitCodes.ts";
import { findInputs } from "../inputs.ts";
import type { Io } from "../io.ts";
import { fileNames, type Names } from "../names.ts";
import type { Options } from "../options.ts";
import { analysisOptions } from "../workspace/analysisOptions.ts";
import { checkGiven } from "../workspace/checkGiven.ts";
import { openWorkspace } from "../workspace/openWorkspace.ts";
import { terminalState } from "./changeUi.ts";
import { checkGivenAccount } from "./confirm.ts";
import { accountFailure } from "./failure.ts";
import { loadOperations, openAccount } from "./openAccount.ts";
import { choiceOf } from "./options.ts";
import { isReadWithoutTotals } from "./readAccount.ts";
import { readLive } from "./readLive.ts";

/** Pools of budgets with the facts of their accounts. */
export interface BudgetPools {
  readonly pools: readonly Pool[];
  readonly names: Names;
  /** Above 0 when an account, or the folder with the budgets, was not read, or only in part. */
  readonly code: number;
}

/** The budgets of a command line before any account was read. */
export interface OfflineBudgets {
  readonly pools: readonly Pool[];
  readonly names: Names;
  /** Above 0 when something of the named folders could not be read. */
  readonly code: number;
  /** The same with what was read of accounts. */
  analyse(facts: Partial<AnalysisOptions>): Analysis;
}

/**
 * Reads the budgets at these paths; none: those of the current folder. Throws a `UsageError` for a budget with mistakes.
 */
export async function readBudgets(paths: readonly string[], options: Options, io: Io): Promise<OfflineBudgets> {
  const inputs = await findInputs(paths, io);
  for (const { given, error } of inputs.named) if (error !== undefined) throw new UsageError(`${given}: ${error}`);
  const names = fileNames(io.cwd, new Map(inputs.named.map(({ uri, given }) => [uri, given])));
  for (const { uri, error } of inputs.unreadable) complain(`${names.of(uri)}: ${error}`, io);
  const { budgets } = inputs;
  if (budgets.length === 0) {
    const near = inputs.others.find(hasNearBudgetName);
    throw new UsageError(
      near === undefined
        ? `There is no budget file in ${paths[0] ?? "this folder"}: lambda-concurrency init writes one.`
        : `${names.of(near)} is not the name of a budget file. Rename it to concurrency-budget.yaml.`,
    );
  }
  const workspace = openWorkspace(inputs, options, io);
  const given = analysisOptions(options, io);
  const analyse = (facts: Partial<AnalysisOptions>) =>
    workspace.analyse({ budgets, templates: [], options: { ...given, ...facts } });
  const offline = analyse({});
  checkBudgets(offline, names, io);
  checkGiven(offline, options, { sources: workspace, names }, io);
  const code = inputs.unreadable.length > 0 ? exitCodes.usage : exitCodes.done;
  return { pools: offline.pools.filter(({ budget }) => budget !== undefined), names, code, analyse };
}

/** Reads the accounts of the pools. */
export async function readBudgetPools(
  { pools, names, code, analyse }: OfflineBudgets,
  options: Options,
  io: Io,
  signal: AbortSignal,
): Promise<BudgetPools> {
  const live = await readLive(pools, choiceOf(options), io, signal, isReadWithoutTotals);
  const planned = analyse(live.facts).pools.filter((pool) => pool.budget && pool.live);
  return { pools: planned, names, code: Math.max(live.code, code) };
}

/** A budget that is half understood is not applied; one that leads to no template is, as far as it goes. */
function checkBudgets({ findings }: Analysis, names: Names, io: Io): void {
  for (const { rule, message, place } of findings) {
    if (rule === "budget-invalid")
      throw new UsageError(
        `${names.of(place.uri)}: ${message} Mend it first: lambda-concurrency check shows all mistakes.`,
      );
    if (rule === "stack-not-found") complain(`${names.of(place.uri)}: ${message}`, io);
  }
}

/** Opens the account of each pool and does something with its budget, one after the other. Gives the highest exit code. */
export async function eachBudget(
  read: BudgetPools,
  options: Options,
  io: Io,
  signal: AbortSignal,
  work: (session: Session, state: OperationState, wish: BudgetWish) => Promise<number>,
): Promise<number> {
  const { budgetWish } = await loadOperations();
  let highest = read.code;
  for (const pool of read.pools) {
    const wish = pool.budget && budgetWish(pool, read.names.of(pool.budget.file.uri));
    if (highest === exitCodes.cancelled || wish === undefined) break;
    const choice = { ...choiceOf(options), region: pool.region ?? wish.identity.region };
    try {
      const session = await openAccount(choice, io, signal);
      try {
        await checkGivenAccount(options, session.identity);
        const state = await terminalState(io, read.pools.map(environmentOf));
        highest = Math.max(highest, await work(session, state, wish));
      } finally {
        session.close();
      }
    } catch (error) {
      highest = Math.max(highest, accountFailure(error, choice, io));
    }
  }
  return highest;
}
