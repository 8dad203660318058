import type { Disposable, Event } from "vscode";
import type { PoolView } from "#protocol";
import type { ServerState } from "../languageServer.ts";
import { noPoolFacts, type PoolFacts, poolFacts } from "./poolFacts.ts";

/** What the store uses of the language server. */
export interface PoolsServer {
  readonly state: ServerState;
  readonly onDidChange: Event<void>;
  /** Fires when the pools are other ones. */
  readonly onPoolsChanged: Event<unknown>;
  /** Answers once the folders have been searched; rejects when the server goes away. */
  requestPools(): Promise<readonly PoolView[]>;
}

/** What the store needs from outside. */
export interface PoolsPorts {
  readonly server: PoolsServer;
  readonly changes: { readonly event: Event<void>; fire(): void };
  readonly warn: (message: string, error: unknown) => void;
}

/** The pools of the workspace's budget files and templates: asked for whenever the language server says that they are other ones. */
export class PoolsStore {
  /** Fires when `pools` has changed. */
  readonly onDidChange: Event<void>;
  readonly #ports: PoolsPorts;
  readonly #subscriptions: readonly Disposable[];
  #pools: readonly PoolView[] | undefined;
  #facts = noPoolFacts;
  #wanted = false;
  #outdated = false;
  #asking: Promise<void> | undefined;

  constructor(ports: PoolsPorts) {
    this.#ports = ports;
    this.onDidChange = ports.changes.event;
    let { state } = ports.server;
    this.#subscriptions = [
      ports.server.onPoolsChanged(() => void this.#update()),
      ports.server.onDidChange(() => {
        if (ports.server.state === state) return;
        state = ports.server.state;
        void this.#update();
      }),
    ];
  }

  /** Undefined while nobody has answered: the server does not run, or is still searching the folders. */
  get pools(): readonly PoolView[] | undefined {
    return this.#pools;
  }

  /** What the pools say about the functions of the connected account: joined once for each answer. */
  get facts(): PoolFacts {
    return this.#facts;
  }

  /** From the first call on the server is asked: a view that nobody opened asks nothing. Resolves when what is asked now is answered. */
  want(): Promise<void> {
    if (this.#wanted) return this.#asking ?? Promise.resolve();
    this.#wanted = true;
    return this.#update();
  }

  /** The pools as soon as the server runs and has searched the folders; none when it cannot. A server that is stopped may be about to start. */
  async whenKnown(): Promise<readonly PoolView[]> {
    const { server } = this.#ports;
    await this.want();
    if (this.#pools === undefined && (server.state === "stopped" || server.state === "starting")) {
      await new Promise<void>((resolve) => {
        const listening = server.onDidChange(() => {
          if (server.state !== "running" && server.state !== "failed") return;
          listening.dispose();
          resolve();
        });
      });
      await this.#asking;
    }
    return this.#pools ?? [];
  }

  dispose(): void {
    this.#wanted = false;
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Asks; one question at a time, and again when the answer may have been made from what was before. */
  #update(): Promise<void> {
    if (!this.#wanted) return Promise.resolve();
    this.#outdated = true;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<void> {
    while (this.#outdated && this.#wanted) {
      this.#outdated = false;
      this.#show(await this.#fetch());
    }
  }

  async #fetch(): Promise<readonly PoolView[] | undefined> {
    const { server, warn } = this.#ports;
    if (server.state !== "running") return undefined;
    try {
      return await server.requestPools();
    } catch (error) {
      if (server.state === "running") warn("The language server did not say how the pools stand.", error);
      return undefined;
    }
  }

  #show(pools: readonly PoolView[] | undefined): void {
    if (pools === this.#pools) return;
    this.#pools = pools;
    this.#facts = pools === undefined ? noPoolFacts : poolFacts(pools);
    this.#ports.changes.fire();
  }
}
