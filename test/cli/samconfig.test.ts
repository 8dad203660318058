import assert from "node:assert/strict";
import { test } from "node:test";
import { folderOf, runCli, samTemplate } from "./cli.ts";
import { runInProcess } from "./inProcess.ts";

const workers = `Parameters:\n  Workers: { Type: Number, Default: 5 }\n${samTemplate({ Worker: "!Ref Workers" })}`;

const root = `version = 0.1
[default.deploy.parameters]
template_file = "infra/template.yaml"
parameter_overrides = "Workers=950"
[prod.deploy.parameters]
template_file = "infra/template.yaml"
parameter_overrides = "Workers=970"
`;

/** What `check` says a pool claims and `resolve` that the function reserves; both as a process. */
async function answers(cwd: string, args: readonly string[], path = "infra/template.yaml") {
  const [walked, named, resolved] = await Promise.all([
    runCli(["check", ".", "--format", "json", ...args], { cwd }),
    runCli(["check", path, "--format", "json", ...args], { cwd }),
    runCli(["resolve", path, "--format", "json", ...args], { cwd }),
  ]);
  return [
    JSON.parse(walked.stdout).pools[0].claimed,
    JSON.parse(named.stdout).pools[0].claimed,
    JSON.parse(resolved.stdout).files[0].functions[0].reserved,
    [walked, named, resolved].map(({ stderr }) => stderr).join(""),
  ];
}

test("a samconfig of the current folder that names the template counts in every command", async (t) => {
  const cwd = folderOf(t, { "samconfig.toml": root, "infra/template.yaml": workers });
  assert.deepEqual(await answers(cwd, []), [950, 950, 950, ""]);
  assert.deepEqual(await answers(cwd, ["--config-env", "default"]), [950, 950, 950, ""]);
  assert.deepEqual(await answers(cwd, ["--config-env", "prod"]), [970, 970, 970, ""]);
});

test("so does one that names it for sam build alone, for the template and for what was built", async (t) => {
  const text =
    'version = 0.1\n[default.build.parameters]\ntemplate_file = "infra/template.yaml"\n[default.deploy.parameters]\nparameter_overrides = "Workers=950"\n';
  const files = { "samconfig.toml": text, "infra/template.yaml": workers, ".aws-sam/build/template.yaml": workers };
  const cwd = folderOf(t, files);
  assert.deepEqual(await answers(cwd, []), [950, 950, 950, ""]);
  assert.deepEqual(await answers(cwd, [], ".aws-sam/build/template.yaml"), [950, 950, 950, ""]);
});

test("one above the current folder counts within the repository, and not outside of it", async (t) => {
  const files = { "samconfig.toml": root.replaceAll("infra/", "app/infra/"), "app/infra/template.yaml": workers };
  const inside = folderOf(t, { ".git/HEAD": "", ...files });
  assert.deepEqual(await answers(`${inside}/app`, []), [950, 950, 950, ""]);
  const outside = folderOf(t, { "app/.git/HEAD": "", ...files });
  assert.deepEqual(await answers(`${outside}/app`, []), [5, 5, 5, ""]);
});

test("one in the current folder counts for a template elsewhere in the repository", async (t) => {
  const files = {
    ".git/HEAD": "",
    "deploy/samconfig.toml": root.replaceAll("infra/", "../infra/"),
    "infra/template.yaml": workers,
  };
  const cwd = `${folderOf(t, files)}/deploy`;
  const { stdout } = await runCli(["check", "../infra/template.yaml", "--format", "json"], { cwd });
  assert.equal(JSON.parse(stdout).pools[0].claimed, 950);
});

test("environments that name a template side by side are a pool each", async (t) => {
  const cwd = folderOf(t, { "samconfig.toml": root.replace("[default.", "[dev."), "infra/template.yaml": workers });
  const { stdout } = await runInProcess(["check", ".", "--format", "json", "--limit", "1060"], { cwd });
  const pools = JSON.parse(stdout).pools.map(({ name, claimed, verdict }: Record<string, unknown>) => [
    name,
    claimed,
    verdict,
  ]);
  assert.deepEqual(pools, [
    ["infra/template.yaml (dev)", 950, "fits"],
    ["infra/template.yaml (prod)", 970, "over"],
  ]);
  const resolved = await runInProcess(["resolve", "infra/template.yaml", "--format", "json"], { cwd });
  assert.deepEqual(JSON.parse(resolved.stdout).files[0].functions[0].reserved, {
    unknown: 'parameter Workers: "950" in dev, "970" in prod; choose one with config or --config-env',
    min: 950,
    max: 970,
  });
});

