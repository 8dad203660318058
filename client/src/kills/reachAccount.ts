import type { Account } from "../account/accountState.ts";

/**
 * Reaches the account for somebody who has no time for advice: waits while it is being connected, tries again what failed, and has one chosen
 * (`choose`) where none is. False: the user chose none. A failure that stays is told by whoever opens the account next.
 */
export async function reachAccount(
  account: Pick<Account, "state" | "connect" | "refresh">,
  choose: () => PromiseLike<unknown>,
): Promise<boolean> {
  const { state } = account;
  if (state.kind === "disconnected") await choose();
  if (state.kind === "connecting") await account.connect(state.choice);
  if (state.kind === "failed") await account.refresh();
  return account.state.kind !== "disconnected";
}
