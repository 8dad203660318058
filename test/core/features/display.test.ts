import assert from "node:assert/strict";
import { test } from "node:test";
import type { DocumentSymbol } from "vscode-languageserver-types";
import { codeLenses, documentSymbols, inlayHints } from "#core";
import { budgetName, sample, sampleWith, templateName } from "./sample.ts";
import { sceneOf, uriOf } from "./scene.ts";

type Files = Readonly<Record<string, string>>;
const everything = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };

/** Each hint with its line, written where it stands. */
function hintsOf(files: Files, name: string): string[] {
  const { context, files: texts } = sceneOf(files);
  return inlayHints(context, uriOf(name), everything).map(({ position, label }) => {
    const line = texts.get(name)?.split("\n")[position.line] ?? "";
    return `${line.slice(0, position.character).trim()} ‹${label}›${line.slice(position.character)}`;
  });
}

function lensesOf(files: Files, name: string): (string | undefined)[] {
  const { context } = sceneOf(files);
  return codeLenses(context, uriOf(name)).map(({ range, command }) => `${range.start.line}: ${command?.title}`);
}

test("a template's hints: what Globals come to, values behind intrinsics, the largest at literals, what is inherited", () => {
  assert.deepEqual(hintsOf(sample, templateName), [
    "ReservedConcurrentExecutions: 50 ‹× 1 = 50›",
    "ReservedConcurrentExecutions: !If [IsProd, !Ref N, 5] ‹= 300›",
    "ReservedConcurrentExecutions: 400 ‹max 550›",
    "Third: ‹reserved 50›",
  ]);
});

test("a number that differs between environments shows each", () => {
  const stacks = "stacks:\n  - { template: orders/template.yaml, name: dev, parameters: { Stage: dev } }";
  const [, hint] = hintsOf(sampleWith(budgetName, "stacks:", stacks), templateName);
  assert.equal(hint, "ReservedConcurrentExecutions: !If [IsProd, !Ref N, 5] ‹= 5 (dev), 300 (orders-prod)›");
});

test("a largest number that differs between pools names the tightest", () => {
  const pool = (name: string, limit: number) =>
    `pool: ${name}\nlimit: ${limit}\nfloor: 100\nstacks:\n  - { template: t.yaml, name: ${name} }\n`;
  const files = {
    "t.yaml": "Resources: { F: { Type: AWS::Lambda::Function, Properties: { ReservedConcurrentExecutions: 5 } } }",
    [budgetName]: `${pool("large", 900)}---\n${pool("small", 400)}`,
  };
  assert.match(hintsOf(files, "t.yaml").join(), /Executions: 5 ‹max 300 \(small\)›/);
});

test("stacks are named where they share an environment", () => {
  const entry = (name: string, stage: string) =>
    `  - { template: orders/template.yaml, name: ${name}, parameters: { Stage: ${stage} } }\n`;
  const files = {
    ...sample,
    [budgetName]: `limit: 1000\nstacks:\n${entry("live", "prod")}${entry("one", "dev")}${entry("two", "dev")}`,
    "orders/samconfig.toml": "version = 0.1\n[default.deploy.parameters]\ns3_bucket = 'x'\n",
  };
  const [, hint] = hintsOf(files, templateName);
  assert.equal(hint, "ReservedConcurrentExecutions: !If [IsProd, !Ref N, 5] ‹= 300 (live), 5 (one)›");
});

test("a number that an undecided parameter decides is shown case by case", () => {
  const files = (values: string) => ({
    "t.yaml": `Parameters: { Stage: { Type: String, AllowedValues: [dev, prod, qa, big] } }
Mappings: { R: { ${values} } }
Resources: { F: { Type: AWS::Lambda::Function, Properties: { ReservedConcurrentExecutions: !FindInMap [R, !Ref Stage, A] } } }`,
  });
  assert.match(hintsOf(files("dev: {A: 20}, prod: {A: 940}"), "t.yaml").join(), /‹= dev 20 · prod 940›/);
  const four = "dev: {A: 20}, prod: {A: 940}, qa: {A: 30}, big: {A: 1000}";
  assert.match(hintsOf(files(four), "t.yaml").join(), /‹= big 1,000 · prod 940 · qa 30 · \+1›/);
});

test("a case that is a number itself is told from what it leads to", () => {
  const text = `Parameters: { Size: { Type: Number, AllowedValues: [600, 700] } }
Conditions: { Small: !Equals [!Ref Size, 600] }
Resources: { F: { Type: AWS::Lambda::Function, Properties: { ReservedConcurrentExecutions: !If [Small, 500, 1] } } }`;
  assert.match(hintsOf({ "t.yaml": text }, "t.yaml").join(), /‹= 600 → 500 · 700 → 1›/);
});

test("an unknown number shows its bounds", () => {
  const parameter = (declared: string) => ({
    "t.yaml": `Parameters: { N: { Type: Number${declared} } }\nResources: { F: { Type: AWS::Lambda::Function, Properties: { ReservedConcurrentExecutions: !Ref N } } }`,
  });
  assert.match(hintsOf(parameter(", AllowedValues: [10, 20]"), "t.yaml").join(), /‹= 10 · 20›/);
  assert.match(hintsOf(parameter(", MaxValue: 20"), "t.yaml").join(), /20›/);
  assert.match(hintsOf(parameter(""), "t.yaml").join(), /‹= unknown›/);
});

