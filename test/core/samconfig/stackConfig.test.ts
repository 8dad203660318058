import assert from "node:assert/strict";
import { test } from "node:test";
import type { Placed } from "#core/budgetFile/budgetFile.ts";
import { type StackConfigOptions, stackConfig } from "#core/samconfig/stackConfig.ts";
import { sourcesOf, template } from "./support.ts";

type Files = Readonly<Record<string, string>>;

const budget = "file:///w/concurrency-budget.yaml";
const inBudget = <T>(value: T): Placed<T> => ({ value, place: { uri: budget, start: 7, end: 11 } });

/** The parameters of `template.yaml`, each as `value (where from)`. */
function parametersOf(files: Files, options: StackConfigOptions = {}): Readonly<Record<string, string>> {
  const { parameters } = stackConfig(template, options, sourcesOf(files));
  return Object.fromEntries(
    [...parameters].map(([name, { value, source }]) => [
      name,
      `${typeof value === "string" ? value : `unknown: ${value.unknown}`} (${source.what})`,
    ]),
  );
}

/** The problems, each as `file «text at its place» message`. */
function problemsOf(files: Files, options: StackConfigOptions = {}): readonly string[] {
  return stackConfig(template, options, sourcesOf(files)).problems.map(({ place, message }) => {
    const name = place.uri.replace("file:///w/", "");
    return `${name} «${(files[name] ?? "").slice(place.start, place.end)}» ${message}`;
  });
}

const toml = (overrides: string, more = "") =>
  `version = 0.1\n${more}[default.deploy.parameters]\nstack_name = "shop"\nparameter_overrides = ${overrides}\n`;

test("without a samconfig there are no parameters and no problems, and the three names were looked for in each folder", () => {
  const found = stackConfig(template, {}, sourcesOf({}));
  assert.deepEqual(found, {
    parameters: new Map(),
    problems: [],
    reads: [
      "file:///w/samconfig.toml",
      "file:///w/samconfig.yaml",
      "file:///w/samconfig.yml",
      "file:///samconfig.toml",
      "file:///samconfig.yaml",
      "file:///samconfig.yml",
    ],
  });
});

test("samconfig.toml wins over .yaml, .yaml over .yml", () => {
  const yaml = (value: string) =>
    `version: 0.1\ndefault:\n  deploy:\n    parameters:\n      parameter_overrides: A=${value}\n`;
  assert.deepEqual(parametersOf({ "samconfig.yml": yaml("yml") }), { A: "yml (samconfig.yml [default])" });
  assert.deepEqual(parametersOf({ "samconfig.yml": yaml("yml"), "samconfig.yaml": yaml("yaml") }), {
    A: "yaml (samconfig.yaml [default])",
  });
  assert.deepEqual(parametersOf({ "samconfig.yaml": yaml("yaml"), "samconfig.toml": toml('"A=toml"') }), {
    A: "toml (samconfig.toml [default])",
  });
});

/** Each form of parameter_overrides, in TOML and in YAML, and the values SAM CLI makes of it. */
const forms: readonly {
  readonly name: string;
  readonly toml?: string;
  readonly yaml?: string;
  readonly values: Files;
}[] = [
  { name: "a short string", toml: `"A=1 B='x y'"`, yaml: `"A=1 B='x y'"`, values: { A: "1", B: "x y" } },
  {
    name: "a long string",
    toml: '"ParameterKey=A,ParameterValue=1 ParameterKey=B,ParameterValue=2"',
    yaml: "ParameterKey=A,ParameterValue=1 ParameterKey=B,ParameterValue=2",
    values: { A: "1", B: "2" },
  },
  {
    name: "a list of strings in either spelling",
    toml: '["A=1", "B=2 C=3", "ParameterKey=D,ParameterValue=4"]',
    yaml: "[A=1, B=2 C=3, 'ParameterKey=D,ParameterValue=4']",
    values: { A: "1", B: "2", C: "3", D: "4" },
  },
  {
    name: "nested lists",
    toml: '[["A=1"], [["A=2", "B=3"]]]',
    yaml: "[[A=1], [[A=2, B=3]]]",
    values: { A: "2", B: "3" },
  },
  {
    name: "a table",
    toml: '{ A = 1, B = ["x", "y"], C = true, D = "", E = 1.5, F = 2.0 }',
    yaml: '{ A: 1, B: [x, y], C: true, D: "", E: 1.5, F: 2.0, G: , H: null, I: [a, null, "", " b "] }',
    values: { A: "1", B: "x,y", C: "True", D: "", E: "1.5", F: "2.0" },
  },
  { name: "an empty string", toml: '""', yaml: '""', values: {} },
  { name: "an empty list", toml: "[]", yaml: "[]", values: {} },
];

