import assert from "node:assert/strict";
import { test } from "node:test";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type CompletionItem, TextEdit } from "vscode-languageserver-types";
import { complete, rules } from "#core";
import { budgetName, sampleWith, templateName } from "./sample.ts";
import { nameOf, sceneAt } from "./scene.ts";

function itemsAt(files: Readonly<Record<string, string>>): readonly CompletionItem[] {
  const { context, uri, position } = sceneAt(files);
  return complete(context, uri, position);
}

/** The line of the cursor after the first (or the named) choice is taken. */
function lineAfter(files: Readonly<Record<string, string>>, label?: string): string | undefined {
  const { context, uri, position, files: texts } = sceneAt(files);
  const items = complete(context, uri, position);
  const item = label === undefined ? items[0] : items.find((each) => each.label === label);
  if (!TextEdit.is(item?.textEdit)) return undefined;
  const document = TextDocument.create(uri, "", 0, texts.get(nameOf(uri)) ?? "");
  return TextDocument.applyEdits(document, [item.textEdit]).split("\n")[position.line];
}

const labels = (items: readonly CompletionItem[]) => items.map(({ label }) => label);
const inBudget = (from: string, to: string) => sampleWith(budgetName, from, to);
const inTemplate = (from: string, to: string) => sampleWith(templateName, from, to);

test("half a name under reservations offers the functions without an entry of their own, those that reserve first", () => {
  const items = itemsAt(inBudget("  thumbnails: 350\n", "  or|\n"));
  assert.deepEqual(labels(items), ["thumbnails", "orders-prod/Other", "orders-prod/Third", "orders-prod/*"]);
  assert.deepEqual(
    items.map(({ detail }) => detail),
    ["reserves 400", "reserves 400", "reserves 50", "every function of the stack"],
  );
  assert.equal(lineAfter(inBudget("  thumbnails: 350\n", "  or|\n"), "orders-prod/Other"), "  orders-prod/Other: ");
});

test("a name before a colon is replaced without a second colon", () => {
  assert.equal(lineAfter(inBudget("  thumbnails: 350", "  th|umb: 350"), "thumbnails"), "  thumbnails: 350");
});

test("nothing at all under reservations offers names too", () => {
  const files = inBudget(
    '  orders-prod/Ingest: { reserved: 300, reason: "RDS proxy allows 300", owner: data-team }\n  thumbnails: 350\n',
    "  |\n",
  );
  assert.deepEqual(labels(itemsAt(files)).slice(0, 3), ["orders-prod/Ingest", "thumbnails", "orders-prod/Other"]);
});

test("the value of an entry offers what is reserved, the largest that fits, and off", () => {
  const items = itemsAt(inBudget("thumbnails: 350", "thumbnails: |"));
  assert.deepEqual(labels(items), ["400", "550", "off"]);
  assert.deepEqual(labels(itemsAt(inBudget("{ reserved: 300", "{ reserved: |"))), ["300", "450", "off"]);
});

test("keys are offered where they may stand, those that stand there left out", () => {
  assert.deepEqual(labels(itemsAt(inBudget("pool: production", "|\npool: production"))), [
    "environment",
    "max-cost-per-hour",
    "downstreams",
  ]);
  assert.deepEqual(labels(itemsAt(inBudget("    parameters", "    |\n    parameters"))), ["config", "instances"]);
  assert.deepEqual(labels(itemsAt(inBudget("reserved: 300,", "reserved: 300, |,"))), ["max-cost-per-hour"]);
  assert.deepEqual(labels(itemsAt(inBudget("  thumbnails: 350", "  thumbnails: { reserved: 1, | }"))), [
    "reason",
    "owner",
    "max-cost-per-hour",
  ]);
  assert.deepEqual(labels(itemsAt(inBudget("limit: 1000", "limit: 1000\nmax-cost-per-hour: |"))), ["50"]);
  assert.deepEqual(labels(itemsAt({ [budgetName]: "downstreams:\n  db:\n    c|\n" })), [
    "capacity",
    "per-execution",
    "functions",
  ]);
});

test("an empty budget offers every key of a pool", () => {
  assert.equal(itemsAt({ [budgetName]: "|" }).length, 12);
  assert.equal(itemsAt({ [budgetName]: "pool: a\n---\n|" }).length, 12);
  assert.equal(lineAfter({ [budgetName]: "li|" }, "limit"), "limit: ");
});

