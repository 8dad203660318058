import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { pushing } from "#support/testConnection.ts";
import type { Edit } from "./edits.ts";
import { nodeProcess } from "./process.ts";

const bundle = fileURLToPath(new URL("../../dist/server.cjs", import.meta.url));

/** The bundled server over real standard input and output, as an editor without pull diagnostics uses it. */
export async function startBenchServer(folders: readonly string[] = []) {
  const { child, peakMegabytes } = nodeProcess([bundle, "--stdio"]);
  if (!child.stdout || !child.stdin) throw new Error("The server has no standard input and output.");
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const waiting = new Map<string, () => void>();
  let idle: () => void = () => {};
  const becomesIdle = new Promise<void>((resolve) => {
    idle = resolve;
  });
  connection.onNotification(
    "textDocument/publishDiagnostics",
    ({ uri, version }: { uri: string; version?: number }) => {
      waiting.get(`${uri} ${version}`)?.();
    },
  );
  connection.onNotification("lambdaConcurrency/status", ({ state }: { state: string }) => {
    if (state === "idle") idle();
  });
  connection.onNotification(() => {});
  connection.onRequest((method) => (method === "workspace/configuration" ? [null] : null));
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: null,
    rootUri: null,
    capabilities: pushing,
    workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
    initializationOptions: { debounce: 0 },
  });
  await connection.sendNotification("initialized", {});
  await becomesIdle;

  const timed = async (uri: string, version: number, method: string, params: object): Promise<number> => {
    const published = new Promise<void>((resolve) => waiting.set(`${uri} ${version}`, resolve));
    const start = performance.now();
    await connection.sendNotification(method, params);
    await published;
    return performance.now() - start;
  };

  return {
    /** Milliseconds from `didOpen` to the diagnostics of that version. */
    open: (uri: string, languageId: string, text: string) =>
      timed(uri, 1, "textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } }),
    /** Milliseconds from `didChange` to the diagnostics of that version; `document` is the text before. */
    edit(document: TextDocument, { start, end, text }: Edit): Promise<number> {
      const version = document.version + 1;
      const change = { range: { start: document.positionAt(start), end: document.positionAt(end) }, text };
      TextDocument.update(document, [change], version);
      const params = { textDocument: { uri: document.uri, version }, contentChanges: [change] };
      return timed(document.uri, version, "textDocument/didChange", params);
    },
    /** Ends the server and says how much memory it took at most. */
    async stop(): Promise<number> {
      const ended = once(child, "exit");
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      await ended;
      return peakMegabytes();
    },
  };
}
