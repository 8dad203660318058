import type { Connection } from "vscode-languageserver/node";
import type { Analysis, Pool } from "#core";
import { poolsChangedNotification } from "#protocol";
import type { AccountFacts } from "./accountFacts.ts";
import { sendQuietly } from "./sendQuietly.ts";

/** What the pools are made from. */
export interface PoolsChangedSources {
  readonly latest: () => Analysis | undefined;
  readonly account: { readonly current: AccountFacts };
}

/** Tells the client that the pools are other ones, and which facts of the account they are made from. What they are it asks for, if it shows them. */
export class PoolsChanged {
  readonly #connection: Connection;
  readonly #sources: PoolsChangedSources;
  #pools: readonly Pool[] = [];
  #revision = 0;

  constructor(connection: Connection, sources: PoolsChangedSources) {
    this.#connection = connection;
    this.#sources = sources;
  }

  /** Says so unless it has: pools that nothing has touched are the same objects from one analysis to the next. */
  send(): void {
    const { latest, account } = this.#sources;
    const pools = latest()?.pools ?? [];
    const { revision } = account.current;
    const same = pools.length === this.#pools.length && pools.every((pool, index) => pool === this.#pools[index]);
    if (same && revision === this.#revision) return;
    this.#pools = pools;
    this.#revision = revision;
    sendQuietly(() => this.#connection.sendNotification(poolsChangedNotification, { revision }));
  }
}