test("a largest number that depends on other numbers shows its bounds", () => {
  const text = `Parameters: { N: { Type: Number, AllowedValues: [100, 600] } }
Resources:
  A: { Type: AWS::Lambda::Function, Properties: { ReservedConcurrentExecutions: !Ref N } }
  B: { Type: AWS::Lambda::Function, Properties: { ReservedConcurrentExecutions: 5 } }
`;
  assert.match(hintsOf({ "t.yaml": text }, "t.yaml").join("\n"), /ReservedConcurrentExecutions: 5 ‹max 300 to 800›/);
});

test("JSON keeps its hints outside of the key", () => {
  const json =
    '{"Transform": "AWS::Serverless-2016-10-31", "Globals": {"Function": {"ReservedConcurrentExecutions": 5}},\n"Resources": {"F": {"Type": "AWS::Serverless::Function"}}}';
  assert.deepEqual(hintsOf({ "t.json": json }, "t.json").slice(1), [
    '"Resources": {"F": { ‹reserved 5›"Type": "AWS::Serverless::Function"}}}',
  ]);
});

test("only hints inside of the range are given", () => {
  const { context } = sceneOf(sample);
  const range = { start: { line: 13, character: 0 }, end: { line: 14, character: 0 } };
  assert.deepEqual(
    inlayHints(context, uriOf(templateName), range).map(({ label }) => label),
    ["= 300"],
  );
});

test("a grant for several copies shows what it comes to", () => {
  const files = sampleWith(budgetName, "name: orders-prod", "instances: 3\n    name: orders-prod");
  assert.deepEqual(hintsOf(files, budgetName), [
    'orders-prod/Ingest: { reserved: 300 ‹× 3 = 900›, reason: "RDS proxy allows 300", owner: data-team }',
    "thumbnails: 350 ‹× 3 = 1,050›",
  ]);
});

test("a budget document's lens is its pool's summary", () => {
  assert.deepEqual(lensesOf(sample, budgetName), ["0: 750 of 1,000 claimed · 150 left · fits · keeps 150"]);
  const two = {
    [budgetName]: `${sample[budgetName]}---\nlimit: 10\nreservations: { a: 20 }\n`,
    [templateName]: sample[templateName] ?? "",
  };
  assert.equal(lensesOf(two, budgetName)[1], "16: 20 of 10 claimed · 20 too many");
});

test("a template's lens is what it claims in each pool", () => {
  assert.deepEqual(lensesOf(sample, templateName), [
    "9: claims 750 in production · 750 of 1,000 claimed · 150 left · fits",
  ]);
  const alone = "Resources: { F: { Type: AWS::Lambda::Function, Properties: { ReservedConcurrentExecutions: 950 } } }";
  assert.deepEqual(lensesOf({ "t.yaml": alone }, "t.yaml"), ["0: 950 of an assumed 1,000 claimed · 50 too many"]);
});

test("a template that claims nothing has no lens", () => {
  assert.deepEqual(lensesOf({ "t.yaml": "Resources: { F: { Type: AWS::Lambda::Function } }" }, "t.yaml"), []);
});

test("a lens shows its summands where the editor has a command for that", () => {
  const scene = sceneOf(sample, {}, { showPlacesCommand: "show" });
  const [lens] = codeLenses(scene.context, uriOf(budgetName));
  assert.equal(lens?.command?.command, "show");
  assert.equal(lens?.command?.arguments?.[2].length, 3);

  const twice = sampleWith(budgetName, "name: orders-prod", "name: [orders-prod, orders-test]");
  const [both] = codeLenses(sceneOf(twice, {}, { showPlacesCommand: "show" }).context, uriOf(budgetName));
  assert.equal(both?.command?.arguments?.[2].length, 3, "each place once, however many stacks share it");

  const none = sceneOf({ [budgetName]: "limit: 1000\n" }, {}, { showPlacesCommand: "show" });
  assert.deepEqual(codeLenses(none.context, uriOf(budgetName))[0]?.command?.command, "", "nothing to show");
});

const outline = (symbols: readonly DocumentSymbol[]): string[] =>
  symbols.flatMap(({ name, detail, children }) => [
    detail ? `${name} (${detail})` : name,
    ...outline(children ?? []).map((line) => `  ${line}`),
  ]);

test("the outline of a budget: pools with their parts", () => {
  assert.deepEqual(outline(documentSymbols(sceneOf(sample).context, uriOf(budgetName))), [
    "production (limit 1,000)",
    "  stacks",
    "    orders-prod",
    "  reservations",
    "    orders-prod/Ingest (300)",
    "    thumbnails (350)",
    "  kill-groups",
    "    pay (1 function)",
  ]);
});

test("the outline of a template: one symbol that holds the functions with a number", () => {
  assert.deepEqual(outline(documentSymbols(sceneOf(sample).context, uriOf(templateName))), [
    "Lambda concurrency (3 functions)",
    "  Ingest (300 reserved)",
    "  Other (400 reserved)",
    "  Third (50 reserved)",
  ]);
  assert.deepEqual(documentSymbols(sceneOf({ "t.yaml": "Resources: {}" }).context, uriOf("t.yaml")), []);
});

test("every symbol's selection lies inside of its range, and its children do too", () => {
  const inside = (symbol: DocumentSymbol): boolean =>
    before(symbol.range.start, symbol.selectionRange.start) &&
    before(symbol.selectionRange.end, symbol.range.end) &&
    (symbol.children ?? []).every(
      (child) =>
        before(symbol.range.start, child.range.start) && before(child.range.end, symbol.range.end) && inside(child),
    );
  const { context } = sceneOf(sample);
  const symbols = [budgetName, templateName].flatMap((name) => documentSymbols(context, uriOf(name)));
  assert.deepEqual(symbols.map(inside), [true, true]);
});

type At = DocumentSymbol["range"]["start"];
const before = (a: At, b: At) => a.line < b.line || (a.line === b.line && a.character <= b.character);
