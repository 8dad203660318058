import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { folderOf, runCli, samTemplate } from "./cli.ts";
import { connected } from "./demoAccount.ts";
import { runInProcess } from "./inProcess.ts";

const main = fileURLToPath(new URL("../../server/src/cli/main.ts", import.meta.url));
const full = { skip: !existsSync("/dev/full") && "this system has no /dev/full" };

/** Runs a command line with a stdout that has no room left; `stdout` of the answer is the exit code. */
function onFullDisk(args: string, cwd: string, env: Readonly<Record<string, string>> = {}) {
  const script = `"${process.execPath}" "${main}" ${args} >/dev/full; echo $?`;
  return runCli(["-c", script], { cwd, env, node: "bash", script: "--norc" });
}

test("a report that a full disk does not take is exit code 2 and one line", full, async (t) => {
  const cwd = folderOf(t, { "template.yaml": samTemplate({ A: 5 }) });
  const { stdout, stderr } = await onFullDisk("check template.yaml", cwd);
  assert.equal(stdout, "2\n");
  assert.equal(stderr, "lambda-concurrency: Not everything could be written to stdout (ENOSPC).\n");
});

async function demoWithOne(t: TestContext) {
  const { demo, env } = await connected(t, { account: { functions: [{ name: "orders", reserved: 60 }] } });
  const reserved = () => demo.account.region("us-east-1").state.functions.map((each) => each.reserved);
  return { env, reserved, cwd: folderOf(t, {}) };
}

test("a kill whose preview cannot be shown changes nothing", full, async (t) => {
  const { env, reserved, cwd } = await demoWithOne(t);
  const { stdout, stderr } = await onFullDisk("kill orders --reason fire --yes", cwd, env);
  assert.equal(stdout, "2\n");
  assert.match(stderr, /What will be done cannot be shown: stdout takes no more \(ENOSPC\)\. Nothing was changed\.\n/);
  assert.deepEqual(reserved(), [60]);
});

test("a kill that prints only its outcome acts in full before it prints", full, async (t) => {
  const { env, reserved, cwd } = await demoWithOne(t);
  const { stdout, stderr } = await onFullDisk("kill orders --reason fire --yes --format json", cwd, env);
  assert.equal(stdout, "2\n");
  assert.equal(stderr, "lambda-concurrency: Not everything could be written to stdout (ENOSPC).\n");
  assert.deepEqual(reserved(), [0]);
});

const hostile = "x\n::stop-commands::z\nx\u001b[31m##[stop-commands]z.yaml";

test("a file name is one line of stderr, whatever is in it", async (t) => {
  const cwd = folderOf(t, { [hostile]: `${samTemplate({ A: 5 })}]\n` });
  const { stderr } = await runInProcess(["check", ".", "--format", "github"], { cwd });
  assert.equal(
    stderr,
    "lambda-concurrency: x\ufffd::stop-commands::z\ufffdx\ufffd[31m#\ufffd#[stop-commands]z.yaml: Line 7, column 1: A colon is missing behind this key.\n",
  );
});

test("a mistyped argument is one line of stderr, whatever is in it", async () => {
  const { code, stderr } = await runInProcess(["check", "--bad\n::set-env name=A::b"]);
  assert.equal(code, 2);
  assert.equal(stderr.split("\n").length, 2);
});

test("no line of a text report is a command to the CI service", async (t) => {
  const cwd = folderOf(t, {
    "::stop-commands::z.yaml": samTemplate({ A: 0 }),
    "##[group]b.yaml": samTemplate({ B: 0 }),
  });
  const { stdout } = await runInProcess(["check", "."], { cwd });
  assert.equal(/^\s*::|##\[/m.test(stdout), false, stdout);
  assert.match(stdout, /^\ufffd::stop-commands::z\.yaml:6:37 warning reserved-zero/m);
  assert.match(stdout, /^#\ufffd#\[group\]b\.yaml:6:37 warning reserved-zero/m);
});

test("no line of JSON is a command to the CI service, and it still means the same", async (t) => {
  const name = "##[stop-commands]\u009bb\u202e.yaml";
  const cwd = folderOf(t, { [name]: samTemplate({ A: 5 }) });
  for (const args of [
    ["check", "."],
    ["resolve", name],
  ]) {
    const { stdout } = await runInProcess([...args, "--format", "json"], { cwd });
    assert.equal(/##\[|[\u0080-\u009f\u202e]/.test(stdout), false, stdout);
    assert.equal(JSON.parse(stdout).files[0].file, name);
  }
});