for (const form of forms) {
  test(`parameter_overrides may be ${form.name} in TOML`, () => {
    const files = { "samconfig.toml": toml(form.toml ?? "") };
    const expected = Object.entries(form.values).map(([name, value]) => [name, `${value} (samconfig.toml [default])`]);
    assert.deepEqual(problemsOf(files), []);
    assert.deepEqual(parametersOf(files), Object.fromEntries(expected));
  });
  test(`parameter_overrides may be ${form.name} in YAML`, () => {
    const yaml = `version: 0.1\ndefault:\n  deploy:\n    parameters:\n      parameter_overrides: ${form.yaml}\n`;
    const values = form.name === "a table" ? { ...form.values, G: "", H: "", I: "a,b" } : form.values;
    const expected = Object.entries(values).map(([name, value]) => [name, `${value} (samconfig.yaml [default])`]);
    assert.deepEqual(problemsOf({ "samconfig.yaml": yaml }), []);
    assert.deepEqual(parametersOf({ "samconfig.yaml": yaml }), Object.fromEntries(expected));
  });
}

test("a table of its own and a folded block are read as well", () => {
  assert.deepEqual(
    parametersOf({ "samconfig.toml": "version = 0.1\n[default.deploy.parameters.parameter_overrides]\nA = 5\n" }),
    { A: "5 (samconfig.toml [default])" },
  );
  const yaml =
    "version: 0.1\ndefault:\n  deploy:\n    parameters:\n      parameter_overrides: >-\n        A=1\n        B=2\n";
  assert.deepEqual(parametersOf({ "samconfig.yaml": yaml }), {
    A: "1 (samconfig.yaml [default])",
    B: "2 (samconfig.yaml [default])",
  });
});

test("file:// includes a file relative to the samconfig, and that one others relative to itself", () => {
  const files = {
    "samconfig.toml": toml('["file://params/base.yaml", "C=5"]'),
    "params/base.yaml": "- file://more/extra.toml\n- A: 1\n  B: 2\n",
    "params/more/extra.toml": 'B = "extra"\nD = 7\n',
  };
  assert.deepEqual(parametersOf(files), {
    A: "1 (base.yaml, included by samconfig.toml [default])",
    B: "2 (base.yaml, included by samconfig.toml [default])",
    C: "5 (samconfig.toml [default])",
    D: "7 (extra.toml, included by samconfig.toml [default])",
  });
  assert.deepEqual(stackConfig(template, {}, sourcesOf(files)).reads, [
    "file:///w/samconfig.toml",
    "file:///samconfig.toml",
    "file:///samconfig.yaml",
    "file:///samconfig.yml",
    "file:///w/params/base.yaml",
    "file:///w/params/more/extra.toml",
  ]);
});

test("$include in a table takes one path or several, below the table's own keys", () => {
  const files = {
    "samconfig.toml": toml('{ "$include" = ["one.toml", "file://two.yml"], A = "own" }'),
    "one.toml": 'A = "one"\nB = "one"\nC = "one"\n',
    "two.yml": "B: two\n$include: three.yaml\n",
    "three.yaml": "B: three\nD: three\n",
  };
  assert.deepEqual(parametersOf(files), {
    A: "own (samconfig.toml [default])",
    B: "two (two.yml, included by samconfig.toml [default])",
    C: "one (one.toml, included by samconfig.toml [default])",
    D: "three (three.yaml, included by samconfig.toml [default])",
  });
});

test("files that include each other are reported and end", () => {
  const files = {
    "samconfig.toml": toml('"file://a.yaml"'),
    "a.yaml": "- file://b.yaml\n- A=1\n",
    "b.yaml": "$include: a.yaml\nB: 2\n",
  };
  assert.deepEqual(problemsOf(files), ["b.yaml «a.yaml» a.yaml includes itself. Remove one of the includes."]);
  assert.deepEqual(Object.keys(parametersOf(files)), ["B", "A"]);
});

