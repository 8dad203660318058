import assert from "node:assert/strict";
import { copyFileSync, existsSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { folderOf, root, runCli } from "./cli.ts";
import { connected } from "./demoAccount.ts";

const bundle = join(root, "dist/cli.js");

/** The Node that the machine has without this project: CI machines run the command line with theirs. */
function systemNode(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  const name = process.platform === "win32" ? "node.exe" : "node";
  return process.env.SYSTEM_NODE ?? folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

const node = systemNode();

test("the bundle says on the system's Node what the sources say", {
  skip: node === undefined && "no Node outside node_modules",
}, async () => {
  assert.equal(existsSync(bundle), true, "dist/cli.js is missing: run npm run build");
  for (const args of [
    ["--version"],
    ["check", "examples"],
    ["check", "examples", "--format", "sarif"],
    ["resolve", "examples/blog/template.yaml"],
    ["demo", "--fault", "nonsense"],
    ["load", "http://127.0.0.1:1/", "-n", "10"],
  ]) {
    const bundled = await runCli(args, { script: bundle, ...(node !== undefined && { node }) });
    assert.deepEqual(bundled, await runCli(args));
  }
});

test("the bundle reads an account on the system's Node as the sources do", {
  skip: node === undefined && "no Node outside node_modules",
}, async (t) => {
  const { env } = await connected(t);
  for (const args of [["account"], ["check", "examples/concurrency-budget.yaml", "--live"]]) {
    const bundled = await runCli(args, { env, script: bundle, ...(node !== undefined && { node }) });
    assert.deepEqual(bundled, await runCli(args, { env }));
    assert.equal(bundled.code, 0);
  }
});

test("without the other bundles everything else works, and what needs one of them says so", async (t) => {
  const folder = folderOf(t, {});
  const alone = join(folder, "cli.js");
  copyFileSync(bundle, alone);
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  assert.deepEqual(await runCli(["check", "examples"], { script: alone }), await runCli(["check", "examples"]));
  for (const [file, ...args] of [
    ["aws.cjs", "account"],
    ["demo.cjs", "demo"],
    ["lsp.cjs", "lsp", "--stdio"],
  ] as const) {
    assert.deepEqual(await runCli(args, { script: alone }), {
      code: 2,
      stdout: "",
      stderr: `lambda-concurrency: This command needs ${file} beside cli.js: npm run build makes both; copy both.\n`,
    });
  }
});
