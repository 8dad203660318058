import { poolFacts } from "../pools/poolFacts.ts";
import { UserError } from "../userError.ts";
import type { BudgetContext } from "./budgetContext.ts";
import { knownPools } from "./knownPools.ts";

/**
 * The folder where what must outlive the editor is kept, for the command line too. Throws a `UserError` where there is
 * none.
 */
export async function changesFolder(): Promise<string> {
  const { stateFolder, toAccountError } = await import("#aws");
  try {
    return stateFolder(process.env);
  } catch (error) {
    throw new UserError(toAccountError(error).message);
  }
}

/** The floor that the budget files of the connected account state. */
export async function statedFloor({ server }: Pick<BudgetContext, "server">): Promise<number | undefined> {
  const pools = await knownPools(server);
  return pools === "unread" ? undefined : poolFacts(pools).configuredFloor;
}
