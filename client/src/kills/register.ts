import { Disposable, EventEmitter, env, type LogOutputChannel, type Memento, window, workspace } from "vscode";
import type { ListedKill } from "#aws";
import { type AccountSnapshot, accountKey } from "#core";
import type { Account } from "../account/accountState.ts";
import { untrusted } from "../account/words.ts";
import type { ReadonlyDocuments } from "../changes/readonlyDocuments.ts";
import { registerHandlers } from "../commands/register.ts";
import type { LanguageServer } from "../languageServer.ts";
import { UserError } from "../userError.ts";
import { forgetKills } from "./forgetKills.ts";
import { type KillCommandId, killCommands } from "./ids.ts";
import type { KillContext } from "./killContext.ts";
import { isLocal, unfinished } from "./killNodes.ts";
import { killSwitch } from "./killSwitch.ts";
import { KillsStore } from "./killsStore.ts";
import { KillsView } from "./killsView.ts";
import { journalOf } from "./makeKill.ts";
import { type KillArguments, meantKills, meantNames, meantWarming } from "./meantKills.ts";
import { restoreKills } from "./restoreKills.ts";
import { showExpired } from "./showExpired.ts";

/** What the kill switch needs of the extension. */
export interface KillParts {
  readonly account: Account;
  readonly server: LanguageServer;
  readonly log: LogOutputChannel;
  readonly memory: Memento;
  readonly documents: ReadonlyDocuments;
}

/** Registers the kill switch, its view and its warnings. Nothing is read until the view is opened or an account is connected. */
export function registerKills(parts: KillParts): Disposable {
  const changes = new EventEmitter<void>();
  const store = createStore(parts, changes);
  const view = new KillsView(parts.account, store);
  const context: KillContext = { ...parts, store, view };
  return Disposable.from(
    changes,
    store,
    view,
    showExpired(store, parts.account),
    lookWhenItMatters(context),
    registerKillCommands(context),
  );
}

function createStore({ account, log }: KillParts, changes: EventEmitter<void>): KillsStore {
  return new KillsStore({
    changes,
    clock: {
      now: () => new Date(),
      after(milliseconds, task) {
        const timer = setTimeout(task, milliseconds);
        return () => clearTimeout(timer);
      },
    },
    async readLocal() {
      const { listKills } = await import("#aws");
      return listKills({ journal: await journalOf() });
    },
    async readAccount() {
      if (account.state.kind !== "connected") return undefined;
      const { listKills } = await import("#aws");
      const journal = await journalOf();
      return account.withSession(async ({ session }) => ({
        key: accountKey(session.identity),
        list: await listKills({ journal, session }),
      }));
    },
    warn: (message, error) => log.warn(message, error),
  });
}

/** The journal is read when the view is opened and when the window comes back; tags when an account is connected and its kills differ. */
function lookWhenItMatters({ account, store, view }: KillContext): Disposable {
  let tags = "";
  const followAccount = () => {
    const { state } = account;
    if (state.kind === "disconnected") {
      tags = "";
      store.forgetAccount();
    }
    if (state.kind !== "connected" || state.snapshot.reading.state === "reading") return;
    const now = killedIn(state.snapshot);
    if (now === tags) return;
    tags = now;
    void store.look();
  };
  const lookHere = () => {
    // Records name accounts; an untrusted folder has no part in them.
    if (workspace.isTrusted && (view.visible || store.known !== undefined)) void store.lookHere();
  };
  lookHere();
  followAccount();
  return Disposable.from(
    account.onDidChange(followAccount),
    view.onDidChangeVisibility(lookHere),
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) lookHere();
    }),
  );
}

/** Which functions carry a record of a kill: what makes another look at the tags worth a call. */
function killedIn({ identity, functions }: AccountSnapshot): string {
  const killed = functions.flatMap(({ name, killTags }) => {
    const first = Object.entries(killTags ?? {}).find(([tag]) => tag.startsWith("lambda-concurrency:kill:"));
    return first === undefined ? [] : [`${name}=${first[1]}`];
  });
  return [accountKey(identity), ...killed].join("\n");
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
    const kills = meantKills(context, args);
    return kills.length === 0 ? undefined : kills.map(({ record }) => record.name);
  };
  const handlers: Readonly<Record<KillCommandId, (node?: unknown, selected?: unknown) => unknown>> = {
    [killCommands.killSwitch]: trusted(async (args) => killSwitch(context, await meantNames(context, args))),
    [killCommands.restore]: trusted(async (args) =>
      restoreKills(context, args.node === undefined ? undefined : (named(args) ?? (await meantNames(context, args)))),
    ),
    [killCommands.restoreAll]: trusted(() => restoreKills(context, allHere(context))),
    [killCommands.finishKill]: trusted((args) => finish(context, args)),
    [killCommands.undoKill]: trusted((args) => undo(context, args)),
    [killCommands.forgetKill]: trusted((args) => forget(context, args)),
    [killCommands.stopFollowing]: trusted((args) => {
      for (const { key, name } of meantWarming(args)) store.warms(key, name, undefined);
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

/** Goes on with what is not finished: a restore is restored again, everything else killed again. */
async function finish(context: KillContext, args: KillArguments): Promise<void> {
  const { restoring, others } = byDeed(meantKills(context, args));
  if (others.length > 0) await killSwitch(context, others);
  if (restoring.length > 0) await restoreKills(context, restoring);
}

/** Takes back what is not finished: the other way round. */
async function undo(context: KillContext, args: KillArguments): Promise<void> {
  const { restoring, others } = byDeed(meantKills(context, args));
  if (others.length > 0) await restoreKills(context, others);
  if (restoring.length > 0) await killSwitch(context, restoring);
}

function byDeed(kills: readonly ListedKill[]): {
  readonly restoring: readonly string[];
  readonly others: readonly string[];
} {
  if (kills.length === 0) throw new UserError("Select a kill that is not finished in the view “Kills” first.");
  const names = (wanted: boolean) =>
    kills.filter((kill) => (unfinished(kill) === "restore") === wanted).map(({ record }) => record.name);
  return { restoring: names(true), others: names(false) };
}

async function forget(context: KillContext, args: KillArguments): Promise<void> {
  const kills = meantKills(context, args);
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
  const records = meantKills(context, args).map(({ record }) => record);
  if (records.length === 0) throw new UserError("Select a kill in the view “Kills” first.");
  await env.clipboard.writeText(`${JSON.stringify(records.length === 1 ? records[0] : records, undefined, 2)}\n`);
}
