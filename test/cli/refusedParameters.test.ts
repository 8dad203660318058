import assert from "node:assert/strict";
import { test } from "node:test";
import { folderOf } from "./cli.ts";
import { runInProcess } from "./inProcess.ts";

const template = `Transform: AWS::Serverless-2016-10-31
Parameters:
  Workers: { Type: Number, Default: 5, MaxValue: 50 }
  Size: { Type: String, Default: small, AllowedValues: [small, big] }
Mappings: { M: { small: { R: 2 }, big: { R: 20 }, huge: { R: 90 } } }
Resources:
  A:
    Type: AWS::Serverless::Function
    Properties: { ReservedConcurrentExecutions: !Ref Workers }
  B:
    Type: AWS::Serverless::Function
    Properties: { ReservedConcurrentExecutions: !FindInMap [M, !Ref Size, R] }
`;
const samconfig = `version = 0.1
[default.deploy.parameters]
parameter_overrides = "Workers=60 Size=huge"
`;

test("check says at the samconfig which values CloudFormation refuses, counts none of them, and the pool does not fit", async (t) => {
  const cwd = folderOf(t, { "t.yaml": template, "samconfig.toml": samconfig });
  const { code, stdout } = await runInProcess(["check", "--format", "json", "t.yaml"], { cwd });
  assert.equal(code, 1);
  const { pools, findings } = JSON.parse(stdout);
  const [{ claimed, verdict, refused }] = pools;
  assert.deepEqual([claimed, verdict, refused], [0, "depends", true]);
  const short = findings.map(({ rule, severity, file, range }: Record<string, unknown>) => [
    rule,
    severity,
    file,
    range,
  ]);
  assert.deepEqual(short, [
    ["parameter-refused", "error", "samconfig.toml", rangeOf(2, 23, 33)],
    ["parameter-refused", "error", "samconfig.toml", rangeOf(2, 34, 43)],
  ]);
});

test("resolve lists what is refused of each function, and calls it so", async (t) => {
  const cwd = folderOf(t, { "t.yaml": template, "samconfig.toml": samconfig });
  const { stdout } = await runInProcess(["resolve", "--format", "json", "t.yaml"], { cwd });
  const [{ functions }] = JSON.parse(stdout).files;
  const [a] = functions;
  assert.deepEqual(a.reserved, { unknown: "refused: parameter Workers is 60, above its MaxValue of 50" });
  assert.deepEqual(a.refused, [
    {
      property: "ReservedConcurrentExecutions",
      rule: "parameter-refused",
      message:
        "Parameter Workers (samconfig.toml [default]) is 60, above its MaxValue of 50: CloudFormation refuses the deployment. Give it at most 50.",
    },
  ]);
  const text = await runInProcess(["resolve", "t.yaml"], { cwd });
  assert.match(text.stdout, /^ {2}A +- +refused: parameter Workers is 60, above its MaxValue of 50$/m);
});

test("values that are allowed count, several in one --parameter too", async (t) => {
  const cwd = folderOf(t, { "t.yaml": template, "samconfig.toml": samconfig });
  const given = ["--parameter", "Workers=50 Size=big"];
  const { stdout } = await runInProcess(["check", "--format", "json", ...given, "t.yaml"], { cwd });
  const { pools, findings } = JSON.parse(stdout);
  assert.deepEqual([pools[0].claimed, pools[0].verdict, pools[0].refused, findings], [70, "fits", undefined, []]);
});

function rangeOf(line: number, start: number, end: number) {
  return { start: { line, character: start }, end: { line, character: end } };
}
