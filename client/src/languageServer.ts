import type { Event, LogOutputChannel } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { KnownEnvironments } from "#core";
import type { AccountParams, PoolView, Status } from "#protocol";

/** `failed`: it could not be started, or it crashed too often to be started again. */
export type ServerState = "stopped" | "starting" | "running" | "failed";

/** What the server's process needs from outside. */
export interface LanguageServerPorts {
  /** The file that the process runs. */
  readonly module: string;
  readonly log: LogOutputChannel;
  /** Loads the library of the client: most of the time that loading the extension would take. */
  readonly load: () => Promise<
    Pick<
      typeof import("./languageClient.ts"),
      "accountNotification" | "createClient" | "environmentsRequest" | "poolsRequest"
    >
  >;
  readonly changes: { readonly event: Event<void>; fire(): void };
  readonly poolsChanges: { readonly event: Event<number>; fire(revision: number): void };
}

/** The language server's process: at most one, started, stopped and restarted one after the other. */
export class LanguageServer {
  /** Fires when `state` or `status` has changed. */
  readonly onDidChange: Event<void>;
  /** Fires when the pools are other ones, or made from other facts of the account: with the revision of these. */
  readonly onPoolsChanged: Event<number>;
  readonly #ports: LanguageServerPorts;
  #client: LanguageClient | undefined;
  #queue: Promise<void> = Promise.resolve();
  #state: ServerState = "stopped";
  #status: Status | undefined;

  constructor(ports: LanguageServerPorts) {
    this.#ports = ports;
    this.onDidChange = ports.changes.event;
    this.onPoolsChanged = ports.poolsChanges.event;
  }

  get state(): ServerState {
    return this.#state;
  }

  /** What the server last said about itself; undefined while it does not run. */
  get status(): Status | undefined {
    return this.#status;
  }

  /** The running client; undefined in every other state. */
  get client(): LanguageClient | undefined {
    return this.#state === "running" ? this.#client : undefined;
  }

  /** Tells the server what is known of the account; nobody while it does not run. */
  async sendAccount(facts: AccountParams): Promise<void> {
    const { accountNotification } = await this.#ports.load();
    await this.client?.sendNotification(accountNotification, facts);
  }

  /** Every pool of the workspace, once the folders have been searched. Rejects while the server does not run. */
  async requestPools(): Promise<readonly PoolView[]> {
    const { poolsRequest } = await this.#ports.load();
    return this.#running().sendRequest(poolsRequest);
  }

  /** What the budgets of the workspace say of the environments of accounts. Rejects while the server does not run. */
  async requestEnvironments(): Promise<KnownEnvironments> {
    const { environmentsRequest } = await this.#ports.load();
    return this.#running().sendRequest(environmentsRequest);
  }

  /** Starts the server unless it runs. */
  start(): Promise<void> {
    return this.#enqueue(async () => {
      if (this.#state === "running") return;
      await this.#end();
      await this.#begin();
    });
  }

  /** Stops the server; every finding disappears. */
  stop(): Promise<void> {
    return this.#enqueue(() => this.#end());
  }

  restart(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#end();
      await this.#begin();
    });
  }

  #enqueue(step: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(step);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #begin(): Promise<void> {
    this.#become("starting", undefined);
    try {
      const { createClient } = await this.#ports.load();
      const client = createClient(this.#ports.module, this.#ports.log, {
        status: (status) => client === this.#client && this.#become(this.#state, status),
        state: (state) => client === this.#client && this.#become(state, this.#status),
        poolsChanged: ({ revision }) => client === this.#client && this.#ports.poolsChanges.fire(revision),
      });
      this.#client = client;
      await client.start();
    } catch (error) {
      this.#become("failed", undefined);
      throw error;
    }
  }

  async #end(): Promise<void> {
    const client = this.#client;
    // What it says from now on no longer counts.
    this.#client = undefined;
    this.#become("stopped", undefined);
    // A client that never came up has nothing to shut down and refuses to.
    if (client?.isRunning()) await client.dispose(5000);
  }

  #running(): LanguageClient {
    const { client } = this;
    if (client === undefined) throw new Error("The language server is not running.");
    return client;
  }

  #become(state: ServerState, status: Status | undefined): void {
    this.#state = state;
    this.#status = state === "running" || state === "starting" ? status : undefined;
    this.#ports.changes.fire();
  }
}
