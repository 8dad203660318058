import assert from "node:assert/strict";
import { test } from "node:test";
import { type Finished, folderOf, type RunOptions, runCli, samTemplate } from "./cli.ts";
import { runInProcess } from "./inProcess.ts";

interface Report {
  readonly pools: readonly {
    readonly name: string;
    readonly claimed: unknown;
    readonly limit: number;
    readonly verdict: string;
    readonly refused?: true;
  }[];
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly file: string;
    readonly message: string;
  }[];
  readonly files: readonly {
    readonly file: string;
    readonly kind: string;
    readonly functions: number;
    readonly error?: string;
  }[];
}

async function check(args: readonly string[], options: RunOptions): Promise<Finished & { readonly report: Report }> {
  const finished = await runInProcess(["check", "--format", "json", ...args], options);
  return { ...finished, report: JSON.parse(finished.stdout) };
}

const budget = `pool: shop
limit: 500
floor: 100
stacks:
  - template: "*/template.yaml"
reservations:
  "*/*": 300
`;

test("a template that fits its assumed pool is reported with its claim and exits 0", async (t) => {
  const cwd = folderOf(t, { "template.yaml": samTemplate({ A: 100, B: 50 }) });
  const { code, report, stderr } = await check(["template.yaml"], { cwd });
  assert.equal(stderr, "");
  assert.equal(code, 0);
  assert.deepEqual(report.findings, []);
  assert.deepEqual(report.files, [{ file: "template.yaml", kind: "sam", functions: 2 }]);
  assert.deepEqual(
    report.pools.map(({ claimed, limit, verdict }) => ({ claimed, limit, verdict })),
    [{ claimed: 150, limit: 1000, verdict: "fits" }],
  );
});

test("--limit and --floor make it too much, with exit code 1", async (t) => {
  const cwd = folderOf(t, { "template.yaml": samTemplate({ A: 100, B: 50 }) });
  const { code, report } = await check(["template.yaml", "--limit", "200", "--floor", "60"], { cwd });
  assert.equal(code, 1);
  assert.deepEqual(
    report.findings.map(({ rule, severity, file }) => ({ rule, severity, file })),
    [{ rule: "pool-overcommitted", severity: "error", file: "template.yaml" }],
  );
  const message = report.findings[0]?.message ?? "";
  for (const number of ["150", "200", "60"]) assert.match(message, new RegExp(`\\b${number}\\b`));
});

test("a budget in a named folder applies, a template alone uses none", async (t) => {
  const cwd = folderOf(t, { "concurrency-budget.yaml": budget, "orders/template.yaml": samTemplate({ A: 350 }) });
  const folder = await check(["."], { cwd });
  assert.equal(folder.code, 1);
  assert.deepEqual(
    folder.report.pools.map(({ name }) => name),
    ["shop"],
  );
  assert.deepEqual(
    folder.report.findings.map(({ rule }) => rule),
    ["over-budget"],
  );
  const alone = await check(["orders/template.yaml"], { cwd });
  assert.equal(alone.code, 0);
  assert.deepEqual(alone.report.findings, []);
  assert.deepEqual(await check([], { cwd }), folder);
});

test("--together sums all templates in one pool", async (t) => {
  const cwd = folderOf(t, { "a.yaml": samTemplate({ A: 500 }), "b.yaml": samTemplate({ B: 450 }) });
  const apart = await check(["a.yaml", "b.yaml", "--limit", "1000"], { cwd });
  assert.equal(apart.code, 0);
  assert.equal(apart.report.pools.length, 2);
  const together = await check(["a.yaml", "b.yaml", "--together", "--limit", "1000"], { cwd });
  assert.equal(together.code, 1);
  assert.deepEqual(
    together.report.pools.map(({ name, claimed, verdict }) => ({ name, claimed, verdict })),
    [{ name: "together", claimed: 950, verdict: "over" }],
  );
});

test("--fail-on decides which severity fails", async (t) => {
  const cwd = folderOf(t, { "template.yaml": samTemplate({ A: 0 }) });
  const codes = async (severity: string) => (await check(["template.yaml", "--fail-on", severity], { cwd })).code;
  assert.deepEqual([await codes("error"), await codes("warning"), await codes("information")], [0, 1, 1]);
});

test("paths are printed as given, or relative to the current folder when found", async (t) => {
  const cwd = folderOf(t, { "a/x.yaml": samTemplate({ A: 1 }), "b/y.yaml": samTemplate({ B: 1 }) });
  const { report } = await check(["./b/../b/y.yaml", "a"], { cwd });
  assert.deepEqual(
    report.files.map(({ file }) => file),
    ["./b/../b/y.yaml", "a/x.yaml"],
  );
});

test("a file named twice, or named and found, is checked once", async (t) => {
  const cwd = folderOf(t, { "a.yaml": samTemplate({ A: 600 }) });
  const { report, code } = await check(["a.yaml", "./a.yaml", "."], { cwd });
  assert.equal(code, 0);
  assert.equal(report.pools.length, 1);
  assert.equal(report.files.length, 1);
});

