import { window } from "vscode";
import type { AccountChoice } from "#aws";
import { withEndpoint } from "../accountSettings.ts";
import { type Credentials, credentialItems, environmentRegion } from "../connectItems.ts";
import type { AccountCommandContext } from "./accountCommandContext.ts";
import { pickRegion } from "./pickRegion.ts";
import { showTargets } from "./showTargets.ts";

/** Asks for a profile or the environment. */
export async function pickCredentials(
  title: string,
  input: Parameters<typeof credentialItems>[0],
): Promise<Credentials | undefined> {
  const items = credentialItems(input);
  if (items.length > 0) return showTargets(title, [Promise.resolve(items)]);
  const message =
    "There is no profile in the shared config files and no key in the environment. Create a profile with `aws configure sso`, `aws login` or `aws configure`, then connect again.";
  void window.showErrorMessage(message);
  return undefined;
}

/** The choice for these credentials; asks for the Region when neither they nor the environment nor `region` name one. */
export async function withRegion(
  context: AccountCommandContext,
  credentials: Credentials,
  region: string | undefined,
): Promise<AccountChoice | undefined> {
  const profile = credentials.kind === "profile" ? credentials.profile : undefined;
  const named = region ?? profile?.region ?? environmentRegion(process.env);
  const chosen = named === undefined ? await pickRegion(context, undefined) : region;
  if (named === undefined && chosen === undefined) return undefined;
  return withEndpoint({
    ...(profile === undefined ? {} : { profile: profile.name }),
    ...(chosen === undefined ? {} : { region: chosen }),
  });
}
