import type { PlanAccountOptions } from "#aws";
import { type AccountIdentity, accountKey } from "#core";
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

/** The floor of an account, as budget files state it or Lambda once named it. */
export async function floorOf(
  { server }: Pick<BudgetContext, "server">,
  identity: AccountIdentity,
): Promise<Pick<PlanAccountOptions, "floor" | "learnedFloor">> {
  const { learnedFloors } = await import("#aws");
  const configured = await statedFloor({ server });
  const learned = await learnedFloors(await changesFolder()).get(accountKey(identity));
  return {
    ...(configured === undefined ? {} : { floor: configured }),
    ...(learned === undefined ? {} : { learnedFloor: learned }),
  };
}
