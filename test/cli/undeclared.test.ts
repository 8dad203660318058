import assert from "node:assert/strict";
import { test } from "node:test";
import { folderOf } from "./cli.ts";
import { runInProcess } from "./inProcess.ts";

const template = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  A: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: !If [Nope, 3, 4]}}
  B: {Type: AWS::Lambda::Function, Condition: Nix, Properties: {ReservedConcurrentExecutions: 4}}
  Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml}}
  C: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: !GetAtt Child.Outputs.Size}}
`;
const child = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Topic: {Type: AWS::SNS::Topic}
`;

test("check does not say of a template that refers to what is not declared that it fits", async (t) => {
  const cwd = folderOf(t, { "t.yaml": template, "child.yaml": child });
  const { code, stdout } = await runInProcess(["check", "--format", "json", "t.yaml"], { cwd });
  const { pools, findings } = JSON.parse(stdout);
  const [{ verdict, refused }] = pools;
  assert.deepEqual([code, verdict, refused], [1, "depends", true]);
  assert.deepEqual(
    findings.map(({ rule, severity, message }: Record<string, string>) => [rule, severity, message?.split(",")[0]]),
    [
      ["never-accepted", "error", "A cannot be deployed: condition Nope is not declared"],
      ["never-accepted", "error", "B cannot be deployed: condition Nix is not declared"],
      ["never-accepted", "error", "C cannot be deployed: nested stack Child has no output Size"],
    ],
  );
});

test("resolve calls such numbers refused, and lists why a function is", async (t) => {
  const cwd = folderOf(t, { "t.yaml": template, "child.yaml": child });
  const { stdout } = await runInProcess(["resolve", "--format", "json", "t.yaml"], { cwd });
  const [{ functions }] = JSON.parse(stdout).files;
  const short = functions.map(({ logicalId, reserved, refused }: Record<string, unknown>) => [
    logicalId,
    reserved,
    (refused as { property: string }[]).map(({ property }) => property),
  ]);
  assert.deepEqual(short, [
    ["A", { unknown: "refused: condition Nope is not declared" }, ["ReservedConcurrentExecutions"]],
    ["B", 4, ["Condition"]],
    ["C", { unknown: "refused: nested stack Child has no output Size" }, ["ReservedConcurrentExecutions"]],
  ]);
});
