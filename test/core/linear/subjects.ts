/** Text files by path; a repetition of something makes them grow. */
export type Files = Readonly<Record<string, string>>;

/** What is repeated: every token that means something in YAML, JSON or a template, and some that do not. */
export const tokens: readonly string[] = [
  ..."#'\"\\{}[]$&*!|>%@`?,.-+:_ \t\n\r0a\u00e9\u2028\ufeff",
  ...["{a: ", "[a, ", "- ", "? ", ": ", "a: ", "a:\n  ", "&a ", "*a ", "!a ", "!!str ", "| ", "> ", "---\n", "...\n"],
  ...["%TAG ! x\n", "<<: ", "a: &a\n", "|\n", "::", "1:", "1_", "Fn::", "Ref: ", "!Sub ", "!If [", "!Join ['',["],
  ...['\\"', "\\x41", "\\n", "''", " #", "-\n   ", 'a "b" ', '"a": ', "}}", "{{resolve:ssm:a}}", "$".concat("{")],
  ...["a", "!a"].map((name) => `\${${name}}`),
];

const head = "Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\n";
const fn =
  "Resources:\n  A:\n    Type: AWS::Serverless::Function\n    Properties:\n      ReservedConcurrentExecutions: 5\n";
const inQuotes = (text: string) => text.replaceAll("'", "''");
const oneLine = (text: string) => text.replaceAll(/[\n\r]/g, " ");
const template = (text: string): Files => ({ "t.yaml": text });
const plainTemplate = "Resources: {A: {Type: AWS::Lambda::Function, Properties: {FunctionName: fa}}}\n";
const budget = (text: string): Files => ({ "t.yaml": plainTemplate, "concurrency-budget.yaml": text });
const samconfig = (overrides: string): Files => ({
  "t.yaml": `${head}Parameters: {P: {Type: Number}}\n${fn.replace("5\n", "!Ref P\n")}`,
  "samconfig.toml": `version = 0.1\n[default.deploy.parameters]\nparameter_overrides = ${overrides}`,
});

/** Where a repeated token stands. */
export const places: Readonly<Record<string, (text: string) => Files>> = {
  "the head of a template": (text) => template(`${text}\n${head}${fn}`),
  "the end of a template": (text) => template(head + fn + text),
  "a plain value": (text) => template(`${head}${fn}      FunctionName: ${text}\n`),
  "a number": (text) => template(head + fn.replace("5\n", () => `${text}\n`)),
  "a quoted Fn::Sub": (text) => template(`${head}${fn}      FunctionName: !Sub "${text}"\n`),
  "a block scalar": (text) => template(`${head}Metadata:\n  x: |\n    ${text.replaceAll("\n", "\n    ")}\n${fn}`),
  "a key": (text) => template(`${head}${fn}  ${text}: {Type: AWS::Lambda::Function}\n`),
  "a bracket": (text) => template(`Metadata: {x: ${text}}\n${fn}`),
  JSON: (text) => template(`{"Metadata": ${text}, "Resources": {"A": {"Type": "AWS::Lambda::Function"}}}`),
  "an ignore": (text) => template(`${head}${fn}      # lambda-concurrency-ignore ${oneLine(text)}\n`),
  "a default": (text) =>
    template(`${head}Parameters: {P: {Type: Number, Default: '${inQuotes(text)}'}}\n${fn.replace("5\n", "!Ref P\n")}`),
  "the location of a nested stack": (text) =>
    template(`${fn}  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: '${inQuotes(oneLine(text))}'}}\n`),
  overrides: (text) => samconfig(`'${oneLine(text).replaceAll("'", "")}'`),
  "overrides in a list": (text) =>
    samconfig(`['P=${oneLine(text).replaceAll("'", "")}', '${oneLine(text).replaceAll("'", "")}']`),
  TOML: (text) => samconfig(`"P=5"\n${text}`),
  "a TOML key": (text) => samconfig(`"P=5"\n${text}.a = 1`),
  "a budget": (text) => budget(`limit: 100\nstacks: [{template: t.yaml, name: s}]\n${text}`),
  "a path in a budget": (text) => budget(`stacks: [{template: '${inQuotes(oneLine(text))}', name: s}]`),
  "the name of a stack": (text) => budget(`stacks: [{template: t.yaml, name: '${inQuotes(oneLine(text))}'}]`),
  "a reservation": (text) =>
    budget(`stacks: [{template: t.yaml, name: s}]\nreservations: {'${inQuotes(oneLine(text))}': 5}`),
};

