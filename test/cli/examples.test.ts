import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { root, runCli } from "./cli.ts";
import { validateSarif } from "./sarifSchema.ts";

const folder = join(root, "test/fixtures/cli/examples");

/** Compares with the file, in which the repository's folder is called ROOT; `UPDATE_GOLDEN=1` writes it anew. */
function assertGolden(name: string, output: string): void {
  const path = join(folder, name);
  const actual = output.replaceAll(pathToFileURL(root.replace(/[\\/]$/, "")).href, "file:///ROOT");
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(path, actual);
  assert.equal(actual, readFileSync(path, "utf8"));
}

/** The planted problems: the rule, and the line of the comment that announces it. */
function planted(file: string): string[] {
  const lines = readFileSync(join(root, file), "utf8").split("\n");
  return lines.flatMap((line) => /# PLANTED ([a-z-]+):/.exec(line)?.[1] ?? []);
}

test("check examples reports exactly the planted problems", async () => {
  const { code, stdout, stderr } = await runCli(["check", "examples", "--format", "json"]);
  assert.equal(stderr, "");
  assert.equal(code, 1);
  const report = JSON.parse(stdout);
  const found = report.findings.map(({ rule, file }: { rule: string; file: string }) => `${file} ${rule}`);
  const expected = ["examples/orders/template.yaml", "examples/orders/concurrency-budget.yaml"].flatMap((file) =>
    planted(file).map((rule) => `${file} ${rule}`),
  );
  assert.deepEqual(found.sort(), expected.sort());
});

test("the pool production of the examples fits with 900 of 1,000 claimed", async () => {
  const { code, stdout } = await runCli(["check", "examples/concurrency-budget.yaml", "--format", "json"]);
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout), {
    version: 1,
    pools: [
      {
        name: "production",
        account: "123456789012",
        region: "us-east-1",
        limit: 1000,
        limitSource: "given",
        floor: 100,
        floorSource: "configured",
        claimed: 900,
        unreserved: 100,
        verdict: "fits",
      },
    ],
    findings: [],
    files: [
      { file: "examples/concurrency-budget.yaml", kind: "budget", functions: 0 },
      { file: "examples/blog/template.yaml", kind: "sam", functions: 5 },
    ],
    summary: { errors: 0, warnings: 0, information: 0 },
  });
});

test("one more than 900 does not fit any more", async () => {
  const { code, stdout } = await runCli([
    "check",
    "examples/concurrency-budget.yaml",
    "--limit",
    "999",
    "--format",
    "json",
  ]);
  assert.equal(code, 1);
  const { pools, findings } = JSON.parse(stdout);
  assert.deepEqual(
    pools.map(({ limit, verdict }: { limit: number; verdict: string }) => [limit, verdict]),
    [[999, "over"]],
  );
  assert.deepEqual([...new Set(findings.map(({ rule }: { rule: string }) => rule))], ["pool-overcommitted"]);
});

test("check examples as text", async () => {
  assertGolden("check.txt", (await runCli(["check", "examples"])).stdout);
});

test("check examples as json", async () => {
  assertGolden("check.json", (await runCli(["check", "examples", "--format", "json"])).stdout);
});

test("check examples as github annotations", async () => {
  assertGolden("check.github.txt", (await runCli(["check", "examples", "--format", "github"])).stdout);
});

test("check examples as sarif, which the published schema accepts", async () => {
  const { stdout } = await runCli(["check", "examples", "--format", "sarif"]);
  assert.deepEqual(validateSarif(JSON.parse(stdout)), []);
  const log = JSON.parse(stdout);
  const [run] = log.runs;
  const { driver } = run.tool;
  // The texts of the rules and what depends on the machine are not what is compared here.
  run.tool.driver = { ...driver, version: "VERSION", rules: driver.rules.map(({ id }: { id: string }) => id) };
  run.originalUriBaseIds.SRCROOT.uri = "file:///ROOT/";
  assertGolden("check.sarif", `${JSON.stringify(log, null, 2)}\n`);
});

test("resolve of the order service in production as json", async () => {
  const args = ["resolve", "examples/orders/template.yaml", "--config-env", "prod", "--format", "json"];
  assertGolden("resolve.json", (await runCli(args)).stdout);
});

test("resolve of both templates as text", async () => {
  const { stdout, code } = await runCli(["resolve", "examples/blog/template.yaml", "examples/orders/template.yaml"]);
  assert.equal(code, 0);
  assertGolden("resolve.txt", stdout);
});
