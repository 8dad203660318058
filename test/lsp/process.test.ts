import assert from "node:assert/strict";
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { pushing, TestClient } from "#support/testConnection.ts";
import { template } from "./shared.ts";

const main = fileURLToPath(import.meta.resolve("#lsp/main.ts"));

async function useAndLeave(connection: MessageConnection): Promise<void> {
  const client = new TestClient(connection, null);
  connection.listen();
  await client.initialize({ capabilities: pushing });
  await client.open("untitled:1", template(950));
  await client.until(() => client.rules("untitled:1").length === 1, "the template is checked");
  await client.request("shutdown", {});
  await client.notify("exit", {});
}

test("the server speaks over standard input and output, and ends when it is told to", async () => {
  const server = spawn(process.execPath, [main, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const ended = once(server, "exit");
  await useAndLeave(connection);
  assert.deepEqual(await ended, [0, null]);
});

test("the server speaks over the channel of a child process, as VS Code starts it", async () => {
  const server = fork(main, ["--node-ipc"], { stdio: "inherit" });
  const ended = once(server, "exit");
  await useAndLeave(createMessageConnection(new IPCMessageReader(server), new IPCMessageWriter(server)));
  assert.deepEqual(await ended, [0, null]);
});

test("the server ends with an error when its client goes away without a word", async () => {
  const server = spawn(process.execPath, [main, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(server, "exit");
  server.stdin.end();
  assert.deepEqual(await ended, [1, null]);
});
