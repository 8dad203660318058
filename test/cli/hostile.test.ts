import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { folderOf, runCli, samTemplate } from "./cli.ts";

const good = samTemplate({ Good: 7 });
const manyFunctions = (value: string) => `Resources: {A: {Type: AWS::Lambda::Function, Properties: {${value}}}}\n`;

const hostile: readonly (readonly [what: string, text: string])[] = [
  ["20,000 brackets that close nothing", `Metadata: {x: ${"]".repeat(20_000)}}\n${good}`],
  ["20,000 brackets that are not closed", `Metadata: ${"{a: ".repeat(20_000)}\n${good}`],
  ["20,000 lists in lists", `Metadata: ${"[".repeat(20_000)}${"]".repeat(20_000)}\n${good}`],
];

for (const [what, text] of hostile) {
  test(`${what} in one file: a sentence about it, and the other file is checked`, async (t) => {
    const cwd = folderOf(t, { "bad.yaml": text, "good.yaml": good });
    const { code, stdout, stderr } = await runCli(["check", "--format", "json", "bad.yaml", "good.yaml"], { cwd });
    const [bad, other] = JSON.parse(stdout).files;
    assert.equal(code, 2);
    assert.match(bad.error, /^Line \d+, column \d+: /);
    assert.deepEqual(other, { file: "good.yaml", kind: "sam", functions: 1 });
    assert.doesNotMatch(stderr, /mistake of th/);
  });
}

test("an Fn::Sub of 400 KB, and one that doubles a text 40 times, are answered", async (t) => {
  const doubled = Array.from({ length: 40 }, (_, i) => `  a${i + 1}: &a${i + 1} !Join ['', [*a${i}, *a${i}]]`);
  const cwd = folderOf(t, {
    "long.yaml": manyFunctions(`FunctionName: !Sub "${"${".repeat(200_000)}", ReservedConcurrentExecutions: 5`),
    "doubled.yaml": `Metadata:\n  a0: &a0 ${"x".repeat(10_000)}\n${doubled.join("\n")}\n${manyFunctions("FunctionName: *a40, ReservedConcurrentExecutions: 5")}`,
  });
  const { code, stdout } = await runCli(["check", "--format", "json", "long.yaml", "doubled.yaml"], { cwd });
  assert.equal(code, 0);
  assert.deepEqual(
    JSON.parse(stdout).pools.map(({ claimed }: { claimed: number }) => claimed),
    [5, 5],
  );
});

test("a glob of many stars ends, and matches what it means", async (t) => {
  const name = `${"a".repeat(80)}.yaml`;
  const budget = (glob: string) => `limit: 1000\nfloor: 10\nstacks: [{template: "${glob}", name: s}]\n`;
  const cwd = folderOf(t, {
    [name]: good,
    "none.concurrency-budget.yaml": budget(`${"*a".repeat(9)}b.yaml`),
    "one.concurrency-budget.yaml": budget(`${"*a".repeat(9)}.yaml`),
  });
  const { stdout } = await runCli(["check", "--format", "json", "."], { cwd });
  const { findings, pools } = JSON.parse(stdout);
  assert.deepEqual(
    findings.flatMap(({ rule, message }: { rule: string; message: string }) =>
      rule === "stack-not-found" ? message : [],
    ),
    ["No file matches *a*a*a*a*a*a*a*a*ab.yaml."],
  );
  assert.deepEqual(
    pools.map(({ verdict }: { verdict: string }) => verdict),
    ["depends", "fits"],
  );
});

test("Ctrl+C ends a command in the middle of work that never comes back to the event loop", {
  skip: process.platform === "win32" && "Windows has no SIGINT",
}, async (t) => {
  const interrupts = new URL("../../server/src/cli/interrupts.ts", import.meta.url);
  const script = `import { createInterrupts } from ${JSON.stringify(interrupts.href)};
    createInterrupts(process).onInterrupt(() => {})();
    console.log("ready");
    for (;;);`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "--eval", script]);
  t.after(() => child.kill("SIGKILL"));
  await once(child.stdout, "data");
  const ended = once(child, "exit");
  child.kill("SIGINT");
  assert.deepEqual(await ended, [null, "SIGINT"]);
});
