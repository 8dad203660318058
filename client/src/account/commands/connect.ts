import { commands, ProgressLocation, window } from "vscode";
import type { AccountChoice } from "#aws";
import { accountCommands } from "../../ids.ts";
import { demoChoice } from "../accountSettings.ts";
import type { AccountState } from "../accountState.ts";
import { connectItems } from "../connectItems.ts";
import type { AccountCommandContext } from "./accountCommandContext.ts";
import { connectTo, requireTrust } from "./connectTo.ts";
import { pickCredentials, withRegion } from "./pickTarget.ts";
import { showTargets } from "./showTargets.ts";

/** Asks which account, and connects to it. A Region that nothing names is asked for. */
export async function connect(context: AccountCommandContext): Promise<void> {
  requireTrust();
  const { lastChoice } = context;
  const { env } = process;
  const last = lastChoice()?.profile;
  const profiles = readProfiles(env);
  const pools = context.pools.whenKnown();
  const inputOf = async (found: Awaited<typeof pools>) => {
    return { env, pools: found, profiles: await profiles, ...(last === undefined ? {} : { last }) };
  };
  const target = await showTargets("Connect to an account", [
    inputOf([]).then(connectItems),
    pools.then(inputOf).then(connectItems),
  ]);
  if (target === undefined) return;
  if (target.kind === "demo") return openDemoAccount(context);
  const { account = null, region = null } = target.kind === "pool" ? target : {};
  const credentials =
    target.kind === "pool"
      ? await pickCredentials("Credentials for this pool", { ...(await inputOf([])), account })
      : target;
  if (credentials === undefined) return;
  const choice = await withRegion(context, credentials, region ?? undefined);
  if (choice === undefined) return;
  await connectTo(context, choice);
  void otherAccount(context, account);
}

/** Says so when the credentials led to another account than the pool names: what is shown then is not the pool. */
async function otherAccount(context: AccountCommandContext, account: string | null): Promise<void> {
  const { state } = context.account;
  if (account === null || state.kind !== "connected" || state.snapshot.identity.account === account) return;
  const other = "Switch Profile";
  const message = `These credentials belong to account ${state.snapshot.identity.account}, the pool to ${account}. Choose another profile to see the pool's live values.`;
  const picked = await window.showWarningMessage(message, other);
  if (picked === other) await commands.executeCommand(accountCommands.switchProfile);
}

async function readProfiles(env: NodeJS.ProcessEnv) {
  const { listProfiles } = await import("#aws");
  return await listProfiles(env);
}

/** Starts the demo account, unless it runs, and connects to it; not when something else was chosen while it started. */
export async function openDemoAccount(context: AccountCommandContext): Promise<void> {
  requireTrust();
  const progress = { location: ProgressLocation.Window, title: "Starting the demo account" };
  const { account, demo } = context;
  const before = chosen(account.state);
  const choice = await window.withProgress(progress, () => demoChoice(demo));
  const now = chosen(account.state);
  if (now !== before) return demo.keepFor(now);
  await connectTo(context, choice);
}

function chosen(state: AccountState): AccountChoice | undefined {
  return state.kind === "disconnected" ? undefined : state.choice;
}
