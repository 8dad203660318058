import assert from "node:assert/strict";
import { test } from "node:test";
import type { Place, Setting } from "#core";
import { resolveText } from "./sources.ts";

const text = `Transform: AWS::Serverless-2016-10-31
Parameters:
  Size: {Type: Number, Default: 4}
Mappings:
  Sizes:
    large: {Count: 70}
Conditions:
  Big: !Equals [!Ref Size, 4]
Globals:
  Function:
    ReservedConcurrentExecutions: !Ref Size
Resources:
  Inherits:
    Type: AWS::Serverless::Function
  Literal:
    Type: AWS::Serverless::Function
    Properties:
      ReservedConcurrentExecutions: 12
  Short:
    Type: AWS::Serverless::Function
    Properties:
      ReservedConcurrentExecutions: !If [Big, !FindInMap [Sizes, large, Count], 1]
  Long:
    Type: AWS::Serverless::Function
    Properties:
      ReservedConcurrentExecutions: {"Fn::If": [Big, 2, 1]}
  Absent:
    Type: AWS::Lambda::Function
    Properties:
      Handler: a.b
  Alias:
    Type: AWS::Lambda::Alias
    Properties:
      FunctionName: !Ref Absent
      Name: live
      ProvisionedConcurrencyConfig:
        ProvisionedConcurrentExecutions: 3
`;

const template = resolveText(text);

function at(place: Place | undefined): string | undefined {
  return place && text.slice(place.start, place.end);
}

function described(setting: Setting | undefined) {
  return {
    place: at(setting?.place),
    origin: setting?.origin,
    value: setting?.value,
    sources: setting?.sources.map(({ what, place }) => [what, at(place)]),
  };
}

function reserved(id: string) {
  return described(template.functions.find((one) => one.logicalId === id)?.reserved);
}

test("an inherited value stands on the logical id and leads back to Globals and the parameter", () => {
  assert.deepEqual(reserved("Inherits"), {
    place: "Inherits",
    origin: "globals",
    value: 4,
    sources: [
      ["Globals.Function", "!Ref Size"],
      ["parameter Size (Default)", "4"],
    ],
  });
});

test("a literal stands where it is written and has no source", () => {
  assert.deepEqual(reserved("Literal"), { place: "12", origin: "literal", value: 12, sources: [] });
});

test("a computed value stands on the whole intrinsic, tag included, nearest source first", () => {
  assert.deepEqual(reserved("Short"), {
    place: "!If [Big, !FindInMap [Sizes, large, Count], 1]",
    origin: "intrinsic",
    value: 70,
    sources: [
      ["condition Big (true)", "Big"],
      ["parameter Size (Default)", "4"],
      ["mapping Sizes.large.Count", "70"],
    ],
  });
});

test("the long form stands on its mapping", () => {
  assert.equal(reserved("Long").place, '{"Fn::If": [Big, 2, 1]}');
});

test("what is not written stands on the logical id", () => {
  assert.deepEqual(reserved("Absent"), { place: "Absent", origin: "absent", value: null, sources: [] });
});

test("provisioned concurrency of an alias stands on its number", () => {
  const absent = template.functions.find((one) => one.logicalId === "Absent");
  assert.deepEqual(described(absent?.provisioned[0]), { place: "3", origin: "literal", value: 3, sources: [] });
});

test("a function knows its key, its extent and where its properties are", () => {
  const literal = template.functions.find((one) => one.logicalId === "Literal");
  assert.equal(at(literal?.place), "Literal");
  assert.match(
    at(literal?.extent) ?? "",
    /^Literal:\n {4}Type: AWS::Serverless::Function\n {4}Properties:\n {6}Reserved\w+: 12$/,
  );
  assert.equal(at(literal?.properties), "ReservedConcurrentExecutions: 12");
});

test("the global reservation lists who inherits it", () => {
  assert.deepEqual(described(template.globalReserved?.setting), {
    place: "!Ref Size",
    origin: "intrinsic",
    value: 4,
    sources: [["parameter Size (Default)", "4"]],
  });
  assert.deepEqual(template.globalReserved?.inheritedBy, ["Inherits"]);
});

test("a value given from outside names the giver", () => {
  const given = resolveText(text, { Size: "9" });
  const inherits = given.functions.find((one) => one.logicalId === "Inherits");
  assert.equal(inherits?.reserved.value, 9);
  assert.deepEqual(
    inherits?.reserved.sources.map(({ what }) => what),
    ["Globals.Function", "parameter Size (test)"],
  );
});

test("an anchor is named as the source of its alias", () => {
  const aliased = resolveText(
    "Resources:\n  A:\n    Type: AWS::Lambda::Function\n    Properties: {ReservedConcurrentExecutions: &n 5}\n  B:\n    Type: AWS::Lambda::Function\n    Properties: {ReservedConcurrentExecutions: *n}\n",
  );
  const b = aliased.functions[1]?.reserved;
  assert.equal(b?.value, 5);
  assert.deepEqual(
    b?.sources.map(({ what }) => what),
    ["anchor n"],
  );
});
