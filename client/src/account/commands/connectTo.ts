import { commands, env, window, workspace } from "vscode";
import type { AccountChoice } from "#aws";
import { UserError } from "../../errors.ts";
import { accountCommands, viewIds } from "../../ids.ts";
import { messageText } from "../../messageText.ts";
import type { AccountState } from "../accountState.ts";
import { untrusted } from "../openAccount.ts";
import type { AccountCommandContext } from "./accountCommandContext.ts";
import { failureOffers, offers } from "./failureOffers.ts";

/** Refuses, with a sentence, what a workspace that is not trusted must not do. */
export function requireTrust(): void {
  if (!workspace.isTrusted) throw new UserError(untrusted);
}

/** Brings the Account view to the front and connects; a failure is answered with one message. */
export async function connectTo(context: FailureContext, choice: AccountChoice): Promise<void> {
  await commands.executeCommand(`${viewIds.account}.focus`);
  await reportingFailure(context, () => context.account.connect(choice));
}

/** What is used of the context of a command. */
type FailureContext = Pick<AccountCommandContext, "account" | "log" | "answered">;

/**
 * Does what the user asked for; when the account then stands as failed, answers with one message that offers the next step. One failure has
 * one answer, however many commands waited for it.
 */
export async function reportingFailure(context: FailureContext, work: () => Promise<void>): Promise<void> {
  requireTrust();
  const { account } = context;
  const before = account.state;
  await work();
  const { state } = account;
  // A message about what another command did is that command's.
  if (state.kind !== "failed" || state === before || context.answered.has(state)) return;
  context.answered.add(state);
  void answer(context, state);
}

async function answer(
  { log }: Pick<AccountCommandContext, "log">,
  { error }: Extract<AccountState, { kind: "failed" }>,
): Promise<void> {
  const { buttons, login } = failureOffers(error);
  const picked = await window.showErrorMessage(messageText(error.message), ...buttons);
  if (picked === offers.showOutput) log.show();
  if (picked === offers.chooseRegion) await commands.executeCommand(accountCommands.switchRegion);
  if (login === undefined) return;
  if (picked === offers.copyCommand) await env.clipboard.writeText(login.command);
  if (picked === offers.runInTerminal) {
    const terminal = window.createTerminal("AWS sign-in");
    terminal.show();
    terminal.sendText(login.command);
  }
}
