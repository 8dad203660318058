import assert from "node:assert/strict";
import { test } from "node:test";
import { folderOf, samTemplate } from "./cli.ts";
import { runInProcess } from "./inProcess.ts";

const good = samTemplate({ Good: 7 });
const fragment = `Worker:
  Type: AWS::Serverless::Function
  Properties: {Handler: a.b, Runtime: nodejs22.x, ReservedConcurrentExecutions: 950}
`;
const budget = 'pool: p\nlimit: 100\nfloor: 50\nstacks:\n  - template: template.yaml\nreservations: {"*": 5}\n';

/** Runs `check` and tells exit code, stderr without the program's name, and the JSON. */
async function check(cwd: string, ...args: readonly string[]) {
  const { code, stdout, stderr } = await runInProcess(["check", "--format", "json", ...args], { cwd });
  const said = stderr.split("\n").map((line) => line.replace(/^lambda-concurrency: /, ""));
  return { code, said: said.slice(0, -1), report: JSON.parse(stdout) };
}

const neither =
  "This is neither a SAM or CloudFormation template nor a budget file; nothing in it was checked (a budget is called concurrency-budget.yaml or NAME.concurrency-budget.yaml).";

test("a folder in which nothing was found: exit code 2, unless that is accepted", async (t) => {
  const cwd = folderOf(t, { "notes.txt": "nothing", "sub/other.yaml": "on: push\n" });
  const none = "No template or budget file was found in this folder; nothing was checked.";
  const here = await check(cwd);
  assert.deepEqual([here.code, here.said], [2, [`${cwd}: ${none}`]]);
  const both = await check(cwd, "sub", ".");
  assert.deepEqual([both.code, both.said], [2, [`sub: ${none}`, `${cwd}: ${none}`]]);
  const accepted = await check(cwd, "--allow-empty");
  assert.deepEqual([accepted.code, accepted.said], [0, [`${cwd}: ${none}`]]);
  assert.equal((await runInProcess(["check"], { cwd })).stdout, "Nothing was checked.\n");
});

test("one of two folders is empty: exit code 2, and the other is checked", async (t) => {
  const cwd = folderOf(t, { "a/template.yaml": good, "b/notes.txt": "" });
  const { code, said, report } = await check(cwd, "a", "b");
  assert.deepEqual([code, report.summary], [2, { errors: 0, warnings: 0, information: 0 }]);
  assert.deepEqual(said, ["b: No template or budget file was found in this folder; nothing was checked."]);
  assert.equal(report.pools[0].claimed, 7);
});

test("build output that was left out is named, also in JSON, and is checked when it is named", async (t) => {
  const json = '{"Resources":{"F":{"Type":"AWS::Lambda::Function","Properties":{"ReservedConcurrentExecutions":950}}}}';
  const cwd = folderOf(t, { "cdk.out/App.template.json": json, ".serverless/state.json": "{}" });
  const message = "Build output, not searched: the templates in it are checked when the folder is named.";
  const { code, said, report } = await check(cwd);
  assert.equal(code, 2);
  assert.deepEqual(said, [
    `${cwd}: No template or budget file was found in this folder; nothing was checked.`,
    `cdk.out: ${message}`,
  ]);
  assert.deepEqual(report.skipped, [{ file: "cdk.out", message }]);
  const named = await check(cwd, "cdk.out");
  assert.deepEqual([named.code, named.report.skipped, named.report.pools[0].claimed], [0, undefined, 950]);
});

test("a named file that is neither template nor budget: exit code 2, unless that is accepted", async (t) => {
  const cwd = folderOf(t, { "good.yaml": good, "other.yaml": "on: push\n" });
  const { code, said } = await check(cwd, "other.yaml", "good.yaml");
  assert.deepEqual([code, said], [2, [`other.yaml: ${neither}`]]);
  const accepted = await check(cwd, "--allow-empty", "other.yaml");
  assert.deepEqual([accepted.code, accepted.said], [0, [`other.yaml: ${neither}`]]);
});

test("a mistyped path: exit code 2, unless that is accepted", async (t) => {
  const cwd = folderOf(t, { "good.yaml": good });
  const { code, said } = await check(cwd, "god.yaml");
  assert.deepEqual([code, said], [2, ["god.yaml: There is no such file or folder."]]);
  const accepted = await check(cwd, "god.yaml", "--allow-empty");
  assert.deepEqual([accepted.code, accepted.said], [0, ["god.yaml: There is no such file or folder."]]);
});

test("--skip-others passes over every named file that is neither, and says how many", async (t) => {
  const cwd = folderOf(t, {
    "good.yaml": good,
    "README.md": "# {{ AWS::Lambda::Function }}\n",
    "chart.yaml": "a: {{ .Values.b }}\n",
    "logo.png": Buffer.from([137, 80, 78, 71, 0, 255]),
  });
  const others = ["README.md", "chart.yaml", "logo.png"];
  const some = await check(cwd, "--skip-others", ...others, "good.yaml");
  assert.deepEqual([some.code, some.said], [0, ["3 named files passed over: neither template nor budget file."]]);
  assert.equal(some.report.pools[0].claimed, 7);
  const none = await check(cwd, "--skip-others", ...others);
  assert.deepEqual(
    [none.code, none.said],
    [0, ["3 named files, neither template nor budget file: nothing was checked."]],
  );
});

