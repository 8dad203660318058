import assert from "node:assert/strict";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folderOf, runCli, samTemplate } from "./cli.ts";
import { runInProcess } from "./inProcess.ts";

const good = samTemplate({ Good: 7 });

/** Checks `bad` and `good.yaml` by name: the good one must be in the report whatever the bad one is. */
async function checkBoth(cwd: string, bad: string, run: typeof runCli = runInProcess) {
  const { code, stdout, stderr } = await run(["check", "--format", "json", bad, "good.yaml"], { cwd });
  const report = JSON.parse(stdout);
  const [first, second] = report.files;
  assert.equal(first.file, bad);
  assert.deepEqual(second, { file: "good.yaml", kind: "sam", functions: 1 });
  return { code, stderr, report, error: first.error as string | undefined, kind: first.kind as string };
}

const unreadable: readonly (readonly [name: string, file: string, text: string | Buffer, error: RegExp])[] = [
  ["malformed YAML", "bad.yaml", `${good}  - [unclosed\n`, /^Line \d+, column \d+: /],
  ["malformed JSON", "bad.json", '{"Resources": {"A": {"Type": "AWS::Lambda::Function",,}}', /^Line 1, column \d+: /],
  [
    "JSON that ends in the middle",
    "bad.json",
    '{"Resources": {"A": {"Type": "AWS::Lambda::Fun',
    /^Line 1, column \d+: /,
  ],
  ["a file of more than 10 MB", "bad.yaml", Buffer.alloc(10 * 1024 * 1024 + 1, "# filler\n"), /^The file has 10\.1 MB/],
  [
    "tabs as indentation",
    "bad.yaml",
    "Resources:\n\tA:\n\t\tType: AWS::Lambda::Function\n",
    /^Line 2, column 1: .*[Tt]ab/,
  ],
];

for (const [name, file, text, error] of unreadable) {
  test(`${name}: named in the report and on stderr, exit code 2, the rest checked`, async (t) => {
    const cwd = folderOf(t, { "good.yaml": good, [file]: text });
    const result = await checkBoth(cwd, file);
    assert.match(result.error ?? "", error);
    assert.equal(result.stderr, `lambda-concurrency: ${file}: ${result.error}\n`);
    assert.equal(result.code, 2);
  });
}

test("a missing file: named, exit code 2, the rest checked", async (t) => {
  const result = await checkBoth(folderOf(t, { "good.yaml": good }), "missing.yaml");
  assert.equal(result.stderr, "lambda-concurrency: missing.yaml: There is no such file or folder.\n");
  assert.equal(result.code, 2);
});

test("a pattern that the shell did not expand says so", async (t) => {
  const result = await checkBoth(folderOf(t, { "good.yaml": good }), "*.yml");
  assert.equal(
    result.stderr,
    "lambda-concurrency: *.yml: There is no such file or folder. The shell expands patterns; this one matched nothing.\n",
  );
  assert.equal(result.code, 2);
});

const noTemplates: readonly (readonly [name: string, file: string, text: string])[] = [
  ["a list", "bad.yaml", "- 1\n- 2\n"],
  ["a scalar", "bad.json", "42"],
  ["an empty file", "bad.yaml", ""],
  ["another YAML file", "bad.yaml", "on: push\njobs: {}\n"],
];

for (const [name, file, text] of noTemplates) {
  test(`${name} is named as no template, and the rest is checked`, async (t) => {
    const result = await checkBoth(folderOf(t, { "good.yaml": good, [file]: text }), file);
    assert.equal(
      result.stderr,
      `lambda-concurrency: ${file}: This is neither a SAM or CloudFormation template nor a budget file; nothing in it was checked (a budget is called concurrency-budget.yaml or NAME.concurrency-budget.yaml).\n`,
    );
    assert.equal(result.kind, "other");
    assert.equal(result.code, 2);
  });
}

test("found in a folder, what cannot be read is reported with exit code 2, and the rest is checked", async (t) => {
  const cwd = folderOf(t, {
    "good.yaml": good,
    "big.yaml": Buffer.alloc(10 * 1024 * 1024 + 1, "Type: AWS::Lambda::Function\n"),
    "broken.yaml": `${good}  - [unclosed\n`,
  });
  symlinkSync("loop.yaml", join(cwd, "loop.yaml"));
  const { code, stdout, stderr } = await runInProcess(["check", "--format", "json", "."], { cwd });
  assert.equal(code, 2);
  const files: { file: string; error?: string }[] = JSON.parse(stdout).files;
  assert.deepEqual(
    files.map(({ file, error }) => [file, error === undefined]),
    [
      ["big.yaml", false],
      ["broken.yaml", false],
      ["good.yaml", true],
      ["loop.yaml", false],
    ],
  );
  assert.equal(stderr.split("\n").length, 4);
});

test("a folder that links to itself ends", async (t) => {
  const cwd = folderOf(t, { "sub/good.yaml": good });
  symlinkSync("..", join(cwd, "sub", "up"));
  symlinkSync(".", join(cwd, "sub", "here"));
  const { code, stdout } = await runInProcess(["check", "--format", "json"], { cwd });
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout).files, [{ file: "sub/good.yaml", kind: "sam", functions: 1 }]);
});

const asRoot = process.getuid?.() === 0 || process.platform === "win32";

