import { accountOf } from "../accountState.ts";
import { attempt, requireTrust } from "./attempt.ts";
import { connect } from "./connect.ts";
import { pickRegion } from "./pickRegion.ts";
import type { AccountCommandContext } from "./register.ts";
import { showAccount } from "./showAccount.ts";

/** Asks for a Region, and connects to it with the same credentials. Without any it is the first step of connecting. */
export async function switchRegion(context: AccountCommandContext): Promise<void> {
  requireTrust();
  const { account, lastChoice } = context;
  const { state } = account;
  const choice = state.kind === "disconnected" ? lastChoice() : state.choice;
  if (choice === undefined) return connect(context);
  const region = await pickRegion(context, accountOf(state)?.region ?? choice.region);
  if (region === undefined) return;
  await showAccount();
  await attempt(context, () => account.connect({ ...choice, region }));
}
