import assert from "node:assert/strict";
import { test } from "node:test";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type CodeAction, DiagnosticSeverity, TextDocumentEdit, type TextEdit } from "vscode-languageserver-types";
import { codeActions } from "#core";
import { budgetName, sampleWith, templateName } from "./sample.ts";
import { nameOf, sceneAt, sceneOf, uriOf } from "./scene.ts";

type Files = Readonly<Record<string, string>>;

function actionsAt(files: Files, only?: readonly string[]): CodeAction[] {
  const { context, uri, position } = sceneAt(files);
  return codeActions(context, uri, { start: position, end: position }, [], only && [...only]);
}

/** The file after one action at the cursor. */
function afterAction(files: Files, title: string): string | undefined {
  const scene = sceneAt(files);
  const actions = codeActions(scene.context, scene.uri, { start: scene.position, end: scene.position });
  const action = actions.find((each) => each.title === title);
  assert.ok(action, `there are: ${actions.map((each) => each.title).join("; ")}`);
  const change = action.edit?.documentChanges?.[0];
  assert.ok(TextDocumentEdit.is(change));
  const document = TextDocument.create(scene.uri, "", 0, scene.files.get(nameOf(change.textDocument.uri)) ?? "");
  return TextDocument.applyEdits(document, change.edits as TextEdit[]);
}

const conditional = (value: string) => ({
  "t.yaml": `Conditions:\n  IsProd: !Equals [a, b]\nResources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      ReservedConcurrentExecutions: ${value}\n`,
});

test("a literal is wrapped in !If with NoValue, in YAML and in JSON", () => {
  assert.equal(
    afterAction(conditional("1|0"), "Reserve for F only if IsProd, else nothing"),
    conditional('!If [IsProd, 10, !Ref "AWS::NoValue"]')["t.yaml"],
  );
  const json = (value: string) =>
    `{"Conditions": {"IsProd": {"Fn::Equals": ["a", "b"]}}, "Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {"ReservedConcurrentExecutions": ${value}}}}}`;
  assert.equal(
    afterAction({ "t.json": json("1|0") }, "Reserve for F only if IsProd, else nothing"),
    json('{"Fn::If": ["IsProd", 10, {"Ref": "AWS::NoValue"}]}'),
  );
});

test("what the wrapped literal comes to is what the condition says", () => {
  const text = afterAction(conditional("1|0"), "Reserve for F only if IsProd, else nothing") ?? "";
  const [pool] = sceneOf({ "t.yaml": text }).context.analysis.pools;
  assert.deepEqual(
    pool?.claims.map(({ function: declared }) => declared.reserved.value),
    [null],
  );
});

test("a number that does not fit is offered the wrapping as a quick fix", () => {
  const titles = actionsAt(conditional("99|99"), ["quickfix"]).map(({ title, isPreferred }) => [title, isPreferred]);
  assert.deepEqual(titles, [
    ["Set F to 900, which fits", true],
    ["Reserve for F only if IsProd, else nothing", undefined],
    ["Ignore pool-overcommitted here", undefined],
  ]);
});

const queue = (rest: string) => ({
  "t.yaml": `Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      ReservedConcurrentExecutions: 40\n      Events:\n        Jobs:\n          Type: SQS\n          Properties:\n            Queue: arn:aws:sqs:us-east-1:123456789012:jobs\n${rest}`,
});

test("an SQS event gets MaximumConcurrency, in the ScalingConfig that is there or a new one", () => {
  const at = (files: Files) => ({ "t.yaml": (files["t.yaml"] ?? "").replace("Type: SQS", "Type: S|QS") });
  assert.equal(
    afterAction(at(queue("")), "Add MaximumConcurrency 40 to FJobs"),
    queue("            ScalingConfig:\n              MaximumConcurrency: 40\n")["t.yaml"],
  );
});

test("MaximumConcurrency is at most what Lambda takes and what the function reserves in every stack", () => {
  const at = (value: string) => ({
    "t.yaml": (queue("")["t.yaml"] ?? "").replace("Executions: 40", `Executions: ${value}`).replace("SQS", "S|QS"),
  });
  const titles = (files: Files) => actionsAt(files, ["refactor"]).map(({ title }) => title);
  assert.deepEqual(titles(at("5000")), ["Add MaximumConcurrency 1000 to FJobs"]);
  const parameter = `Parameters: { N: { Type: Number } }\n${at("!Ref N")["t.yaml"]}`;
  const budget = (b: number) =>
    `stacks:\n  - { template: t.yaml, name: a, parameters: { N: 9 } }\n  - { template: t.yaml, name: b, parameters: { N: ${b} } }\n`;
  const both = (b: number) => titles({ "t.yaml": parameter, "concurrency-budget.yaml": budget(b) });
  assert.deepEqual(both(4), ["Add MaximumConcurrency 4 to FJobs"]);
  assert.deepEqual(both(1), []);
});

