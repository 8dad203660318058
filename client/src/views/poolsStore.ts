import { Disposable, EventEmitter, type LogOutputChannel } from "vscode";
import type { PoolView } from "#protocol";
import type { Account } from "../account/accountState.ts";
import type { LanguageServer } from "../languageServer.ts";

/** Changes come in bursts: this long nothing is asked, milliseconds. */
const quiet = 300;

/** The facts of an account reach the server within two seconds; then its answer may be another one. */
const afterAccount = 2500;

/** The pools of the workspace's budget files and templates, as the language server last told them. */
export class PoolsStore {
  readonly #server: LanguageServer;
  readonly #log: LogOutputChannel;
  readonly #changed = new EventEmitter<void>();
  readonly #subscriptions: Disposable;
  #pools: readonly PoolView[] | undefined;
  #wanted = false;
  #disposed = false;
  #first: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #later: NodeJS.Timeout | undefined;
  #asking = false;
  #again = false;

  /** Fires when `pools` has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(server: LanguageServer, account: Account, log: LogOutputChannel) {
    this.#server = server;
    this.#log = log;
    this.#subscriptions = Disposable.from(
      server.onDidChange(() => this.#soon()),
      account.onDidChange(() => {
        this.#soon();
        this.#later ??= setTimeout(() => {
          this.#later = undefined;
          void this.#ask();
        }, afterAccount);
      }),
    );
  }

  /** Undefined while nobody has answered: the server does not run, or is still reading the folders. */
  get pools(): readonly PoolView[] | undefined {
    return this.#pools;
  }

  /** From the first call on the server is asked: a view that nobody opened asks nothing. Resolves when the first call has its answer. */
  want(): Promise<void> {
    this.#wanted = true;
    this.#first ??= this.#ask();
    return this.#first;
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#later);
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  #soon(): void {
    if (this.#disposed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#ask();
    }, quiet);
  }

  async #ask(): Promise<void> {
    if (!this.#wanted) return;
    // One question at a time; what changes meanwhile is asked about afterwards.
    this.#again = this.#asking;
    if (this.#asking) return;
    this.#asking = true;
    const before = this.#pools;
    this.#pools = await this.#fetch();
    this.#asking = false;
    if (before !== undefined || this.#pools !== undefined) this.#changed.fire();
    if (this.#again) this.#soon();
  }

  async #fetch(): Promise<readonly PoolView[] | undefined> {
    const { client } = this.#server;
    if (client === undefined || this.#server.status?.state === "busy") return client && this.#pools;
    try {
      const { poolsRequest } = await import("../languageClient.ts");
      return await client.sendRequest(poolsRequest);
    } catch (error) {
      this.#log.warn("The language server did not say how the pools stand.", error);
      return undefined;
    }
  }
}
