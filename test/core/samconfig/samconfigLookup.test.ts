import assert from "node:assert/strict";
import { test } from "node:test";
import { type StackConfigOptions, stackConfig } from "#core/samconfig/stackConfig.ts";
import { sourcesOf } from "./support.ts";

type Files = Readonly<Record<string, string>>;

const template = "infra/template.yaml";

/** A samconfig whose environments each have these options of a command, as `environment.command: {template, overrides}`. */
function samconfig(
  environments: Readonly<Record<string, readonly [template: string | undefined, overrides: string]>>,
): string {
  const tables = Object.entries(environments).map(
    ([table, [path, overrides]]) =>
      `[${table}.parameters]\n${path === undefined ? "" : `template_file = "${path}"\n`}parameter_overrides = "${overrides}"\n`,
  );
  return `version = 0.1\n${tables.join("")}`;
}

/** `A` of a template, as `value (where from)`; with the messages of problems behind it. */
function answer(
  files: Files,
  options: StackConfigOptions = {},
  path = template,
  folders: readonly string[] = [],
): string {
  const sources = { ...sourcesOf({ [template]: "Resources: {}\n", ...files }), folders: () => folders };
  const { parameters, problems } = stackConfig(`file:///w/${path}`, options, sources);
  const found = parameters.get("A");
  const text = found === undefined ? "not set" : typeof found.value === "string" ? found.value : found.value.unknown;
  return [found ? `${text} (${found.source.what})` : text, ...problems.map(({ message }) => message)].join(" | ");
}

test("a samconfig above the template counts when its template_file, of any command, names the template", () => {
  for (const command of ["deploy", "global", "build", "package", "local_start_api"]) {
    const overrides = command === "global" ? "" : "[default.deploy.parameters]\n";
    const text = `version = 0.1\n[default.${command}.parameters]\ntemplate_file = "${template}"\n`;
    const sets = command === "deploy" ? 'parameter_overrides = "A=1"\n' : `${overrides}parameter_overrides = "A=1"\n`;
    assert.equal(answer({ "samconfig.toml": text + sets }), "1 (../samconfig.toml [default])", command);
  }
});

test("a template can be named in several spellings, also as what sam build makes of it", () => {
  for (const path of [template, `./${template}`, "infra/../infra/template.yaml", "infra/.aws-sam/build/template.yaml"])
    assert.equal(
      answer({ "samconfig.toml": samconfig({ "default.deploy": [path, "A=1"] }) }),
      "1 (../samconfig.toml [default])",
      path,
    );
  for (const path of ["template.yaml", "other/infra/template.yaml", "infra/template.yml", "nfra/template.yaml"])
    assert.equal(answer({ "samconfig.toml": samconfig({ "default.deploy": [path, "A=1"] }) }), "not set", path);
});

test("what sam build makes has the samconfig of the folder that was built in", () => {
  const files = {
    "samconfig.yaml":
      "version: 0.1\ndefault: {build: {parameters: {template_file: infra/template.yaml}}, deploy: {parameters: {parameter_overrides: A=1}}}\n",
  };
  assert.equal(answer(files, {}, ".aws-sam/build/template.yaml"), "1 (../../samconfig.yaml [default])");
  assert.equal(answer(files, {}, "infra/.aws-sam/build/template.yaml"), "not set");
});

test("a samconfig of a folder that somebody works in counts, wherever that is", () => {
  const files = { "deploy/samconfig.toml": samconfig({ "default.deploy": ["../infra/template.yaml", "A=1"] }) };
  assert.equal(answer(files), "not set");
  assert.equal(answer(files, {}, template, ["file:///w/deploy"]), "1 (../deploy/samconfig.toml [default])");
});

test("the samconfig beside the template wins, and the farther one is said when it names the template", () => {
  const beside = { "infra/samconfig.toml": samconfig({ "default.deploy": [undefined, "A=2"] }) };
  const shadowed =
    "Environment default is not used for infra/template.yaml: infra/samconfig.toml is beside it and counts. Keep the parameters in one of the two.";
  const farther = (path: string) => ({
    ...beside,
    "samconfig.toml": samconfig({ "default.deploy": [path, "A=1"], "prod.deploy": [path, "A=3"] }),
  });
  assert.equal(answer(farther(template)), `2 (samconfig.toml [default]) | ${shadowed}`);
  assert.equal(answer(farther("other.yaml")), "2 (samconfig.toml [default])");
  assert.equal(
    answer(farther(template), { configEnv: "prod" }),
    "3 (../samconfig.toml [prod])",
    "only the farther one has it",
  );
});

test("an environment without template_file counts where another one names the template, unless it has a template of its own", () => {
  const text = samconfig({ "default.deploy": [template, "A=1"], "prod.deploy": [undefined, "A=2"] });
  assert.equal(answer({ "samconfig.toml": text }, { configEnv: "prod" }), "2 (../samconfig.toml [prod])");
  assert.equal(
    answer({ "samconfig.toml": text, "template.yaml": "Resources: {}\n" }, { configEnv: "prod" }),
    "not set | samconfig.toml has the environment `prod`, but not for this template (template_file).",
  );
});