test("many includes end at a bound", () => {
  const files: Record<string, string> = { "samconfig.toml": toml('"file://0.yaml"') };
  for (let i = 0; i < 100; i++)
    files[`${i}.yaml`] = `[${Array.from({ length: 100 }, (_, j) => `file://${j}.yaml`).join(", ")}]\n`;
  const { reads, problems } = stackConfig(template, {}, sourcesOf(files));
  assert.ok(reads.length <= 60, String(reads.length));
  assert.notEqual(problems.length, 0);
});

test("what cannot be included is reported where it is named", () => {
  const files = {
    "samconfig.toml": toml('["file://gone.yaml", "file://params.json", "file://bad.toml"]'),
    "bad.toml": "A = \n",
  };
  assert.deepEqual(problemsOf(files), [
    "samconfig.toml «file://gone.yaml» The parameter file gone.yaml does not exist.",
    "samconfig.toml «file://params.json» params.json is no parameter file that SAM CLI reads: it takes .toml, .yaml and .yml.",
    "bad.toml «» bad.toml: It is not valid TOML (line 1): invalid value.",
  ]);
});

test("overrides that SAM CLI refuses are reported, the others count", () => {
  const files = { "samconfig.toml": toml('["A=1", "nonsense", 5, { B = { C = 1 }, D = 2 }]') };
  assert.deepEqual(
    problemsOf(files).map((problem) => problem.slice(problem.indexOf("» ") + 2)),
    [
      'parameter_overrides cannot be read at "nonsense": write Key=Value or ParameterKey=Key,ParameterValue=Value.',
      'parameter_overrides cannot be read at "5": write Key=Value or ParameterKey=Key,ParameterValue=Value.',
      "The parameter B cannot be a table. Write a text, a number or a list.",
    ],
  );
  assert.deepEqual(parametersOf(files), { A: "1 (samconfig.toml [default])", D: "2 (samconfig.toml [default])" });
});

const environments = `version = 0.1

[default.global.parameters]
stack_name = "shop-dev"
parameter_overrides = "Stage=global"
region = "eu-west-1"

[default.deploy.parameters]
parameter_overrides = "Stage=dev"

[prod.deploy.parameters]
stack_name = "shop-prod"
parameter_overrides = "Stage=prod"

[empty]
[ci.build.parameters]
parameter_overrides = "Stage=build"
`;

test("the environment is the stack's, else the command line's, else default; global lies under deploy", () => {
  const files = { "samconfig.toml": environments };
  const of = (options: StackConfigOptions) => {
    const { parameters, stackName, environment } = stackConfig(template, options, sourcesOf(files));
    return [parameters.get("Stage")?.value, stackName, environment];
  };
  assert.deepEqual(of({}), ["dev", "shop-dev", "default"]);
  assert.deepEqual(of({ configEnv: "prod" }), ["prod", "shop-prod", "prod"]);
  assert.deepEqual(of({ config: "prod" }), ["prod", "shop-prod", "prod"]);
  assert.deepEqual(of({ config: inBudget("default"), configEnv: "prod" }), ["dev", "shop-dev", "default"]);
  assert.deepEqual(of({ config: inBudget("ci") }), [undefined, undefined, "ci"]);
});

test("an environment that the samconfig lacks is reported where the budget names it", () => {
  const files = { "samconfig.toml": environments };
  const message = "samconfig.toml has no environment `qa`. It has default, prod, empty, ci.";
  const { problems, environment } = stackConfig(template, { config: inBudget("qa") }, sourcesOf(files));
  assert.deepEqual(problems, [{ place: { uri: budget, start: 7, end: 11 }, message }]);
  assert.equal(environment, undefined);
  assert.deepEqual(problemsOf(files, { configEnv: "qa" }), [`samconfig.toml «» ${message}`]);
  assert.deepEqual(problemsOf({ "samconfig.toml": "version = 0.1\n" }), []);
});

