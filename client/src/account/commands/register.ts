import { type Disposable, env, window } from "vscode";
import { registerHandlers } from "../../commands/register.ts";
import { UserError } from "../../errors.ts";
import { type AccountCommandId, accountCommands } from "../../ids.ts";
import { type AccountState, shownSnapshot } from "../accountState.ts";
import type { AccountCommandContext } from "./accountCommandContext.ts";
import { connect, openDemoAccount } from "./connect.ts";
import { reportingFailure } from "./connectTo.ts";
import { linkPool, unlinkPool } from "./linkPool.ts";
import { switchProfile } from "./switchProfile.ts";
import { switchRegion } from "./switchRegion.ts";

/** Registers the commands that connect, read and leave an account. */
export function registerAccountCommands(parts: Omit<AccountCommandContext, "answered">): Disposable {
  const context: AccountCommandContext = { ...parts, answered: new WeakSet() };
  const { account, log } = context;
  const handlers: Readonly<Record<AccountCommandId, (argument?: unknown) => unknown>> = {
    [accountCommands.connect]: () => connect(context),
    [accountCommands.switchProfile]: () => switchProfile(context),
    [accountCommands.switchRegion]: (region) => switchRegion(context, region),
    [accountCommands.refresh]: () => (account.state.kind === "disconnected" ? connect(context) : refresh(context)),
    [accountCommands.cancelRefresh]: () => account.cancel(),
    [accountCommands.disconnect]: () => account.disconnect(),
    [accountCommands.openDemoAccount]: () => openDemoAccount(context),
    [accountCommands.copySnapshot]: () => copySnapshot(account.state),
    [accountCommands.linkPool]: (target) => linkPool(context, target),
    [accountCommands.unlinkPool]: (target) => unlinkPool(context, target),
  };
  return registerHandlers(handlers, log);
}

async function refresh(context: AccountCommandContext): Promise<void> {
  const { account, demo } = context;
  // A demo account that has ended does not answer by being asked again.
  if (account.state.kind !== "disconnected" && demo.hasEnded(account.state.choice)) return openDemoAccount(context);
  await reportingFailure(context, () => context.account.refresh());
}

/** Puts what is shown of the account on the clipboard, as JSON. */
async function copySnapshot(state: AccountState): Promise<void> {
  const snapshot = shownSnapshot(state);
  if (snapshot === undefined) throw new UserError("No account was read yet. Connect to one first.");
  await env.clipboard.writeText(`${JSON.stringify(snapshot, undefined, 2)}\n`);
  window.setStatusBarMessage(
    `$(check) Copied ${snapshot.functions.length} functions of ${snapshot.identity.account}`,
    3000,
  );
}