const rows = (count: number, row: (index: number) => string, between = "\n") =>
  Array.from({ length: count }, (_, index) => row(index)).join(between);
const lambda = (index: number, value: string) =>
  `  F${index}: {Type: AWS::Lambda::Function, Properties: {FunctionName: f${index}, ReservedConcurrentExecutions: ${value}}}`;
const lambdas = (count: number, value: (index: number) => string) =>
  `Resources:\n${rows(count, (index) => lambda(index, value(index)))}`;

/** Files of so many parts of one kind, each of which another part may mean. */
export const structures: Readonly<Record<string, (count: number) => Files>> = {
  functions: (n) => template(lambdas(n, () => "0")),
  parameters: (n) =>
    template(`Parameters:\n${rows(n, (i) => `  P${i}: {Type: Number}`)}\n${lambdas(n, (i) => `!Ref P${i}`)}`),
  "keys of a mapping": (n) =>
    template(
      `Mappings: {M: {${rows(n, (i) => `k${i}: {v: 1}`, ", ")}}}\n${lambdas(n, (i) => `!FindInMap [M, k${i}, v]`)}`,
    ),
  "a chain of conditions": (n) =>
    template(
      `Parameters: {P: {Type: String}}\nConditions:\n  C0: !Equals [!Ref P, a]\n${rows(n, (i) => `  C${i + 1}: !Not [!Condition C${i}]`)}\n${lambdas(n, (i) => `!If [C${i}, 1, 2]`)}`,
    ),
  "a chain of aliases": (n) =>
    template(`Metadata:\n  a0: &a0 x\n${rows(n, (i) => `  a${i + 1}: &a${i + 1} *a${i}`)}\n${plainTemplate}`),
  "variables of Fn::Sub": (n) =>
    template(
      `Resources: {A: {Type: AWS::Lambda::Function, Properties: {FunctionName: !Sub ['${rows(n, (i) => `\${v${i}}`, "")}', {${rows(n, (i) => `v${i}: 1`, ", ")}}]}}}`,
    ),
  "event sources": (n) =>
    template(
      `${lambdas(n, () => "9")}\n${rows(n, (i) => `  E${i}: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref F${i}, ScalingConfig: {MaximumConcurrency: 5}}}`)}`,
    ),
  documents: (n) => template(rows(n, () => `---\n${plainTemplate}`)),
  "lines of ignores": (n) =>
    template(`Resources:\n${rows(n, () => "# lambda-concurrency-ignore reserved-zero: x")}\n${lambda(0, "0")}`),
  "ignores of their own lines": (n) =>
    template(`Resources:\n${rows(n, (i) => `${lambda(i, "0")} # lambda-concurrency-ignore unused-suppression`)}`),
  "ignores of the whole file": (n) =>
    template(
      `Metadata: {LambdaConcurrency: {ignore: [${rows(n, () => "reserved-zero", ", ")}]}}\n${lambdas(n, () => "0")}`,
    ),
  overrides: (n) => samconfig(`"${rows(n, (i) => `X${i}=1`, " ")}"`),
  "overrides in the long spelling": (n) => samconfig(`"${rows(n, (i) => `ParameterKey=X${i},ParameterValue=1`, " ")}"`),
  "overrides in a list": (n) => samconfig(`[\n${rows(n, (i) => `  "X${i}=1"`, ",\n")}\n]`),
  includes: (n) => samconfig(`[${rows(n, (i) => `"file://p${i}.yaml"`, ", ")}]`),
  "stacks of a budget": (n) =>
    budget(`limit: 100\nstacks:\n${rows(n, (i) => `- {template: t.yaml, name: s${i}}`)}\nreservations: {'*': 5}`),
  "stacks that are not there": (n) => budget(`stacks:\n${rows(n, (i) => `- {template: x${i}.yaml}`)}`),
  reservations: (n) => budget(`stacks: [{template: t.yaml, name: s}]\nreservations:\n${rows(n, (i) => `  f${i}: 1`)}`),
  "a reservation written again and again": (n) =>
    budget(`stacks: [{template: t.yaml, name: s}]\nreservations:\n${rows(n, () => "  f: 1")}`),
  "reservations of stacks": (n) =>
    budget(
      `stacks:\n${rows(n, (i) => `- {template: t.yaml, name: s${i}}`)}\nreservations:\n${rows(n, (i) => `  s${i}/X: 1`)}`,
    ),
  "pools of a budget": (n) =>
    budget(rows(n, (i) => `pool: p${i}\nlimit: 100\nstacks: [{template: t.yaml, name: s${i}}]`, "\n---\n")),
};