test("a mapping of plain CloudFormation gets MaximumConcurrency too", () => {
  const text = (scaling: string) =>
    `Resources:\n  Q:\n    Type: AWS::SQS::Queue\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      ReservedConcurrentExecutions: 4\n  M:\n    Type: AWS::Lambda::EventSourceMapping\n    Properties: { FunctionName: !Ref F, EventSourceArn: !GetAtt Q.Arn${scaling} }\n`;
  assert.equal(
    afterAction({ "t.yaml": text("").replace("Executions: 4", "Executions: |4") }, "Add MaximumConcurrency 4 to M"),
    text(", ScalingConfig: { MaximumConcurrency: 4 }"),
  );
});

test("an intrinsic is not wrapped again, and a function without reservation gets no MaximumConcurrency", () => {
  assert.deepEqual(
    actionsAt(sampleWith(templateName, "!If [IsProd, !Ref N", "!If [IsProd, !Ref |N"), ["refactor"]),
    [],
  );
  const none = {
    "t.yaml": (queue("")["t.yaml"] ?? "")
      .replace("      ReservedConcurrentExecutions: 40\n", "")
      .replace("SQS", "S|QS"),
  };
  assert.deepEqual(actionsAt(none), []);
});

test("only the kinds that are asked for are given", () => {
  assert.deepEqual(actionsAt(conditional("99|99"), ["source"]), []);
  assert.deepEqual(
    actionsAt(conditional("99|99"), ["refactor"]).map(({ kind }) => kind),
    ["refactor.rewrite"],
  );
  assert.deepEqual(actionsAt(conditional("1|0"), ["quickfix"]), []);
});

test("a fix is tied to the diagnostic it settles", () => {
  const { context, uri, position } = sceneAt(conditional("|9999"));
  const range = { start: position, end: { ...position, character: position.character + 4 } };
  const diagnostic = { range, message: "m", code: "pool-overcommitted", severity: DiagnosticSeverity.Error };
  const other = { ...diagnostic, code: "something-else" };
  const [fix] = codeActions(context, uri, range, [other, diagnostic]);
  assert.deepEqual(fix?.diagnostics, [diagnostic]);
});

test("edits carry the version of an open document, and null for a file on disk", () => {
  const files = sampleWith(budgetName, "  thumbnails: 350\n", "");
  const scene = sceneOf(files, {}, { versionOf: (uri) => (uri === uriOf(budgetName) ? 7 : null) });
  const all = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const add = codeActions(scene.context, uriOf(templateName), all).find(({ title }) =>
    title.startsWith("Add orders-prod/Third"),
  );
  const change = add?.edit?.documentChanges?.[0];
  assert.ok(TextDocumentEdit.is(change));
  assert.deepEqual(change.textDocument, { uri: uriOf(budgetName), version: 7 });
});

test("a client without document changes gets plain changes", () => {
  const scene = sceneOf(conditional("9999"), {}, { documentChanges: false });
  const all = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const [fix] = codeActions(scene.context, uriOf("t.yaml"), all);
  assert.deepEqual(Object.keys(fix?.edit?.changes ?? {}), [uriOf("t.yaml")]);
});

test("a suppressed finding is offered nothing", () => {
  const files = conditional("99|99 # lambda-concurrency-ignore pool-overcommitted: known");
  assert.deepEqual(actionsAt(files, ["quickfix"]), []);
});

test("a number is not raised where it fits in each stack, but not in both", () => {
  const files = (limit: number) => ({
    "concurrency-budget.yaml": `limit: ${limit}\nfloor: 100\nstacks: [{ template: t.yaml, name: [a, b] }]\nreservations: { "*": 100 }\n`,
    "t.yaml":
      "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      AutoPublishAlias: live\n      ReservedConcurrentExecutions: 10\n      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 3|0 }\n",
  });
  const raised = (limit: number) => actionsAt(files(limit)).some(({ title }) => title.startsWith("Raise the reserv"));
  assert.deepEqual([raised(159), raised(160)], [false, true]);
});
