import { ProgressLocation, window } from "vscode";
import type { AccountChoice } from "#aws";
import { demoChoice } from "../accountSettings.ts";
import type { AccountState } from "../accountState.ts";
import type { AccountCommandContext } from "./accountCommandContext.ts";
import { connectTo, requireTrust } from "./connectTo.ts";

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
