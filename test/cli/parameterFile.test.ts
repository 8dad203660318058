import assert from "node:assert/strict";
import { test } from "node:test";
import { folderOf, runCli, samTemplate } from "./cli.ts";
import { runInProcess } from "./inProcess.ts";

const template = `Parameters:
  Workers: { Type: Number, Default: 5 }
  Stage: { Type: String, Default: dev }
${samTemplate({ Worker: "!Ref Workers" })}`;

const list = '[{"ParameterKey": "Workers", "ParameterValue": "950"}]';

/** One file per form that AWS's tools take. */
const forms = {
  "list.json": list,
  "assignments.json": '["Workers=950"]',
  "pipeline.json": '{"Parameters": {"Workers": "950"}, "Tags": {"A": "b"}}',
  "pipeline.yaml": "Parameters:\n  Workers: 950\n",
  "sync.yaml": "template-file-path: template.yaml\nparameters:\n  Workers: 950\n",
  "input.json": `{"StackName": "s", "Parameters": ${list}}`,
};

test("every form of a parameter file gives check and resolve its values", async (t) => {
  const cwd = folderOf(t, { "template.yaml": template, ...forms });
  for (const file of Object.keys(forms)) {
    const checked = await runInProcess(["check", "template.yaml", "--parameter-file", file, "--format", "json"], {
      cwd,
    });
    assert.equal(JSON.parse(checked.stdout).pools[0].claimed, 950, file);
    const resolved = await runInProcess(["resolve", "template.yaml", "--parameter-file", file, "--format", "json"], {
      cwd,
    });
    assert.equal(JSON.parse(resolved.stdout).files[0].functions[0].reserved, 950, file);
  }
});

test("a parameter file may lie anywhere, and be written as the AWS CLI wants it", async (t) => {
  const elsewhere = folderOf(t, { "prod.json": list });
  const cwd = folderOf(t, { "template.yaml": template });
  for (const file of [`${elsewhere}/prod.json`, `file://${elsewhere}/prod.json`]) {
    const { stdout } = await runCli(["check", "template.yaml", "--parameter-file", file, "--format", "json"], { cwd });
    assert.equal(JSON.parse(stdout).pools[0].claimed, 950, file);
  }
});

test("samconfig yields to the stack's parameters, these to --parameter-file, the later file wins, and --parameter beats all", async (t) => {
  const cwd = folderOf(t, {
    "template.yaml": template,
    "samconfig.toml": 'version = 0.1\n[default.deploy.parameters]\nparameter_overrides = "Workers=1"\n',
    "concurrency-budget.yaml":
      'limit: 2000\nstacks: [{ template: template.yaml, parameters: { Workers: 2 } }]\nreservations: { "*": 900 }\n',
    "one.json": '["Workers=3"]',
    "two.json": '["Workers=4"]',
  });
  const claimed = async (...args: string[]) => {
    const { stdout } = await runInProcess(["check", ".", "--format", "json", ...args], { cwd });
    return JSON.parse(stdout).pools[0].claimed;
  };
  const files = ["--parameter-file", "one.json", "--parameter-file", "two.json"];
  assert.deepEqual(
    [await claimed(), await claimed(...files), await claimed(...files, "--parameter", "Workers=5")],
    [2, 4, 5],
  );
});

test("a value that the deployed stack keeps is unknown", async (t) => {
  const kept = '[{"ParameterKey": "Workers", "UsePreviousValue": true}]';
  const cwd = folderOf(t, { "template.yaml": template, "kept.json": kept });
  const { stdout } = await runInProcess(
    ["resolve", "template.yaml", "--parameter-file", "kept.json", "--format", "json"],
    { cwd },
  );
  assert.deepEqual(JSON.parse(stdout).files[0].functions[0].reserved, {
    unknown: "parameter Workers: kept.json keeps the value of Workers that the deployed stack has (UsePreviousValue)",
  });
});

test("a parameter file that cannot be used as it is, is a usage error", async (t) => {
  const cwd = folderOf(t, {
    "template.yaml": template,
    "other.json": '["Wrokers=950"]',
    "broken.json": '[{"ParameterKey": "Workers"}]',
    "syntax.json": '{"Parameters": {',
  });
  const refusals: readonly (readonly [file: string, message: string])[] = [
    ["gone.json", "There is no such file."],
    ["other.json", "Wrokers: no template that was read declares a parameter of this name."],
    ["broken.json", "Workers needs ParameterValue, or UsePreviousValue: true."],
    ["template.yaml", "This is a template, not a parameter file."],
  ];
  for (const command of ["check", "resolve"]) {
    for (const [file, message] of refusals) {
      const { code, stderr, stdout } = await runInProcess([command, "template.yaml", "--parameter-file", file], {
        cwd,
      });
      assert.deepEqual([code, stderr, stdout], [2, `lambda-concurrency: --parameter-file ${file}: ${message}\n`, ""]);
    }
    assert.equal((await runInProcess([command, "template.yaml", "--parameter-file", "syntax.json"], { cwd })).code, 2);
  }
});

test("--parameter with a file says which option takes it", async () => {
  const { code, stderr } = await runInProcess(["check", ".", "--parameter", "file://prod.json"]);
  assert.deepEqual(
    [code, stderr],
    [
      2,
      'lambda-concurrency: --parameter takes KEY=VALUE, not "file://prod.json". A parameter file goes with --parameter-file.\n',
    ],
  );
});