test("a stack of a budget that has the stack_name of one of them is that one", async (t) => {
  const named = root.replace("[default.", "[dev.").replaceAll(/Workers=(\d+)"/g, 'Workers=$1"\nstack_name = "w-$1"');
  const cwd = folderOf(t, {
    "samconfig.toml": named,
    "infra/template.yaml": workers,
    "concurrency-budget.yaml":
      'limit: 2000\nstacks: [{ template: infra/template.yaml, name: w-970 }]\nreservations: { "*": 970 }\n',
  });
  const { stdout } = await runInProcess(["check", ".", "--format", "json"], { cwd });
  assert.equal(JSON.parse(stdout).pools[0].claimed, 970);
});

test("a message that no samconfig has an environment is true", async (t) => {
  const cwd = folderOf(t, { "samconfig.toml": root, "infra/template.yaml": workers, "other.yaml": workers });
  for (const command of ["check", "resolve"]) {
    const of = async (path: string, env: string) =>
      (await runInProcess([command, path, "--config-env", env], { cwd })).stderr;
    assert.match(
      await of("infra/template.yaml", "nope"),
      /--config-env nope: no samconfig that was read has this environment\.\n$/,
    );
    assert.match(
      await of("other.yaml", "prod"),
      /--config-env prod: samconfig\.toml has this environment, but for no template that was read \(template_file\)\.\n$/,
    );
  }
});

test("--config-file reads that samconfig and no other", async (t) => {
  const prod = 'version = 0.1\n[default.deploy.parameters]\nparameter_overrides = "Workers=970"\n';
  const cwd = folderOf(t, {
    "samconfig.toml": root,
    "infra/template.yaml": workers,
    "prod.toml": prod,
    "infra/beside.toml": prod.replace("970", "20"),
  });
  assert.deepEqual(await answers(cwd, ["--config-file", "prod.toml"]), [970, 970, 970, ""]);
  assert.deepEqual(await answers(cwd, ["--config-file", "beside.toml"]), [20, 20, 20, ""]);
  const refused = async (path: string) => {
    const { code, stderr } = await runInProcess(["check", ".", "--config-file", path], { cwd });
    return [code, stderr];
  };
  assert.deepEqual(await refused("gone.toml"), [
    2,
    "lambda-concurrency: --config-file gone.toml: There is no such file, neither beside a template nor here.\n",
  ]);
  assert.deepEqual(await refused("prod.json"), [
    2,
    "lambda-concurrency: --config-file prod.json: SAM CLI reads samconfig files of type .toml, .yaml and .yml.\n",
  ]);
});

test("--config-file that is beside one template only says which one is read without", async (t) => {
  const prod = 'version = 0.1\n[default.deploy.parameters]\nparameter_overrides = "Workers=970"\n';
  const cwd = folderOf(t, { "a/template.yaml": workers, "a/prod.toml": prod, "b/template.yaml": workers });
  const { stderr } = await runInProcess(["check", ".", "--config-file", "prod.toml"], { cwd });
  assert.equal(
    stderr,
    "lambda-concurrency: --config-file prod.toml: not there for b/template.yaml, which is read without a samconfig.\n",
  );
});

test("a nested template outside the named file's folder is read when it is inside the current one", async (t) => {
  const parent = `Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: ../../build/child.yaml }
`;
  const cwd = folderOf(t, { "agents/one/main.yaml": parent, "build/child.yaml": samTemplate({ A: 7 }) });
  const { stdout } = await runCli(["check", "agents/one/main.yaml", "--format", "json"], { cwd });
  const [pool] = JSON.parse(stdout).pools;
  assert.deepEqual([pool.claimed, pool.verdict], [7, "fits"]);
  const elsewhere = await runCli(["check", "one/main.yaml", "--format", "json"], { cwd: `${cwd}/agents` });
  assert.equal(JSON.parse(elsewhere.stdout).pools[0].verdict, "depends", "outside of both");
});