test("--parameter reaches a template that declares it", async (t) => {
  const template = `Parameters: {N: {Type: Number}}\n${samTemplate({ A: "!Ref N" })}`;
  const cwd = folderOf(t, { "a.yaml": template });
  const { report, code } = await check(["a.yaml", "--parameter", "N=950"], { cwd });
  assert.equal(code, 0);
  assert.equal(report.pools[0]?.claimed, 950);
});

test("--parameter that no template declares is a usage error", async (t) => {
  const cwd = folderOf(t, { "a.yaml": samTemplate({ A: 1 }) });
  assert.deepEqual(await runInProcess(["check", "a.yaml", "--parameter", "N=950"], { cwd }), {
    code: 2,
    stdout: "",
    stderr: "lambda-concurrency: --parameter N: no template that was read declares a parameter of this name.\n",
  });
});

test("a parameter that only nested stacks declare is a usage error that says where its value comes from", async (t) => {
  const cwd = folderOf(t, {
    "parent.yaml": "Resources:\n  C: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: child.yaml } }\n",
    "child.yaml":
      "Parameters: { N: { Type: Number, Default: 1 } }\nResources:\n  F: { Type: AWS::Lambda::Function, Properties: { ReservedConcurrentExecutions: !Ref N } }\n",
  });
  for (const command of ["check", "resolve"]) {
    assert.deepEqual(await runInProcess([command, "parent.yaml", "--parameter", "N=5"], { cwd }), {
      code: 2,
      stdout: "",
      stderr:
        "lambda-concurrency: --parameter N: only nested stacks declare it, and they take their values from the stack around them; set it there.\n",
    });
  }
});

test("--config-env chooses the parameters of samconfig", async (t) => {
  const cwd = folderOf(t, {
    "template.yaml": `Parameters: {N: {Type: Number, Default: 1}}\n${samTemplate({ A: "!Ref N" })}`,
    "samconfig.toml": 'version = 0.1\n[prod.deploy.parameters]\nparameter_overrides = "N=77"\n',
  });
  assert.equal((await check(["template.yaml"], { cwd })).report.pools[0]?.claimed, 1);
  assert.equal((await check(["template.yaml", "--config-env", "prod"], { cwd })).report.pools[0]?.claimed, 77);
});

test("--config-env that no samconfig has is noted on stderr", async (t) => {
  const cwd = folderOf(t, { "template.yaml": samTemplate({ A: 1 }) });
  const { code, stderr } = await check(["template.yaml", "--config-env", "prdo"], { cwd });
  assert.equal(code, 0);
  assert.equal(stderr, "lambda-concurrency: --config-env prdo: no samconfig that was read has this environment.\n");
});

test("github and sarif say where the text of a file is wrong", async (t) => {
  const cwd = folderOf(t, { "bad.json": '{"Resources": {\n  "A": {"Type": "AWS::Lambda::Function"' });
  const github = await runInProcess(["check", "bad.json", "--format", "github"], { cwd });
  assert.match(
    github.stdout,
    /^::error file=bad\.json,line=2,endLine=2,col=\d+,endColumn=\d+,title=not checked::Line 2, /,
  );
  const sarif = await runInProcess(["check", "bad.json", "--format", "sarif"], { cwd });
  const [{ toolExecutionNotifications, executionSuccessful }] = JSON.parse(sarif.stdout).runs[0].invocations;
  assert.equal(executionSuccessful, false);
  assert.equal(toolExecutionNotifications[0].locations[0].physicalLocation.region.startLine, 2);
  const json = await check(["bad.json"], { cwd });
  assert.deepEqual(Object.keys(json.report.files[0] ?? {}), ["file", "kind", "functions", "error"]);
});

test("a reader that closes the pipe early ends it silently, as SIGPIPE would", async (t) => {
  const many = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`F${i}`, 0]));
  const cwd = folderOf(t, { "template.yaml": samTemplate(many) });
  const script = `"${process.execPath}" "${new URL("../../server/src/cli/main.ts", import.meta.url).pathname}" check template.yaml | head -c 10; echo "code \${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await runCli(["-c", script], { cwd, node: "bash", script: "--norc" });
  assert.equal(stderr, "");
  assert.match(stdout, /code 141\n$/);
});

test("a template that AWS refuses cannot be deployed: exit code 1, never fits, and resolve says what is refused", async (t) => {
  const properties = "{ ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 5 } }";
  const cwd = folderOf(t, {
    "t.yaml": samTemplate({}).concat(`  F: { Type: "AWS::Serverless::Function", Properties: ${properties} }\n`),
  });
  const { code, report } = await check(["t.yaml"], { cwd });
  assert.equal(code, 1);
  assert.deepEqual(
    report.pools.map(({ verdict, refused }) => [verdict, refused]),
    [["depends", true]],
  );
  assert.match((await runInProcess(["check", "t.yaml"], { cwd })).stdout, /cannot be deployed\n/);
  const resolved = await runInProcess(["resolve", "--format", "json", "t.yaml"], { cwd });
  const message =
    "F has ProvisionedConcurrencyConfig but no AutoPublishAlias, so SAM refuses the template. Add AutoPublishAlias, or remove ProvisionedConcurrencyConfig.";
  assert.deepEqual(JSON.parse(resolved.stdout).files[0].functions[0].refused, [
    { property: "ProvisionedConcurrencyConfig", rule: "provisioned-needs-alias", message },
  ]);
});
