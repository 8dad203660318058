import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse, onlyPool } from "../pools/analyse.ts";

const parent = `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Stage: { Type: String, AllowedValues: [dev, prod] }
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: { ReservedConcurrentExecutions: !GetAtt Numbers.Outputs.A }
  G:
    Type: AWS::Lambda::Function
    Properties: { ReservedConcurrentExecutions: !GetAtt Numbers.Outputs.B }
  Numbers:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: numbers.yaml, Parameters: { Stage: !Ref Stage } }
`;
const numbers = (dev: string, prod: string) => `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Stage: { Type: String }
Mappings:
  R: { dev: ${dev}, prod: ${prod} }
Resources:
  Topic: { Type: AWS::SNS::Topic }
Outputs:
  A: { Value: !FindInMap [R, !Ref Stage, A] }
  B: { Value: !FindInMap [R, !Ref Stage, B] }
`;

test("a parameter that reaches two claims through outputs of a nested stack is decided once for both", () => {
  const files = { "parent.yaml": parent, "numbers.yaml": numbers("{ A: 600, B: 10 }", "{ A: 10, B: 600 }") };
  const { ledger } = onlyPool(analyse(files, { limit: 1000, floor: 100 }));
  assert.deepEqual([ledger.claimed, ledger.verdict], [610, "fits"]);
});

test("stacks that are given each other's outputs end undecided in each case too", () => {
  const circle = parent
    .replace("Parameters: { Stage: !Ref Stage }", "Parameters: { Stage: !GetAtt Other.Outputs.A }")
    .concat(
      "  Other:\n    Type: AWS::CloudFormation::Stack\n",
      "    Properties: { TemplateURL: numbers.yaml, Parameters: { Stage: !GetAtt Numbers.Outputs.A } }\n",
      "  H:\n    Type: AWS::Lambda::Function\n    Properties: { ReservedConcurrentExecutions: !If [Dev, 1, 2] }\n",
    )
    .replace("Resources:", "Conditions: { Dev: !Equals [!Ref Stage, dev] }\nResources:");
  const files = { "parent.yaml": circle, "numbers.yaml": numbers("{ A: 6, B: 1 }", "{ A: 1, B: 6 }") };
  const { ledger } = onlyPool(analyse(files, { limit: 1000, floor: 100 }));
  assert.deepEqual([ledger.claimedBounds.min, ledger.verdict], [1, "depends"]);
});