test("an environment without any samconfig is reported where the budget names it", () => {
  const { problems } = stackConfig(template, { config: inBudget("prod") }, sourcesOf({}));
  assert.deepEqual(problems, [
    {
      place: { uri: budget, start: 7, end: 11 },
      message:
        "No samconfig.toml, .yaml or .yml is beside the template, and none above it or in the workspace names it as template_file, so its environment `prod` cannot be used.",
    },
  ]);
  assert.deepEqual(problemsOf({}, { configEnv: "prod" }), []);
});

test("a version that is missing or no float is reported, as SAM CLI refuses it", () => {
  const body = '[default.deploy.parameters]\nparameter_overrides = "A=1"\n';
  assert.deepEqual(problemsOf({ "samconfig.toml": body }), [
    "samconfig.toml «» SAM CLI refuses samconfig.toml: it needs `version = 0.1`.",
  ]);
  assert.deepEqual(problemsOf({ "samconfig.toml": `version = 1\n${body}` }), [
    "samconfig.toml «version = 1» SAM CLI refuses samconfig.toml: `version` must be a number with a point, such as 0.1.",
  ]);
  assert.deepEqual(problemsOf({ "samconfig.toml": `version = 1.0\n${body}` }), []);
  assert.deepEqual(problemsOf({ "samconfig.yaml": "default: {}\n" }), [
    "samconfig.yaml «» SAM CLI refuses samconfig.yaml: it needs `version: 0.1`.",
  ]);
  assert.deepEqual(problemsOf({ "samconfig.yaml": 'version: "0.1"\n' }), [
    'samconfig.yaml «"0.1"» SAM CLI refuses samconfig.yaml: `version` must be a number with a point, such as 0.1.',
  ]);
  assert.deepEqual(problemsOf({ "samconfig.yaml": "" }), []);
});

test("a samconfig that cannot be read is one problem at its place and sets nothing", () => {
  assert.deepEqual(problemsOf({ "samconfig.toml": '[default.deploy.parameters]\nstack_name=my_stack"\n' }).length, 1);
  assert.deepEqual(parametersOf({ "samconfig.toml": '[default.deploy.parameters]\nstack_name=my_stack"\n' }), {});
  assert.deepEqual(problemsOf({ "samconfig.yaml": "- a\n" }), [
    "samconfig.yaml «» samconfig.yaml must hold tables such as [default.deploy.parameters].",
  ]);
  assert.equal(problemsOf({ "samconfig.yaml": "version: 0.1\ndefault: {a: [1, 2\n" }).length, 1);
});

test("a samconfig that names another template of the folder says nothing about this one", () => {
  const named = (path: string) => ({ "samconfig.toml": `${toml('"A=1"')}template_file = "${path}"\n` });
  const other = { "other.yaml": "Resources: {}\n", "notes.yaml": "a: 1\n", "packaged.yaml": "Resources: {}\n" };
  const values = (path: string, options: StackConfigOptions = {}) =>
    Object.keys(parametersOf({ ...named(path), ...other }, options));
  assert.deepEqual(values("other.yaml"), []);
  assert.deepEqual(values("./other.yaml", { configEnv: "default" }), []);
  assert.deepEqual(values("template.yaml"), ["A"]);
  assert.deepEqual(values("./template.yaml"), ["A"]);
  assert.deepEqual(values("gone.yaml"), ["A"], "a file that is not there");
  assert.deepEqual(values("notes.yaml"), ["A"], "a file that is no template");
  assert.deepEqual(values("packaged.yaml"), ["A"], "what sam package writes");
  assert.deepEqual(values(".aws-sam/build/template.yaml"), ["A"], "what sam build writes");
  assert.deepEqual(values("other.yaml", { config: inBudget("default") }), ["A"], "the budget names the environment");
});

test("samconfig yields to the stack's parameter file, that to its parameters, those to the command line", () => {
  const files = {
    "samconfig.toml": toml('"A=samconfig B=samconfig C=samconfig D=samconfig"'),
    "params/prod.json": '{"Parameters": {"B": "file", "C": "file", "D": "file"}}',
  };
  const options = {
    parametersFile: inBudget("params/prod.json"),
    stackParameters: new Map([
      ["C", inBudget("stack")],
      ["D", inBudget("stack")],
    ]),
    overrides: new Map([["D", "given"]]),
  };
  assert.deepEqual(parametersOf(files, options), {
    A: "samconfig (samconfig.toml [default])",
    B: "file (prod.json)",
    C: "stack (parameters in concurrency-budget.yaml)",
    D: "given (--parameter)",
  });
  const { parameters } = stackConfig(template, options, sourcesOf(files));
  assert.deepEqual(parameters.get("C")?.source.place, { uri: budget, start: 7, end: 11 });
});

