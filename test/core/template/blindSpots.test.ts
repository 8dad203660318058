// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of CloudFormation
import assert from "node:assert/strict";
import { test } from "node:test";
import { claimOf } from "#core/ledger/claim.ts";
import { resolveText } from "./sources.ts";

function reasons(text: string): readonly string[] {
  return resolveText(text).blindSpots.map(({ reason }) => reason);
}

const bucket = "Resources:\n  A: {Type: AWS::S3::Bucket}\n";

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "transforms of AWS that add no reservation",
    `Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\n${bucket}`,
    [],
  ],
  ["a macro", `Transform: [MyMacro, AWS::Serverless-2016-10-31]\n${bucket}`, ["macro MyMacro may change the template"]],
  [
    "an include with parameters",
    `Transform: {Name: AWS::Include, Parameters: {Location: s3://b/x}}\n${bucket}`,
    ["AWS::Include adds parts of another file at deployment"],
  ],
  [
    "an include among the resources",
    "AWSTemplateFormatVersion: 2010-09-09\nResources:\n  Fn::Transform: {Name: AWS::Include}\n",
    ["Fn::Transform adds resources at deployment"],
  ],
  [
    "a module",
    "Resources:\n  M: {Type: My::Own::Thing::MODULE}\n",
    ["module My::Own::Thing::MODULE adds resources at deployment"],
  ],
  [
    "resources that are a list",
    "AWSTemplateFormatVersion: 2010-09-09\nResources: [a]\n",
    ["Resources is not a mapping"],
  ],
  ["no resources yet", "AWSTemplateFormatVersion: 2010-09-09\nResources:\n", []],
  [
    "a loop over a parameter without a value",
    "Transform: AWS::LanguageExtensions\nParameters:\n  Names: {Type: CommaDelimitedList}\nResources:\n  Fn::ForEach::L:\n    - N\n    - !Ref Names\n    - F${N}: {Type: AWS::Lambda::Function}\n",
    ["loop L runs over a list that is not decided: parameter Names has no default and no value is given"],
  ],
  [
    "a loop over a text",
    "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::L: [N, abc, {'F${N}': {Type: AWS::Lambda::Function}}]\n",
    ["loop L does not run over a list"],
  ],
  [
    "a loop that is not complete",
    "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::L: [N]\n  A: {Type: AWS::S3::Bucket}\n",
    ["loop L is not [identifier, list, mapping]"],
  ],
  [
    "a loop without the transform, which is still expanded",
    "Resources:\n  Fn::ForEach::L: [N, [a], {'F${N}': {Type: AWS::Lambda::Function}}]\n",
    ["Fn::ForEach needs Transform: AWS::LanguageExtensions"],
  ],
  [
    "a loop that makes a resource twice",
    "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::L: [N, [a, b], {Same: {Type: AWS::Lambda::Function}}]\n",
    ["two loops or resources make Same"],
  ],
  [
    "an alias for a function elsewhere",
    "Resources:\n  A:\n    Type: AWS::Lambda::Alias\n    Properties: {FunctionName: other, Name: live, ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 5}}\n",
    ["A provisions 5 for a function that is not in this template"],
  ],
];

const scaled = (properties: string, capacity: string) =>
  `Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      AutoPublishAlias: live${properties}
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      MaxCapacity: ${capacity}
      ResourceId: !Join [":", [function, !Select [6, !Split [":", !GetAtt F.Arn]], live]]
      ServiceNamespace: lambda
`;

test("a scaling target moves the claim of a function without a reservation between its capacities", () => {
  const claimed = (properties: string, capacity: string) => {
    const [declared] = resolveText(scaled(properties, capacity)).functions;
    return declared && claimOf(declared).claim;
  };
  const provisioned = (count: number) =>
    `\n      ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: ${count}}`;
  assert.deepEqual(claimed("", "50"), { min: 0, max: 50 });
  assert.deepEqual(claimed(provisioned(5), "50\n      MinCapacity: 2"), { min: 5, max: 50 });
  assert.deepEqual(claimed(provisioned(5), "50\n      MinCapacity: 25"), { min: 25, max: 50 });
  assert.deepEqual(claimed(provisioned(60), "50"), { min: 60, max: 60 });
  assert.deepEqual(claimed("", "!ImportValue Most"), { min: 0, max: undefined });
  assert.deepEqual(reasons(scaled("", "50")), []);
});

test("a scaling target of a function elsewhere claims at most its maximum", () => {
  const text = scaled("", "50").replace("!GetAtt F.Arn", "!ImportValue Other");
  assert.deepEqual(
    resolveText(text).blindSpots.map(({ reason, most }) => [reason, most]),
    [["Target may raise the provisioned concurrency of a function to 50", 50]],
  );
});

test("a scaling target below a reservation hides nothing", () => {
  assert.deepEqual(reasons(scaled("\n      ReservedConcurrentExecutions: 60", "50")), []);
});

test("scaling targets of other services hide nothing", () => {
  assert.deepEqual(reasons(scaled("", "50").replace("ServiceNamespace: lambda", "ServiceNamespace: dynamodb")), []);
});

for (const [name, text, expected] of cases) {
  test(`blind spots of ${name}`, () => assert.deepEqual(reasons(text), expected));
}

test("a file that is no template has no functions and says so", () => {
  const template = resolveText("name: x\n");
  assert.deepEqual(template.functions, []);
  assert.deepEqual(
    template.blindSpots.map(({ reason }) => reason),
    ["this is not a template"],
  );
});

test("a function that a macro may complete has an unknown reservation", () => {
  const template = resolveText(
    "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Fn::Transform: {Name: AWS::Include}\n      Handler: a.b\n",
  );
  assert.deepEqual(template.functions[0]?.reserved.value, { unknown: "Fn::Transform may set it at deployment" });
});

test("a function whose properties are an intrinsic is refused", () => {
  const template = resolveText(
    "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: !If [C, {ReservedConcurrentExecutions: 5}, {}]\n",
  );
  assert.deepEqual(template.functions[0]?.reserved.value, {
    unknown: "refused: the properties of a resource cannot be an intrinsic function",
  });
});
