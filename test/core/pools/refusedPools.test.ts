import assert from "node:assert/strict";
import test from "node:test";
import { codeLenses } from "#core";
import { sceneOf, uriOf } from "../features/scene.ts";
import { analyse, onlyPool } from "./analyse.ts";

const properties = "ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 5 }";
const sam = (body: string, extra = "") =>
  `Transform: AWS::Serverless-2016-10-31\nParameters: { P: { Type: String } }\nConditions: { C: !Equals [!Ref P, x] }\nResources:\n  F:\n    Type: AWS::Serverless::Function\n${extra}    Properties: { ${body} }\n`;
const nests = (condition = "") =>
  `Parameters: { P: { Type: String } }\nConditions: { C: !Equals [!Ref P, x] }\nResources:\n  Child:\n    Type: AWS::CloudFormation::Stack\n${condition}    Properties: { TemplateURL: ./child.yaml }\n`;

function judged(texts: Readonly<Record<string, string>>, limit = 1000) {
  const { verdict, refused, claimed } = onlyPool(analyse(texts, { limit, floor: 100 })).ledger;
  return [verdict, refused, claimed];
}

test("a pool with something that AWS refuses never fits", () => {
  assert.deepEqual(judged({ "t.yaml": sam(properties) }), ["depends", "certainly", 0]);
  assert.deepEqual(judged({ "t.yaml": sam(`AutoPublishAlias: live, ${properties}`) }), ["fits", undefined, 5]);
});

test("a nested stack that AWS refuses keeps its parent's pool from being deployed", () => {
  assert.deepEqual(judged({ "p.yaml": nests(), "child.yaml": sam(properties) }), ["depends", "certainly", 0]);
});

test("what may not exist is refused perhaps", () => {
  assert.deepEqual(judged({ "t.yaml": sam(properties, "    Condition: C\n") }), ["depends", "perhaps", 0]);
  const nested = { "p.yaml": nests("    Condition: C\n"), "child.yaml": sam(properties) };
  assert.deepEqual(judged(nested), ["depends", "perhaps", 0]);
});

test("a pool over its limit stays over, whatever else AWS refuses in it", () => {
  const both = `${sam(properties)}  G:\n    Type: AWS::Serverless::Function\n    Properties: { ReservedConcurrentExecutions: 950 }\n`;
  assert.deepEqual(judged({ "t.yaml": both }), ["over", "certainly", 950]);
});

test("the lens of a pool that AWS refuses says that it cannot be deployed", () => {
  const other = "  G:\n    Type: AWS::Serverless::Function\n    Properties: { ReservedConcurrentExecutions: 50 }\n";
  const { context } = sceneOf({ "t.yaml": sam(properties) + other }, { limit: 1000, floor: 100 });
  assert.deepEqual(
    codeLenses(context, uriOf("t.yaml")).map(({ command }) => command?.title),
    ["50 of 1,000 claimed · cannot be deployed"],
  );
});
