import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import {
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { folderOf, root, runCli } from "../cli/cli.ts";
import { clientConfig } from "./clients.ts";

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
}

/** Starts the command as a user does and waits for its first line, the address. */
async function startCommand(t: TestContext, args: readonly string[]): Promise<Started> {
  const child = spawn(process.execPath, ["server/src/cli/main.ts", "demo", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "ignore"],
  });
  t.after(() => child.kill("SIGKILL"));
  const [url] = await once(createInterface(child.stdout), "line");
  return { child, url: String(url) };
}

test("demo prints its address and ends cleanly on SIGTERM", {
  skip: process.platform === "win32" && "Windows has no SIGTERM",
}, async (t) => {
  const { child, url } = await startCommand(t, ["--limit", "500", "--floor", "50", "--time-scale", "10"]);
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
  const { AccountLimit } = await new LambdaClient(clientConfig(url)).send(new GetAccountSettingsCommand({}));
  assert.equal(AccountLimit?.ConcurrentExecutions, 500);
  const end = once(child, "exit");
  child.kill("SIGTERM");
  assert.deepEqual(await end, [0, null]);
});

for (const [what, stop] of [
  ["with the program that started it", (child: ChildProcess) => child.disconnect()],
  ["on SIGTERM while that program listens", (child: ChildProcess) => child.kill("SIGTERM")],
] as const) {
  test(`demo ends ${what}`, { timeout: 30_000 }, async (t) => {
    const child = spawn(process.execPath, ["server/src/cli/main.ts", "demo", "--no-traffic"], {
      cwd: root,
      stdio: ["ignore", "pipe", "ignore", "ipc"],
    });
    t.after(() => child.kill("SIGKILL"));
    assert.ok(child.stdout);
    await once(createInterface(child.stdout), "line");
    const end = once(child, "exit");
    stop(child);
    assert.deepEqual(await end, [0, null]);
  });
}

for (const [file, text] of [
  ["account.yaml", "limit: 2000\nfunctions:\n  - name: one\n    reserved: 0 # switched off\n    tags: {team: x}\n"],
  ["account.json", '{"limit": 2000, "functions": [{"name": "one", "reserved": 0, "tags": {"team": "x"}}]}'],
] as const) {
  test(`an account is read from ${file}`, async (t) => {
    const folder = folderOf(t, { [file]: text });
    const { url } = await startCommand(t, ["--no-traffic", "--account", join(folder, file)]);
    const lambda = new LambdaClient(clientConfig(url));
    assert.equal((await lambda.send(new GetAccountSettingsCommand({}))).AccountLimit?.ConcurrentExecutions, 2000);
    const { ReservedConcurrentExecutions } = await lambda.send(
      new GetFunctionConcurrencyCommand({ FunctionName: "one" }),
    );
    assert.equal(ReservedConcurrentExecutions, 0);
  });
}

test("the account file in the documentation is one", async (t) => {
  const text = readFileSync(join(root, "docs/demo-account.md"), "utf8");
  const folder = folderOf(t, { "account.yaml": /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? "" });
  const { url } = await startCommand(t, ["--account", join(folder, "account.yaml"), "--state", join(folder, "state")]);
  const lambda = new LambdaClient(clientConfig(url, "eu-central-1"));
  const { Configuration, Concurrency } = await lambda.send(new GetFunctionCommand({ FunctionName: "orders:live" }));
  assert.deepEqual([Configuration?.Version, Concurrency], ["2", undefined]);
  assert.equal((await lambda.send(new GetAccountSettingsCommand({}))).AccountUsage?.FunctionCount, 996);
});

test("a port that is taken and files that are something else are usage errors", async (t) => {
  const { url } = await startCommand(t, ["--no-traffic"]);
  const port = new URL(url).port;
  const folder = folderOf(t, { "broken.yaml": "limit: [1\n", "wrong.yaml": "limt: 1\n", "state.json": "[]" });
  for (const [args, message] of [
    [["--port", port], `--port ${port}: the port is taken. Port 0 picks a free one.`],
    [["--account", "wrong.yaml"], "--account wrong.yaml: limt is not known; there are account, "],
    [["--account", "broken.yaml"], "--account broken.yaml, line "],
    [["--state", "state.json"], "The demo account cannot start: "],
  ] as const) {
    const { code, stdout, stderr } = await runCli(["demo", ...args], { cwd: folder });
    assert.deepEqual([code, stdout], [2, ""]);
    assert.ok(stderr.startsWith(`lambda-concurrency: ${message}`), stderr);
  }
});
