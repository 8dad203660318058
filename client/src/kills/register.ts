import { Disposable, EventEmitter, env, workspace } from "vscode";
import { accountKey } from "#core";
import { untrusted } from "../account/openAccount.ts";
import { registerHandlers } from "../commands/register.ts";
import { UserError } from "../userError.ts";
import { createKillsStore } from "./createKillsStore.ts";
import { finishKills, undoKills } from "./finishKills.ts";
import { forgetKills } from "./forgetKills.ts";
import { type KillCommandId, killCommands } from "./ids.ts";
import { type KillArguments, selectedAllocations, selectedKills } from "./killArguments.ts";
import type { KillContext, KillParts } from "./killContext.ts";
import { killDocument } from "./killDocument.ts";
import { isLocal } from "./killState.ts";
import { killSwitch } from "./killSwitch.ts";
import { KillsView } from "./killsView.ts";
import { lookWhenItMatters } from "./lookWhenItMatters.ts";
import { restoreKills } from "./restoreKills.ts";
import { selectedNames } from "./selectedNames.ts";
import { showExpired } from "./showExpired.ts";

/** Registers the kill switch, its view and its warnings. Nothing is read until the view is opened or an account is connected. */
export function registerKills(parts: KillParts): Disposable {
  const changes = new EventEmitter<void>();
  const store = createKillsStore(parts, changes);
  const view = new KillsView(parts.account, store);
  const context: KillContext = { ...parts, store, view, document: killDocument(parts.editor.window) };
  return Disposable.from(
    changes,
    store,
    view,
    showExpired(store, parts.account),
    lookWhenItMatters(context),
    registerKillCommands(context),
  );
}

function registerKillCommands(context: KillContext): Disposable {
  const { store } = context;
  const trusted =
    (work: (args: KillArguments) => unknown) =>
    (node?: unknown, selected?: unknown): unknown => {
      if (!workspace.isTrusted) throw new UserError(untrusted);
      return work({ node, selected });
    };
  const named = (args: KillArguments) => {
    const kills = selectedKills(context, args);
    return kills.length === 0 ? undefined : kills.map(({ record }) => record.name);
  };
  const handlers: Readonly<Record<KillCommandId, (node?: unknown, selected?: unknown) => unknown>> = {
    [killCommands.killSwitch]: trusted(async (args) => killSwitch(context, await selectedNames(context, args))),
    [killCommands.restore]: trusted(async (args) =>
      restoreKills(
        context,
        args.node === undefined ? undefined : (named(args) ?? (await selectedNames(context, args))),
      ),
    ),
    [killCommands.restoreAll]: trusted(() => restoreKills(context, allHere(context))),
    [killCommands.finishKill]: trusted((args) => finishKills(context, args)),
    [killCommands.undoKill]: trusted((args) => undoKills(context, args)),
    [killCommands.forgetKill]: trusted((args) => forget(context, args)),
    [killCommands.stopFollowing]: trusted((args) => {
      for (const { key, name } of selectedAllocations(args)) store.setAllocation(key, name, undefined);
    }),
    [killCommands.refreshKills]: trusted(() => store.look()),
    [killCommands.copyKill]: trusted((args) => copy(context, args)),
  };
  return registerHandlers(handlers, context.log);
}

/** All kills of the connected account. */
function allHere({ store, account }: KillContext): readonly string[] {
  const { state } = account;
  const key = state.kind === "connected" ? accountKey(state.snapshot.identity) : undefined;
  return (store.known?.kills ?? []).filter((kill) => kill.key === key).map(({ record }) => record.name);
}

async function forget(context: KillContext, args: KillArguments): Promise<void> {
  const kills = selectedKills(context, args);
  const { state } = context.account;
  const key = state.kind === "connected" ? accountKey(state.snapshot.identity) : undefined;
  const here = kills.filter((kill) => kill.key === key);
  if (here.length > 0) return forgetKills(context, here, true);
  return forgetKills(
    context,
    kills.filter((kill) => isLocal(kill.key)),
    false,
  );
}

/** Copies the records, so that they can be sent to whoever asks. */
async function copy(context: KillContext, args: KillArguments): Promise<void> {
  const records = selectedKills(context, args).map(({ record }) => record);
  if (records.length === 0) throw new UserError("Select a kill in the view “Kills” first.");
  await env.clipboard.writeText(`${JSON.stringify(records.length === 1 ? records[0] : records, undefined, 2)}\n`);
}