test("environments that name the template side by side are never merged: what they differ in is unknown, with its bounds", () => {
  const files = {
    "samconfig.toml": samconfig({ "default.deploy": ["apps/one/t.yaml", "A=1 B=5 C=9"] }),
    "apps/samconfig.toml": samconfig({ "default.deploy": ["one/t.yaml", "A=20 B=5"] }),
  };
  const { parameters, alternatives } = stackConfig("file:///w/apps/one/t.yaml", {}, sourcesOf(files));
  assert.deepEqual(
    [...parameters].map(([name, { value }]) => [name, value]),
    [
      [
        "A",
        {
          unknown:
            '"20" in ../samconfig.toml [default], "1" in ../../samconfig.toml [default]; choose one with --config-file, or give the value under parameters',
          min: 1,
          max: 20,
        },
      ],
      ["B", "5"],
      [
        "C",
        {
          unknown:
            '"9" in ../../samconfig.toml [default], its default in 1 of 2 environments; choose one with --config-file, or give the value under parameters',
        },
      ],
    ],
  );
  const values = alternatives?.map((pick) => answer(files, { pick }, "apps/one/t.yaml"));
  assert.deepEqual(values, ["20 (../samconfig.toml [default])", "1 (../../samconfig.toml [default])"]);
});

test("without a default environment those that name the template count, each for itself", () => {
  const one = {
    "samconfig.toml": samconfig({ "orders.deploy": [template, "A=1"], "other.deploy": ["other.yaml", "A=2"] }),
  };
  assert.equal(answer(one), "1 (../samconfig.toml [orders])");
  const two = { "samconfig.toml": samconfig({ "dev.deploy": [template, "A=1"], "prod.deploy": [template, "A=2"] }) };
  assert.equal(answer(two), '"1" in dev, "2" in prod; choose one with config or --config-env (samconfig)');
  assert.equal(answer(two, { configEnv: "prod" }), "2 (../samconfig.toml [prod])");
  const beside = { "infra/samconfig.toml": samconfig({ "prod.deploy": [undefined, "A=2"] }) };
  assert.equal(answer(beside), "not set", "sam deploy without --config-env sets nothing");
});

test("a farther samconfig that cannot be read leaves open what it may set, when the template's name occurs in it", () => {
  const files = { [template]: "Parameters: {A: {Type: Number, Default: 1}}\nResources: {}\n" };
  const problem = "samconfig.toml: It is not valid TOML";
  assert.match(
    answer({ ...files, "samconfig.toml": '[default\ntemplate_file = "infra/template.yaml"\n' }),
    new RegExp(`^samconfig.toml cannot be read completely and may set A \\(samconfig.toml\\) \\| ${problem}`),
  );
  assert.equal(answer({ ...files, "samconfig.toml": '[default\ntemplate_file = "app.yaml"\n' }), "not set");
});

test("--config-file is read instead, beside the template or in the current folder", () => {
  const files = {
    "infra/samconfig.toml": samconfig({ "default.deploy": [undefined, "A=1"] }),
    "infra/prod.toml": samconfig({ "default.deploy": [undefined, "A=2"] }),
    "ci/prod.toml": samconfig({ "default.deploy": [template, "A=3"] }),
    "ci/other.toml": samconfig({ "default.deploy": ["other.yaml", "A=4"] }),
    "other.yaml": "Resources: {}\n",
  };
  const given = (path: string) => answer(files, { configFile: { path, folder: "file:///w" } });
  assert.equal(given("prod.toml"), "2 (prod.toml [default])");
  assert.equal(given("ci/prod.toml"), "3 (../ci/prod.toml [default])");
  assert.equal(given("ci/other.toml"), "not set", "it names another template");
  assert.equal(given("gone.toml"), "not set");
});

test("every samconfig that was looked for is among the reads, so that one that appears is noticed", () => {
  const { reads } = stackConfig(`file:///w/${template}`, {}, { ...sourcesOf({}), folders: () => ["file:///w/deploy"] });
  assert.deepEqual(
    reads.filter((uri) => uri.endsWith(".yml")),
    [
      "file:///w/infra/samconfig.yml",
      "file:///w/samconfig.yml",
      "file:///samconfig.yml",
      "file:///w/deploy/samconfig.yml",
    ],
  );
});

test("folders above that may not be read end the search", () => {
  const files = { "samconfig.toml": samconfig({ "default.deploy": [template, "A=1"] }) };
  const sources = { ...sourcesOf(files), mayRead: (folder: string) => folder !== "file:///w" };
  assert.deepEqual([...stackConfig(`file:///w/${template}`, {}, sources).parameters], []);
});

test("in a budget a samconfig that lacks the environment is named from the budget's folder", () => {
  const place = { uri: "file:///w/budgets/concurrency-budget.yaml", start: 0, end: 1 };
  const files = {
    "samconfig.toml": samconfig({ "default.deploy": [template, "A=1"], "other.deploy": ["o.yaml", "A=1"] }),
    "o.yaml": "Resources: {}\n",
  };
  assert.equal(
    answer(files, { config: { value: "nope", place } }),
    "not set | ../samconfig.toml has no environment `nope`. It has default, other.",
  );
  assert.equal(
    answer(files, { config: { value: "other", place } }),
    "not set | ../samconfig.toml has the environment `other`, but not for this template (template_file).",
  );
});
