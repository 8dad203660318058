import type { Disposable, Event } from "vscode";
import { accountKey, type PoolLink } from "#core";
import type { AccountParams } from "#protocol";
import type { Account, AccountState } from "./accountState.ts";

/** What is used of the language server. */
export interface FactsServer {
  /** The running client; another one after a restart, undefined while there is none. */
  readonly client: object | undefined;
  readonly onDidChange: Event<void>;
  /** Fires with the revision of the facts that the pools are now made from. */
  readonly onPoolsChanged: Event<number>;
  sendAccount(facts: AccountParams): Promise<void>;
}

/** Which pools take facts of which account. */
export interface FactsLinks {
  /** The same array until a link changes. */
  readonly all: readonly PoolLink[];
  readonly onDidChange: Event<void>;
}

type Facts = Pick<AccountParams, "snapshot" | "links" | "outdated">;

const nothing: Facts = { snapshot: null, links: [], outdated: false };

/** While an account is being read, facts are sent again when so many times as many functions are known: often at first, and never too much in all. */
const growth = 1.25;

/** What tells the language server of the account. */
export interface LiveFacts {
  /** Sends what is known now, without waiting for an answer: what the server is asked afterwards is answered from these facts. */
  flush(): Promise<void>;
  dispose(): void;
}

/**
 * Tells the language server what is known of the account. One message at a time: the next one once the server has analysed the one before, so
 * that a slow server gets fewer, and the last one always arrives.
 */
export function sendLiveFacts(
  account: Pick<Account, "state" | "onDidChange">,
  server: FactsServer,
  links: FactsLinks,
): LiveFacts {
  let revision = 0;
  let client: object | undefined;
  let sent = nothing;
  let unanswered: number | undefined;
  let sending: Promise<void> = Promise.resolve();

  /** A server that has just started knows of no account. */
  const followServer = () => {
    if (server.client === client) return;
    client = server.client;
    sent = nothing;
    unanswered = undefined;
  };
  const send = (facts: Facts) => {
    const own = ++revision;
    sent = facts;
    unanswered = own;
    sending = server.sendAccount({ ...facts, revision: own }).catch(() => analysed(own));
  };
  const update = () => {
    followServer();
    if (client === undefined || unanswered !== undefined) return;
    const facts = factsOf(account.state, links.all);
    if (isWorthSending(facts, sent)) send(facts);
  };
  const analysed = (done: number) => {
    if (unanswered === undefined || done < unanswered) return;
    unanswered = undefined;
    update();
  };
  const subscriptions: readonly Disposable[] = [
    account.onDidChange(update),
    server.onDidChange(update),
    links.onDidChange(update),
    server.onPoolsChanged(analysed),
  ];
  update();
  return {
    async flush() {
      followServer();
      const facts = factsOf(account.state, links.all);
      const isSent = facts.snapshot === sent.snapshot && facts.links === sent.links && facts.outdated === sent.outdated;
      if (client !== undefined && !isSent) send(facts);
      await sending;
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

/** What the files are compared with: read in this session, of the account that is chosen now. */
function factsOf(state: AccountState, links: readonly PoolLink[]): Facts {
  const snapshot = state.kind === "connected" || state.kind === "failed" ? state.snapshot : undefined;
  return snapshot === undefined ? nothing : { snapshot, links, outdated: state.kind === "failed" };
}

function isWorthSending(facts: Facts, sent: Facts): boolean {
  const [now, before] = [facts.snapshot, sent.snapshot];
  if (facts.links !== sent.links || facts.outdated !== sent.outdated) return true;
  if (now === null || before === null || accountKey(now.identity) !== accountKey(before.identity)) {
    return now !== before;
  }
  if (now.reading.state !== "reading") return now !== before;
  return now.reading.known > before.reading.known * growth;
}