test("a parameter file that is missing is reported where the budget names it", () => {
  const { problems } = stackConfig(template, { parametersFile: inBudget("gone.json") }, sourcesOf({}));
  assert.deepEqual(problems, [
    { place: { uri: budget, start: 7, end: 11 }, message: "The parameter file gone.json does not exist." },
  ]);
});

test("a value's place is its assignment where that is certain, else the line of its key", () => {
  const placesOf = (name: string, text: string) => {
    const { parameters } = stackConfig(template, {}, sourcesOf({ [name]: text }));
    return [...parameters].map(([, { source }]) => text.slice(source.place?.start, source.place?.end));
  };
  const text = `# A=0\n${toml("\"A=1 Bc='x y' c=3\"")}[prod.deploy.parameters]\nparameter_overrides = "A=9"\n`;
  assert.deepEqual(placesOf("samconfig.toml", text), ["A=1", "Bc='x y'", "c=3"]);
  assert.deepEqual(placesOf("samconfig.toml", toml('[\n  "A=1", # A\n  "ParameterKey=B,ParameterValue=2",\n]')), [
    "A=1",
    "ParameterKey=B,ParameterValue=2",
  ]);
  assert.deepEqual(placesOf("samconfig.toml", toml('"Runtime=\\"python3.13\\" Environment=\\"dev\\""')), [
    'Runtime=\\"python3.13\\"',
    'Environment=\\"dev\\"',
  ]);
  assert.deepEqual(placesOf("samconfig.toml", toml('"A=1 A=2"')), ['parameter_overrides = "A=1 A=2"']);
  assert.deepEqual(
    placesOf("samconfig.toml", "version = 0.1\n[default.deploy.parameters.parameter_overrides]\nA = 5\n"),
    ["A = 5"],
  );
  assert.deepEqual(
    placesOf(
      "samconfig.yaml",
      "version: 0.1\ndefault:\n  deploy:\n    parameters:\n      parameter_overrides:\n        - A=1 B=2\n        - C: 3\n",
    ),
    ["A=1", "B=2", "3"],
  );
  // Written as one inline table, the keys have no line of their own.
  assert.deepEqual(
    placesOf("samconfig.toml", "version = 0.1\ndefault = {deploy = {parameters = {parameter_overrides = {A = 1}}}}\n"),
    ["default = {deploy = {parameters = {parameter_overrides = {A = 1}}}}"],
  );
});

test("parameters that an unreadable file may set are unknown, those set elsewhere are not", () => {
  const declared =
    "Parameters:\n  A: {Type: Number, Default: 1}\n  B: {Type: Number}\n  C: {Type: Number}\nResources: {}\n";
  const options = { overrides: new Map([["C", "3"]]) };
  assert.deepEqual(parametersOf({ "template.yaml": declared, "samconfig.toml": "[" }, options), {
    C: "3 (--parameter)",
    A: "unknown: samconfig.toml cannot be read completely and may set A (samconfig.toml)",
    B: "unknown: samconfig.toml cannot be read completely and may set B (samconfig.toml)",
  });
  assert.deepEqual(
    parametersOf({ "template.yaml": declared, "samconfig.toml": toml('["B=2", "file://gone.yaml"]') }, options),
    {
      B: "2 (samconfig.toml [default])",
      C: "3 (--parameter)",
      A: "unknown: samconfig.toml cannot be read completely and may set A (samconfig.toml)",
    },
  );
  const missing = { parametersFile: inBudget("params/prod.json") };
  assert.deepEqual(Object.keys(parametersOf({ "template.yaml": declared }, missing)), ["A", "B", "C"]);
  assert.deepEqual(stackConfig(template, missing, sourcesOf({ "template.yaml": declared })).reads.slice(-2), [
    "file:///w/params/prod.json",
    template,
  ]);
});
