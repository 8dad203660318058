import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import type { TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import {
  type ClientCapabilities,
  createConnection,
  createMessageConnection,
  type Diagnostic,
  type FileChangeType,
  type InitializeResult,
  type MessageConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { startServer } from "#lsp";
import type { InitializationOptions, Status } from "#protocol";

/** A message that the client received, in the order of arrival. */
export interface Received {
  readonly method: string;
  readonly params: unknown;
}

/** How a test starts the server. */
export interface TestOptions {
  /** Workspace folders, as URIs. Default: none, as when a single file is open. */
  readonly folders?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  /** What `workspace/configuration` answers for `lambdaConcurrency`. */
  readonly settings?: unknown;
  readonly options?: InitializationOptions;
}

/** What a client of the push kind says it can do. */
export const pushing: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    didChangeConfiguration: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true },
    inlayHint: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  },
  textDocument: {
    publishDiagnostics: {
      relatedInformation: true,
      codeDescriptionSupport: true,
      dataSupport: true,
      versionSupport: true,
    },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
    hover: { contentFormat: ["markdown"] },
    rename: { prepareSupport: true },
  },
};

/** What a client of the pull kind says it can do. */
export const pulling: ClientCapabilities = {
  workspace: { ...pushing.workspace, diagnostics: { refreshSupport: true } },
  textDocument: { ...pushing.textDocument, diagnostic: { relatedDocumentSupport: true, relatedInformation: true } },
};

/** A client that speaks JSON-RPC with the real server in the same process, over two streams. */
export class TestClient {
  readonly connection: MessageConnection;
  readonly received: Received[] = [];
  /** What `workspace/configuration` answers; an error is thrown. */
  settings: unknown;
  initialized!: InitializeResult;
  readonly #documents = new Map<string, TextDocument>();
  readonly #published = new Map<string, PublishDiagnosticsParams>();
  readonly #waiting = new Set<() => void>();

