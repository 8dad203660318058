import { ProgressLocation, window } from "vscode";
import { demoChoice } from "../startChoice.ts";
import { attempt, requireTrust } from "./attempt.ts";
import type { AccountCommandContext } from "./register.ts";
import { showAccount } from "./showAccount.ts";

/** Starts the demo account, unless it runs, and connects to it. */
export async function openDemoAccount(context: AccountCommandContext): Promise<void> {
  requireTrust();
  const progress = { location: ProgressLocation.Window, title: "Starting the demo account" };
  const choice = await window.withProgress(progress, () => demoChoice(context.demo));
  await showAccount();
  await attempt(context, () => context.account.connect(choice));
}