test("patterns are offered in kill groups, in both notations", () => {
  assert.deepEqual(labels(itemsAt(inBudget("[orders-prod/*]", "[|]"))).slice(-1), ["orders-prod/*"]);
  assert.deepEqual(labels(itemsAt(inBudget("  pay: [orders-prod/*]", "  pay:\n    - |"))).slice(-1), ["orders-prod/*"]);
});

test("stack entries offer templates, environments of samconfig and parameters of the template", () => {
  assert.deepEqual(labels(itemsAt(inBudget("template: orders/template.yaml", "template: |"))), [
    "orders/template.yaml",
  ]);
  assert.deepEqual(labels(itemsAt(inBudget("{ Stage: prod }", "{ | }"))), ["Stage", "N"]);
  const globbed = inBudget("{ Stage: prod }", "{ | }");
  const text = globbed[budgetName]?.replace("orders/template.yaml", '"*/template.yaml"') ?? "";
  assert.deepEqual(labels(itemsAt({ ...globbed, [budgetName]: text })), ["Stage", "N"]);
  const samconfig = {
    "orders/samconfig.toml": "version = 0.1\n[default.deploy.parameters]\nx = 1\n[prod.deploy.parameters]\nx = 1\n",
  };
  const files = { ...inBudget("    name: orders-prod", "    config: |"), ...samconfig };
  assert.deepEqual(labels(itemsAt(files)), ["default", "prod"]);
});

test("parameters of a stack offers the files that set some of the template's, as the path from the budget", () => {
  const files = {
    "budgets/concurrency-budget.yaml": "stacks:\n  - template: ../orders/template.yaml\n    parameters: |\n",
    "orders/template.yaml": "Parameters:\n  Workers: { Type: Number }\n  Stage: { Type: String }\nResources: {}\n",
    "orders/prod.json":
      '[{"ParameterKey": "Workers", "ParameterValue": "950"}, {"ParameterKey": "Stage", "ParameterValue": "p"}]',
    "orders/deployments/test.yaml": "template-file-path: ../template.yaml\nparameters: { Workers: 5, Other: 1 }\n",
    "budgets/dev.json": '{"Parameters": {"Workers": "7"}}',
    "orders/other.json": '["Elsewhere=1"]',
    "orders/package.json": '{"name": "orders"}',
  };
  const items = itemsAt(files);
  assert.deepEqual(
    items.map(({ label, detail }) => [label, detail]),
    [
      ["dev.json", "sets 1 parameter"],
      ["../orders/prod.json", "sets 2 parameters"],
      ["../orders/deployments/test.yaml", "sets 1 parameter"],
    ],
  );
  assert.equal(lineAfter(files, "../orders/prod.json"), "    parameters: ../orders/prod.json");
});

test("environments of a samconfig above the template that names it are offered", () => {
  const files = {
    "concurrency-budget.yaml": "stacks:\n  - template: orders/template.yaml\n    config: |\n",
    "orders/template.yaml": "Resources: {}\n",
    "samconfig.toml":
      'version = 0.1\n[dev.deploy.parameters]\ntemplate_file = "orders/template.yaml"\n[prod.deploy.parameters]\nx = 1\n',
  };
  assert.deepEqual(labels(itemsAt(files)), ["dev", "prod"]);
});

test("the value of a stack's parameter is one that the template allows, else its default", () => {
  const allowed = inTemplate("Default: dev", "AllowedValues: [dev, prod]");
  const files = { ...allowed, [budgetName]: inBudget("{ Stage: prod }", "{ Stage: | }")[budgetName] ?? "" };
  assert.deepEqual(labels(itemsAt(files)), ["dev", "prod"]);
  assert.deepEqual(labels(itemsAt(inBudget("{ Stage: prod }", "{ N: | }"))), ["300"]);
});

test("a number that stands there does not hide those that may replace it", () => {
  const items = itemsAt(inTemplate("Executions: 400", "Executions: 4|00"));
  assert.deepEqual(
    items.map(({ filterText }) => filterText),
    ["400", "400"],
  );
});

test("the number behind a reservation offers the grant and the headroom", () => {
  for (const text of ["Executions: |", "Executions: 4|00", "Executions: 400|"]) {
    const items = itemsAt(inTemplate("Executions: 400", text));
    assert.deepEqual(labels(items).slice(0, 1), ["350"]);
    assert.equal(items[0]?.detail, "granted by the budget of production (thumbnails)");
    assert.deepEqual(labels(items).slice(1), ["550"]);
  }
  assert.match(lineAfter(inTemplate("Executions: 400", "Executions: |")) ?? "", /Executions: 350$/);
});

