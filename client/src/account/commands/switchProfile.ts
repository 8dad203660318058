import { accountOf } from "../accountState.ts";
import type { AccountCommandContext } from "./accountCommandContext.ts";
import { connectTo, requireTrust } from "./connectTo.ts";
import { pickCredentials, withRegion } from "./pickTarget.ts";

/** Asks for other credentials, and connects with them in the same Region. */
export async function switchProfile(context: AccountCommandContext): Promise<void> {
  requireTrust();
  const { account, lastChoice } = context;
  const { listProfiles } = await import("#aws");
  const now = accountOf(account.state);
  const last = now?.profile ?? lastChoice()?.profile;
  const profiles = await listProfiles(process.env);
  const region = account.isDemo ? undefined : now?.region;
  const title = region === undefined ? "Switch Profile" : `Switch Profile (stays in ${region})`;
  const credentials = await pickCredentials(title, {
    env: process.env,
    profiles,
    ...(last === undefined ? {} : { last }),
  });
  if (credentials === undefined) return;
  const choice = await withRegion(context, credentials, region);
  if (choice === undefined) return;
  await connectTo(context, choice);
}
