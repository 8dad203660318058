import { ProgressLocation, window } from "vscode";
import type { AccountPlan, PlanAccountOptions, Session } from "#aws";
import { type AccountIdentity, accountKey, type Wanted } from "#core";
import { UserError } from "../userError.ts";
import { poolFacts } from "../views/poolFacts.ts";
import type { ChangeContext } from "./changeContext.ts";
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

/** The floor of an account, as budget files state it or Lambda once named it. */
export async function floorOf(
  { server }: Pick<ChangeContext, "server">,
  identity: AccountIdentity,
): Promise<Pick<PlanAccountOptions, "floor" | "learnedFloor">> {
  const { learnedFloors } = await import("#aws");
  const pools = await knownPools(server);
  const configured = pools === "unread" ? undefined : poolFacts(pools).configuredFloor;
  const learned = await learnedFloors(await changesFolder()).get(accountKey(identity));
  return {
    ...(configured === undefined ? {} : { floor: configured }),
    ...(learned === undefined ? {} : { learnedFloor: learned }),
  };
}

/**
 * Reads the account afresh and plans, with progress in the status bar. Throws a `UserError` when something cannot be
 * read.
 */
export async function planFresh(
  session: Session,
  wanted: readonly Wanted[],
  options: Pick<PlanAccountOptions, "floor" | "learnedFloor">,
): Promise<AccountPlan> {
  const { planAccount, toAccountError } = await import("#aws");
  const folder = await changesFolder();
  const what = wanted.length === 1 ? (wanted[0]?.name ?? "") : `${wanted.length} functions`;
  const large = wanted.length > 50;
  const progress = {
    location: large ? ProgressLocation.Notification : ProgressLocation.Window,
    title: `Reading ${what}`,
    cancellable: large,
  };
  return window.withProgress(progress, async (_, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    try {
      return await planAccount(session, wanted, { ...options, folder, signal: abort.signal });
    } catch (error) {
      throw new UserError(`${toAccountError(error).message} Nothing was changed.`);
    }
  });
}
