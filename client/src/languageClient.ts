import { EventEmitter, type ExtensionContext, type LogOutputChannel, Uri } from "vscode";
import {
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  TransportKind,
} from "vscode-languageclient/node";
import type { Status } from "#protocol";
import { statusNotification } from "#protocol";
import { servedDocuments } from "./documents.ts";
import { rememberReports } from "./forgottenReports.ts";
import { section } from "./ids.ts";
import { ruleUriConverters } from "./ruleLinks.ts";

/** `failed`: it could not be started, or it crashed too often to be started again. */
export type ServerState = "stopped" | "starting" | "running" | "failed";

/** The language server's process: at most one, started, stopped and restarted one after the other. */
export class LanguageServer {
  readonly #options: LanguageClientOptions;
  readonly #module: string;
  readonly #changed = new EventEmitter<void>();
  #client: LanguageClient | undefined;
  #queue: Promise<void> = Promise.resolve();
  #state: ServerState = "stopped";
  #status: Status | undefined;

  /** Fires when `state` or `status` has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(context: ExtensionContext, log: LogOutputChannel) {
    this.#module = context.asAbsolutePath("dist/server.cjs");
    this.#options = {
      documentSelector: [...servedDocuments],
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      uriConverters: ruleUriConverters,
      // Text that is typed is checked at once, also when it is not in the active editor.
      diagnosticPullOptions: { onChange: true, onSave: true },
      initializationFailedHandler: () => false,
    };
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

  async dispose(): Promise<void> {
    await this.stop();
    this.#changed.dispose();
  }

  #enqueue(step: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(step);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #begin(): Promise<void> {
    const run = { module: this.#module, transport: TransportKind.ipc };
    const debug = { ...run, options: { execArgv: ["--nolazy", "--inspect=6011"] } };
    const options = { ...this.#options, middleware: rememberReports() };
    const client = new LanguageClient(section, "Lambda Concurrency", { run, debug }, options);
    this.#client = client;
    client.onNotification(statusNotification, (status) => this.#become(this.#state, status));
    client.onDidChangeState(() => this.#follow(client));
    this.#become("starting", undefined);
    try {
      await client.start();
      this.#become("running", this.#status);
    } catch (error) {
      this.#become("failed", undefined);
      throw error;
    }
  }

  /** Follows crashes and the client's own restarts; what `begin` and `end` do is reported by them. */
  #follow(client: LanguageClient): void {
    if (client !== this.#client || this.#state === "starting") return;
    if (client.isRunning()) this.#become("running", this.#status);
    else this.#become("failed", undefined);
  }

  async #end(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#become("stopped", undefined);
    // A client that never came up has nothing to shut down and refuses to.
    if (client?.isRunning()) await client.dispose(5000);
  }

  #become(state: ServerState, status: Status | undefined): void {
    this.#state = state;
    this.#status = status;
    this.#changed.fire();
  }
}

/** A folder's URI as the server writes it. */
export function toProtocol(uri: Uri): string {
  return ruleUriConverters.code2Protocol(uri);
}

/** A URI of the server. */
export function fromProtocol(uri: string): Uri {
  return Uri.parse(uri);
}
