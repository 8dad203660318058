import { withEndpoint } from "../accountSettings.ts";
import { accountOf } from "../accountState.ts";
import type { AccountCommandContext } from "./accountCommandContext.ts";
import { connect } from "./connect.ts";
import { connectTo, requireTrust } from "./connectTo.ts";
import { pickRegion } from "./pickRegion.ts";

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
  await connectTo(context, { ...choice, region });
}
