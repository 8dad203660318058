import assert from "node:assert/strict";
import { test } from "node:test";
import { folderOf } from "./cli.ts";
import { runInProcess } from "./inProcess.ts";

const template = `Transform: AWS::Serverless-2016-10-31
Mappings: { ByRegion: { eu-west-1: { R: 50 }, us-east-1: { R: 700 } } }
Conditions: { Prod: !Equals [!Ref AWS::StackName, orders-prod] }
Resources:
  A:
    Type: AWS::Serverless::Function
    Properties: { ReservedConcurrentExecutions: !FindInMap [ByRegion, !Ref AWS::Region, R] }
  B:
    Type: AWS::Serverless::Function
    Properties: { ReservedConcurrentExecutions: !If [Prod, 300, 3] }
`;
const samconfig = `version = 0.1
[default.deploy.parameters]
stack_name = "orders-prod"
region = "us-east-1"
`;

const runs: readonly (readonly [args: readonly string[], a: number, b: number])[] = [
  [[], 700, 300],
  [["--region", "eu-west-1"], 50, 300],
];

for (const [args, a, b] of runs) {
  test(`check and resolve ${args.join(" ")} give one answer about stack name and Region`, async (t) => {
    const cwd = folderOf(t, { "t.yaml": template, "samconfig.toml": samconfig });
    const check = await runInProcess(["check", "--limit", "1000", "--format", "json", ...args, "t.yaml"], { cwd });
    assert.equal(JSON.parse(check.stdout).pools[0].claimed, a + b);
    const resolve = await runInProcess(["resolve", "--format", "json", ...args, "t.yaml"], { cwd });
    const { functions } = JSON.parse(resolve.stdout).files[0];
    assert.deepEqual(
      functions.map(({ reserved }: { reserved: number }) => reserved),
      [a, b],
    );
  });
}