  constructor(connection: MessageConnection, settings: unknown) {
    this.connection = connection;
    this.settings = settings;
    connection.onNotification((method, params) => this.#note(method, Array.isArray(params) ? params[0] : params));
    connection.onRequest((method, params) => this.#answer(method, Array.isArray(params) ? params[0] : params));
  }

  /** Sends `initialize` and `initialized`. */
  async initialize({ folders, capabilities, options }: TestOptions): Promise<void> {
    this.initialized = await this.connection.sendRequest("initialize", {
      processId: null,
      rootUri: null,
      capabilities: capabilities ?? pushing,
      workspaceFolders: folders?.map((uri) => ({ uri, name: uri })) ?? null,
      initializationOptions: { debounce: 0, ...options },
    });
    await this.notify("initialized", {});
  }

  notify(method: string, params: object): Promise<void> {
    return this.connection.sendNotification(method, params);
  }

  request<R>(method: string, params: object): Promise<R> {
    return this.connection.sendRequest(method, params);
  }

  open(uri: string, text: string, languageId = "yaml"): Promise<void> {
    this.#documents.set(uri, TextDocument.create(uri, languageId, 1, text));
    return this.notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Replaces the only occurrence of `old` in an open document, as typing does. */
  edit(uri: string, old: string, text: string): Promise<void> {
    const document = this.#documents.get(uri);
    assert.ok(document, `${uri} is open`);
    const start = document.getText().indexOf(old);
    assert.ok(start >= 0 && document.getText().indexOf(old, start + 1) < 0, `"${old}" occurs once`);
    const range = { start: document.positionAt(start), end: document.positionAt(start + old.length) };
    const version = document.version + 1;
    TextDocument.update(document, [{ range, text }], version);
    return this.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ range, text }] });
  }

  close(uri: string): Promise<void> {
    this.#documents.delete(uri);
    return this.notify("textDocument/didClose", { textDocument: { uri } });
  }

  /** The document and position of the only occurrence of `text` in an open document, `shift` characters into it. */
  at(uri: string, text: string, shift = 0) {
    const document = this.#documents.get(uri);
    assert.ok(document, `${uri} is open`);
    const start = document.getText().indexOf(text);
    assert.ok(start >= 0, `"${text}" occurs`);
    return { textDocument: { uri }, position: document.positionAt(start + shift) };
  }

  watched(...changes: readonly { readonly uri: string; readonly type: FileChangeType }[]): Promise<void> {
    return this.notify("workspace/didChangeWatchedFiles", { changes });
  }

  /** The diagnostics last pushed for a file; undefined when none ever were. */
  pushed(uri: string): PublishDiagnosticsParams | undefined {
    return this.#published.get(uri);
  }

  /** The rules last pushed for a file, in order. */
  rules(uri: string): readonly unknown[] {
    return rulesOf(this.#published.get(uri)?.diagnostics ?? []);
  }

  /** The last status that the server sent. */
  get status(): Status | undefined {
    return this.of("lambdaConcurrency/status").at(-1) as Status | undefined;
  }

  /** The parameters of all messages of one method. */
  of(method: string): readonly unknown[] {
    return this.received.filter((message) => message.method === method).map(({ params }) => params);
  }

  /** Resolves when `condition` holds; it is looked at again after each message. */
  until(condition: () => boolean, what: string): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(
          new Error(`Waited in vain until ${what}. Received:\n${JSON.stringify(this.received.slice(-10), null, 1)}`),
        );
      }, 10_000);
      const look = () => {
        if (!condition()) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
    });
  }

  /** Resolves when the folders have been searched and everything that was sent before has been answered. */
  async idle(): Promise<void> {
    await this.until(() => this.status !== undefined && this.status.state !== "busy", "the server is idle");
    await this.request("textDocument/documentSymbol", { textDocument: { uri: "untitled:nothing" } });
  }

  #note(method: string, params: unknown): void {
    this.received.push({ method, params });
    if (method === "textDocument/publishDiagnostics") {
      const published = params as PublishDiagnosticsParams;
      this.#published.set(published.uri, published);
    }
    for (const look of [...this.#waiting]) look();
  }

  #answer(method: string, params: unknown): unknown {
    this.#note(method, params);
    if (method !== "workspace/configuration") return null;
    if (this.settings instanceof Error) throw this.settings;
    return (params as { items: readonly unknown[] }).items.map(() => this.settings);
  }
}

/** The rules of diagnostics, in order. */
export function rulesOf(diagnostics: readonly Diagnostic[]): readonly unknown[] {
  return diagnostics.map(({ code }) => code);
}

/** Starts the real server and a client for it; both go away with the test. */
export async function startTestClient(t: TestContext, options: TestOptions = {}): Promise<TestClient> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  const protocol = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const client = new TestClient(protocol, options.settings ?? null);
  startServer(server);
  protocol.listen();
  t.after(async () => {
    await client.request("shutdown", {});
    protocol.dispose();
    server.dispose();
  });
  await client.initialize(options);
  return client;
}

/** A folder on disk with the given files; removed when the test ends. */
export class TestFolder {
  readonly path: string;

  constructor(t: TestContext, files: Readonly<Record<string, string>> = {}) {
    this.path = realpathSync(mkdtempSync(join(tmpdir(), "lambda-concurrency-")));
    t.after(() => rmSync(this.path, { recursive: true, force: true }));
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(join(this.path, name)), { recursive: true });
    writeFileSync(join(this.path, name), text);
  }

  remove(name: string): void {
    rmSync(join(this.path, name), { recursive: true });
  }

  removeIfThere(name: string): void {
    rmSync(join(this.path, name), { recursive: true, force: true });
  }

  /** The URI of a file, or of the folder itself. */
  uri(name = ""): string {
    return name === ""
      ? URI.parse(pathToFileURL(this.path).href).toString()
      : URI.file(join(this.path, name)).toString();
  }
}