test("a folder that may not be read is named: exit code 2, and the rest is checked", {
  skip: asRoot && "root may read everything",
}, async (t) => {
  const cwd = folderOf(t, { "good.yaml": good, "locked/bad.yaml": good });
  chmodSync(join(cwd, "locked"), 0);
  const stderr = "lambda-concurrency: locked: Permission to read it is denied.\n";
  const found = await runInProcess(["check", "--format", "json"], { cwd });
  const result = await checkBoth(cwd, "locked");
  chmodSync(join(cwd, "locked"), 0o755);
  assert.deepEqual({ code: found.code, stderr: found.stderr }, { code: 2, stderr });
  assert.deepEqual({ code: result.code, stderr: result.stderr }, { code: 2, stderr });
});

test("a budget file that is a folder, and a link to nothing, are named", async (t) => {
  const cwd = folderOf(t, { "good.yaml": good });
  mkdirSync(join(cwd, "dir.yaml"));
  symlinkSync("nowhere.yaml", join(cwd, "dangling.yaml"));
  const result = await checkBoth(cwd, "dangling.yaml");
  assert.equal(result.code, 2);
  assert.equal(result.stderr, "lambda-concurrency: dangling.yaml: There is no such file or folder.\n");
  const folder = await runInProcess(["resolve", "dir.yaml"], { cwd });
  assert.equal(folder.code, 2);
  assert.equal(folder.stderr, "lambda-concurrency: dir.yaml: This is a folder; name the template in it.\n");
});

test("nesting of 1,000 levels ends without a crash and without a silent fit", async (t) => {
  const deepFlow = `Resources: ${"[".repeat(1000)}${"]".repeat(1000)}\n`;
  const deepBlock = Array.from({ length: 1000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n");
  const deepJson = `{"Resources": {"A": {"Type": "AWS::Lambda::Function", "Properties": ${'{"a":'.repeat(1000)}1${"}".repeat(1000)}}}}`;
  const cwd = folderOf(t, { "flow.yaml": deepFlow, "block.yaml": deepBlock, "deep.json": deepJson, "good.yaml": good });
  for (const file of ["flow.yaml", "block.yaml", "deep.json"]) {
    const { code, stderr } = await checkBoth(cwd, file, runCli);
    assert.equal(code === 2 || code === 0, true, `${file}: ${code}`);
    assert.notEqual(stderr, "", `${file} must be named`);
  }
});

test("an alias bomb ends", async (t) => {
  const bomb = [
    "a0: &a0 [x, x, x, x, x, x, x, x, x]",
    ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]`),
  ];
  const cwd = folderOf(t, { "good.yaml": good, "bomb.yaml": `${bomb.join("\n")}\n${samTemplate({ A: "*a30" })}` });
  const { report } = await checkBoth(cwd, "bomb.yaml", runCli);
  const pool = report.pools.find(({ claimed }: { claimed: unknown }) => claimed !== 7);
  assert.notEqual(pool.verdict, "fits");
});

test("nested stacks in a circle end and are not called fitting", async (t) => {
  const nesting = (other: string) => `Transform: AWS::Serverless-2016-10-31
Resources:
  Child:
    Type: AWS::Serverless::Application
    Properties:
      Location: ${other}
  Own:
    Type: AWS::Serverless::Function
    Properties:
      ReservedConcurrentExecutions: 5
`;
  const cwd = folderOf(t, { "a.yaml": nesting("b.yaml"), "b.yaml": nesting("a.yaml"), "good.yaml": good });
  const { report } = await checkBoth(cwd, "a.yaml", runCli);
  assert.deepEqual(report.pools.map(({ verdict }: { verdict: string }) => verdict).sort(), ["depends", "fits"]);
  const resolved = await runCli(["resolve", "a.yaml", "--format", "json"], { cwd });
  assert.equal(resolved.code, 0);
  assert.deepEqual(
    JSON.parse(resolved.stdout).files.map(({ file, via }: { file: string; via?: string[] }) => [file, via]),
    [
      ["a.yaml", undefined],
      ["b.yaml", ["a.yaml", "Child"]],
    ],
  );
});

test("a budget's glob that matches nothing is an error", async (t) => {
  const cwd = folderOf(t, {
    "concurrency-budget.yaml": "limit: 100\nfloor: 10\nstacks:\n  - template: nothing/*.yaml\n",
  });
  const { code, stdout } = await runInProcess(["check", "--format", "json"], { cwd });
  assert.equal(code, 1);
  assert.deepEqual(
    JSON.parse(stdout).findings.map(({ rule, range }: { rule: string; range: { start: unknown } }) => [
      rule,
      range.start,
    ]),
    [["stack-not-found", { line: 3, character: 14 }]],
  );
});

for (const value of ["-5", "2.5", "many", "[1]", "{a: 1}", "true", "1000000000000", "99999999999999999999", '"-5"']) {
  test(`a reservation of ${value} is never called fitting, and a finding says why`, async (t) => {
    const cwd = folderOf(t, { "t.yaml": samTemplate({ A: value }) });
    const { stdout } = await runInProcess(["check", "--limit", "1000", "--format", "json", "t.yaml"], { cwd });
    const { pools, findings } = JSON.parse(stdout);
    assert.notEqual(pools[0].verdict, "fits");
    assert.deepEqual(
      findings.map(({ range }: { range: { start: unknown } }) => range.start),
      [{ line: 5, character: 36 }],
    );
  });
}
