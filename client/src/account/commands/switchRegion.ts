import { accountOf } from "../accountState.ts";
import { withEndpoint } from "../startChoice.ts";
import type { AccountCommandContext } from "./accountCommandContext.ts";
import { attempt, requireTrust } from "./attempt.ts";
import { connect } from "./connect.ts";
import { pickRegion } from "./pickRegion.ts";
import { showAccount } from "./showAccount.ts";

/** Asks for a Region unless one is given, and connects to it with the same credentials. Without any it is the first step of connecting. */
export async function switchRegion(context: AccountCommandContext, wanted: unknown): Promise<void> {
  requireTrust();
  const { account, lastChoice } = context;
  const { state } = account;
  const last = lastChoice();
  const choice = state.kind !== "disconnected" ? state.choice : last && withEndpoint(last);
  if (choice === undefined) return connect(context);
  const now = accountOf(state)?.region ?? choice.region;
  const region = typeof wanted === "string" ? wanted : await pickRegion(context, now);
  if (region === undefined) return;
  await showAccount();
  await attempt(context, () => account.connect({ ...choice, region }));
}
