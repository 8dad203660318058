import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { folderOf, root } from "./cli.ts";

function startServer(
  t: TestContext,
  env: NodeJS.ProcessEnv = process.env,
): {
  readonly child: ChildProcess;
  readonly connection: ProtocolConnection;
} {
  const child = spawn(process.execPath, [join(root, "server/src/cli/main.ts"), "lsp", "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
    env,
  });
  t.after(() => child.kill("SIGKILL"));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  t.after(() => connection.dispose());
  return { child, connection };
}

const initialize = { processId: process.pid, rootUri: null, capabilities: {}, workspaceFolders: null };

test("lsp --stdio serves the protocol until exit and ends with code 0", async (t) => {
  const { child, connection } = startServer(t);
  const { serverInfo } = await connection.sendRequest<{ serverInfo: { name: string } }>("initialize", initialize);
  assert.equal(serverInfo.name, "lambda-concurrency");
  const ended = once(child, "exit");
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  assert.deepEqual(await ended, [0, null]);
});

test("lsp forgets the keys that an editor started it with", async (t) => {
  const leaving = `process.on("exit", () => require("node:fs").writeFileSync(__dirname + "/left.json",
    JSON.stringify(Object.keys(process.env).filter((name) => /^(AWS|LSP)_/.test(name)))))`;
  const folder = folderOf(t, { "leaving.cjs": leaving });
  const { child, connection } = startServer(t, {
    ...process.env,
    NODE_OPTIONS: `--require ${JSON.stringify(join(folder, "leaving.cjs"))}`,
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_PROFILE: "production",
    LSP_OTHER: "stays",
  });
  await connection.sendRequest("initialize", initialize);
  await connection.sendRequest("shutdown");
  const ended = once(child, "exit");
  await connection.sendNotification("exit");
  await ended;
  assert.deepEqual(JSON.parse(readFileSync(join(folder, "left.json"), "utf8")), ["LSP_OTHER"]);
});

test("an interrupt ends it", {
  skip: process.platform === "win32" && "Windows has no SIGINT",
}, async (t) => {
  const { child, connection } = startServer(t);
  await connection.sendRequest("initialize", initialize);
  const ended = once(child, "exit");
  child.kill("SIGINT");
  assert.deepEqual(await ended, [null, "SIGINT"]);
});
