import { Disposable } from "vscode";
import type { AccountSnapshot } from "#core";
import type { AccountParams } from "#protocol";
import type { LanguageServer } from "../languageServer.ts";
import type { Account, AccountState } from "./accountState.ts";
import type { PoolLinks } from "./poolLinks.ts";

/** Milliseconds between two messages while an account is being read. */
const pace = 2000;

const nothing: AccountParams = { snapshot: null, links: [] };

/** What the files are compared with: read in this session, of the account that is chosen now. */
function liveSnapshot(state: AccountState): AccountSnapshot | null {
  if (state.kind === "connected") return state.snapshot;
  return state.kind === "failed" ? (state.snapshot ?? null) : null;
}

/** Tells the language server what is known of the account: the totals at once, then every two seconds, and again when it restarts. */
export function sendLiveFacts(account: Account, server: LanguageServer, links: PoolLinks): Disposable {
  let told: AccountParams = nothing;
  let toldTo: unknown;
  let toldAt = 0;
  let timer: NodeJS.Timeout | undefined;

  const facts = (): AccountParams => {
    const snapshot = liveSnapshot(account.state);
    return snapshot === null ? nothing : { snapshot, links: links.all };
  };
  const send = async () => {
    timer = undefined;
    const { client } = server;
    if (client === undefined) return;
    const { snapshot, links } = facts();
    // A server that has just started knows of no account.
    const known = client === toldTo ? told : nothing;
    toldTo = client;
    if (snapshot === known.snapshot && (snapshot === null || links === known.links)) return;
    told = { snapshot, links };
    toldAt = Date.now();
    const { accountNotification } = await import("../languageClient.ts");
    await client.sendNotification(accountNotification, told).catch(() => undefined);
  };
  const update = () => {
    const now = facts();
    const first =
      now.snapshot === null || told.snapshot === null || server.client !== toldTo || now.links !== told.links;
    const wait = first ? 0 : toldAt + pace - Date.now();
    if (wait > 0) {
      timer ??= setTimeout(send, wait);
      return;
    }
    clearTimeout(timer);
    void send();
  };
  return Disposable.from(links, account.onDidChange(update), server.onDidChange(update), links.onDidChange(update), {
    dispose: () => clearTimeout(timer),
  });
}
