import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { root, runCli } from "./cli.ts";

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
  ]) {
    const bundled = await runCli(args, { script: bundle, ...(node !== undefined && { node }) });
    assert.deepEqual(bundled, await runCli(args));
  }
});