test("--skip-others does not pass over a template that is broken, too large or not there", async (t) => {
  const cwd = folderOf(t, {
    "broken.yaml": "{{{{ AWS::Lambda::Function\n",
    "big.yaml": Buffer.alloc(10 * 1024 * 1024 + 1, "# filler\n"),
  });
  for (const file of ["broken.yaml", "big.yaml", "gone.yaml"]) {
    const { code, said } = await check(cwd, "--skip-others", file);
    assert.equal(code, 2, file);
    assert.equal(said.length, 1, file);
  }
});

test("a walk that was cut is exit code 2, on stderr and in JSON", async (t) => {
  const many = Object.fromEntries(Array.from({ length: 5001 }, (_, i) => [`b/f${i}.json`, "{}"]));
  const cwd = folderOf(t, { "a/template.yaml": good, ...many });
  const { code, said, report } = await check(cwd);
  const cut = "Only the first 5000 YAML and JSON files were searched; open or name a smaller folder.";
  assert.deepEqual([code, said], [2, [`.: ${cut}`]]);
  assert.deepEqual(report.files, [
    { file: ".", kind: "other", functions: 0, error: cut },
    { file: "a/template.yaml", kind: "sam", functions: 1 },
  ]);
});

const misnamed = [
  ["Concurrency-Budget.yaml", "concurrency-budget.yaml"],
  ["concurrency_budget.yml", "concurrency-budget.yaml"],
  ["concurrency-budgets.yaml", "concurrency-budget.yaml"],
  ["concurrency-budget.json", "concurrency-budget.yaml"],
  ["prod.Concurrency-Budget.yaml", "prod.concurrency-budget.yaml"],
  ["budget.yaml", "concurrency-budget.yaml"],
] as const;

for (const [name, right] of misnamed) {
  test(`a budget called ${name} does not count, and a finding says so`, async (t) => {
    const text = name.endsWith(".json") ? '{"pool": "p", "limit": 100, "reservations": {"*": 5}}' : budget;
    const cwd = folderOf(t, { [name]: text, "template.yaml": samTemplate({ Worker: 60 }) });
    const { code, report } = await check(cwd);
    assert.equal(code, 0);
    assert.deepEqual(
      report.findings.map(({ rule, severity, file, message }: Record<string, string>) => [
        rule,
        severity,
        file,
        message,
      ]),
      [
        [
          "not-checked",
          "information",
          name,
          `This looks like a budget, but it does not count: its name is not that of a budget file. Rename it to ${right}.`,
        ],
      ],
    );
    const named = await check(cwd, name);
    assert.deepEqual([named.code, named.said], [2, [`${name}: ${neither}`]]);
    assert.deepEqual(named.report.findings.length, 1);
  });
}

test("functions outside a template are named where they are found", async (t) => {
  const cwd = folderOf(t, {
    "template.yaml": good,
    "resources/worker.yml": fragment,
    "serverless.yml": "service: shop\nfunctions:\n  list: {handler: a.b, reservedConcurrency: 950}\n",
    "values.yaml": "stacks: 3\nlimit: 4\n",
  });
  const { code, report } = await check(cwd);
  assert.equal(code, 0);
  assert.deepEqual(
    report.findings.map(({ rule, file, message }: Record<string, string>) => [rule, file, message]),
    [
      [
        "not-checked",
        "resources/worker.yml",
        "1 Lambda function without Resources around them: this is no template, so nothing in it is checked. Check the template that it becomes part of.",
      ],
      [
        "not-checked",
        "serverless.yml",
        "A Serverless Framework file with 1 function, none of them checked. Run serverless package, then check .serverless/cloudformation-template-update-stack.json.",
      ],
    ],
  );
});

test("a finding about an unchecked file can be ignored there", async (t) => {
  const cwd = folderOf(t, {
    "template.yaml": good,
    "worker.yml": `# lambda-concurrency-ignore not-checked: joined by build.sh\n${fragment}`,
  });
  assert.deepEqual((await check(cwd)).report.findings, []);
});

test("an empty path, as an empty variable leaves it, is not the current folder", async (t) => {
  const cwd = folderOf(t, { "template.yaml": good });
  const why = ": An empty path names nothing. Leave it out to mean the current folder.";
  const { code, said } = await check(cwd, "");
  assert.deepEqual([code, said], [2, [why]]);
  for (const command of ["resolve", "init", "plan"]) {
    assert.equal((await runInProcess([command, ""], { cwd })).code, 2, command);
  }
});

test("the last line of the text says what was not checked too", async (t) => {
  const cwd = folderOf(t, { "good.yaml": good, "other.yaml": "on: push\n" });
  const lastLine = async (...args: readonly string[]) =>
    (await runInProcess(["check", ...args], { cwd })).stdout.trimEnd().split("\n").at(-1);
  assert.equal(
    await lastLine("good.yaml", "other.yaml"),
    "No problems in 1 file with 1 function; 1 named file neither template nor budget.",
  );
  assert.equal(await lastLine("gone.yaml"), "Nothing was checked; 1 file could not be read completely.");
});

test("plan tells the name of a budget that is not quite one", async (t) => {
  const cwd = folderOf(t, { "Concurrency-Budget.yaml": budget });
  const { code, stderr } = await runInProcess(["plan"], { cwd });
  assert.deepEqual(
    [code, stderr],
    [
      2,
      "lambda-concurrency: Concurrency-Budget.yaml is not the name of a budget file. Rename it to concurrency-budget.yaml.\n",
    ],
  );
});
