import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folderOf, samTemplate } from "./cli.ts";
import { runInProcess } from "./inProcess.ts";

const templates = {
  "orders/template.yaml": samTemplate({ Ingest: 200, Report: 30 }),
  "shop/template.yaml": samTemplate({ Cart: 50 }),
};

test("what init writes is a budget that check finds nothing against", async (t) => {
  const cwd = folderOf(t, templates);
  const { code, stdout, stderr } = await runInProcess(["init", "--limit", "1000", "--floor", "100", "--pool", "shop"], {
    cwd,
  });
  assert.equal(stderr, "");
  assert.equal(stdout, "concurrency-budget.yaml: 2 stacks, 3 reservations. Check it with: lambda-concurrency check\n");
  assert.equal(code, 0);
  const checked = await runInProcess(["check", "--format", "json", "--fail-on", "information"], { cwd });
  assert.equal(checked.code, 0);
  const { pools, findings } = JSON.parse(checked.stdout);
  assert.deepEqual(findings, []);
  assert.deepEqual(
    pools.map(({ name, limit, floor, claimed }: Record<string, unknown>) => ({ name, limit, floor, claimed })),
    [{ name: "shop", limit: 1000, floor: 100, claimed: 280 }],
  );
});

test("--stdout prints the same text and writes nothing", async (t) => {
  const cwd = folderOf(t, templates);
  const { code, stdout } = await runInProcess(["init", ".", "--stdout"], { cwd });
  assert.equal(code, 0);
  assert.equal(existsSync(join(cwd, "concurrency-budget.yaml")), false);
  await runInProcess(["init"], { cwd });
  assert.equal(readFileSync(join(cwd, "concurrency-budget.yaml"), "utf8"), stdout);
});

test("an existing file stays as it is without --force", async (t) => {
  const cwd = folderOf(t, templates);
  const path = join(cwd, "concurrency-budget.yaml");
  writeFileSync(path, "pool: mine\n");
  assert.deepEqual(await runInProcess(["init"], { cwd }), {
    code: 2,
    stdout: "",
    stderr:
      "lambda-concurrency: concurrency-budget.yaml exists already; --force overwrites it, --stdout only prints.\n",
  });
  assert.equal(readFileSync(path, "utf8"), "pool: mine\n");
  assert.equal((await runInProcess(["init", "--force"], { cwd })).code, 0);
  assert.notEqual(readFileSync(path, "utf8"), "pool: mine\n");
});

test("--out writes elsewhere, with paths relative to that place", async (t) => {
  const cwd = folderOf(t, templates);
  const { code } = await runInProcess(["init", "orders", "--out", "budgets/orders.concurrency-budget.yaml"], { cwd });
  assert.equal(code, 0);
  const text = readFileSync(join(cwd, "budgets/orders.concurrency-budget.yaml"), "utf8");
  assert.match(text, /template: \.\.\/orders\/template\.yaml/);
  assert.doesNotMatch(text, /shop/);
});

const refused: readonly (readonly [args: readonly string[], message: string])[] = [
  [["missing"], "missing: There is no such folder."],
  [["orders/template.yaml"], "orders/template.yaml: This is a file; name the folder it is in."],
  [["empty"], "empty: There is no SAM or CloudFormation template with functions in this folder."],
  [
    ["--out", "budget.yaml"],
    "--out budget.yaml: A budget file is called concurrency-budget.yaml or NAME.concurrency-budget.yaml.",
  ],
  [
    ["--out", "shop/template.yaml/concurrency-budget.yaml"],
    "shop/template.yaml/concurrency-budget.yaml cannot be written (EEXIST).",
  ],
];

for (const [args, message] of refused) {
  test(`init ${args.join(" ")} is refused`, async (t) => {
    const cwd = folderOf(t, { ...templates, "empty/notes.txt": "" });
    assert.deepEqual(await runInProcess(["init", ...args], { cwd }), {
      code: 2,
      stdout: "",
      stderr: `lambda-concurrency: ${message}\n`,
    });
  });
}