test("what fits is what fits in every stack and copy at once", () => {
  const files = {
    "concurrency-budget.yaml":
      'limit: 1000\nfloor: 100\nstacks: [{ template: t.yaml, name: [a, b] }]\nreservations: { "*": | }\n',
    "t.yaml": "Resources: { F: { Type: AWS::Lambda::Function, Properties: { ReservedConcurrentExecutions: 10 } } }\n",
  };
  const offered = (items: ReturnType<typeof itemsAt>) => items.map(({ label, detail }) => [label, detail]);
  assert.deepEqual(offered(itemsAt(files)).at(-2), [
    "450",
    "the largest that fits for 2 functions at once, where 100 stay unreserved",
  ]);
  const template = {
    "concurrency-budget.yaml": files["concurrency-budget.yaml"].replace("|", "500"),
    "t.yaml": files["t.yaml"].replace("10 }", "| }"),
  };
  assert.deepEqual(offered(itemsAt(template)), [
    ["500", "granted by the budget of pool 1 (*)"],
    ["450", "the largest that fits 2 times in pool 1, where 100 stay unreserved"],
  ]);
});

test("JSON offers the same", () => {
  const files = {
    "t.json":
      '{"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {\n"ReservedConcurrentExecutions": |\n}}}}',
  };
  assert.deepEqual(labels(itemsAt(files)), ["900"]);
});

test("a Globals value offers what fits for all that inherit it", () => {
  const items = itemsAt(inTemplate("Executions: 50", "Executions: |"));
  assert.deepEqual(
    items.map(({ label, detail }) => [label, detail]),
    [["200", "the largest that fits in production, where it counts 1 ×"]],
  );
});

test("provisioned and maximum concurrency offer what the function reserves", () => {
  const files = (rest: string) => ({
    "t.yaml": `Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      ReservedConcurrentExecutions: 40\n${rest}`,
  });
  assert.deepEqual(
    labels(itemsAt(files("      ProvisionedConcurrencyConfig:\n        ProvisionedConcurrentExecutions: |\n"))),
    ["40"],
  );
  assert.deepEqual(
    labels(
      itemsAt(
        files(
          "      Events: { Q: { Type: SQS, Properties: { Queue: a, ScalingConfig: { MaximumConcurrency: | } } } }\n",
        ),
      ),
    ),
    ["40"],
  );
});

test("a template offers nothing anywhere else: other extensions do", () => {
  assert.deepEqual(itemsAt(inTemplate("FunctionName: thumbnails", "FunctionName: |")), []);
  assert.deepEqual(itemsAt(inTemplate("    Properties: {}", "    Properties:\n      |")), []);
});

test("rule ids are offered behind lambda-concurrency-ignore, and the word itself in a comment", () => {
  const items = itemsAt(inTemplate("Executions: 400", "Executions: 400 # lambda-concurrency-ignore over|"));
  assert.deepEqual(labels(items), Object.keys(rules));
  assert.equal(
    lineAfter(inTemplate("Executions: 400", "Executions: 400 # lambda-concurrency-ignore over|"), "over-budget"),
    "      ReservedConcurrentExecutions: 400 # lambda-concurrency-ignore over-budget",
  );
  assert.deepEqual(labels(itemsAt(inBudget("limit: 1000", "limit: 1000 # lamb|"))), ["lambda-concurrency-ignore"]);
  assert.deepEqual(itemsAt(inBudget("limit: 1000", "limit: 1000 # the |")), []);
});

test("JSON with comments is offered rule ids too", () => {
  const line = '"ReservedConcurrentExecutions": 5 // lambda-concurrency-ignore res|';
  const files = { "t.json": `{"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {\n${line}\n}}}}` };
  assert.deepEqual(labels(itemsAt(files)), Object.keys(rules));
});

test("a quoted word is replaced with its quotes", () => {
  const key = inBudget("  thumbnails: 350", '  "or|"');
  assert.equal(lineAfter(key, "orders-prod/Other"), "  orders-prod/Other: ");
  assert.equal(itemsAt(key)[1]?.filterText, '"orders-prod/Other');
  assert.equal(
    lineAfter(inBudget("[orders-prod/*]", "['o|, orders-prod/*]"), "orders-prod/Third"),
    "  pay: [orders-prod/Third, orders-prod/*]",
  );
  const json =
    '{"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {\n"ReservedConcurrentExecutions": "5|"\n}}}}';
  assert.equal(lineAfter({ "t.json": json }, "900"), '"ReservedConcurrentExecutions": 900');
});
