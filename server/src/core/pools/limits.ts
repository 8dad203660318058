import type { AnalysisOptions, Pool } from "../analysis.ts";
import type { BudgetPool } from "../budgetFile/budgetFile.ts";
import { floorOf } from "../ledger/unreserved.ts";

/** What an account itself says about a pool, for when it has been read. */
export interface AccountFacts {
  /** The applied quota "Concurrent executions". */
  readonly limit?: number;
  /** The number that Lambda named when it refused a reservation. */
  readonly floor?: number;
}

/** Concurrent executions that a new account gets by default. */
const DEFAULT_LIMIT = 1000;

/** The limit and floor of a pool: what the user states, else the budget, else the account, else the usual ones. */
export function limitsOf(
  options: AnalysisOptions,
  budget: BudgetPool | undefined,
  facts?: AccountFacts,
): Pick<Pool, "limit" | "limitSource" | "floor" | "floorSource"> {
  const { limit, limitSource } = limitOf(options, budget, facts);
  const configured = options.floor ?? budget?.floor?.value;
  return { limit, limitSource, ...floorOf(limit, { configured, learned: facts?.floor }) };
}

function limitOf(
  options: AnalysisOptions,
  budget: BudgetPool | undefined,
  facts: AccountFacts | undefined,
): Pick<Pool, "limit" | "limitSource"> {
  const given = options.limit ?? budget?.limit?.value;
  if (given !== undefined) return { limit: given, limitSource: "given" };
  if (facts?.limit !== undefined) return { limit: facts.limit, limitSource: "live" };
  return { limit: options.assumedLimit ?? DEFAULT_LIMIT, limitSource: "assumed" };
}
