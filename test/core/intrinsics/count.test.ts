// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of CloudFormation
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Value } from "#core";
import { resolveText } from "../template/sources.ts";

function valueIn(written: string, parameters: Readonly<Record<string, string>> = {}): Value | undefined {
  const text = `Parameters:\n  P: {Type: String}\n  N: {Type: Number, MinValue: 3}\nConditions:\n  C: !Equals [!Ref P, x]\nResources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      ReservedConcurrentExecutions: ${written}\n`;
  return resolveText(text, parameters).functions[0]?.reserved.value;
}

const cases: readonly (readonly [string, Value])[] = [
  ["5", 5],
  ["0", 0],
  ['"5"', 5],
  ["'0'", 0],
  ["1000000000000", 1_000_000_000_000],
  ["1_000", 1000],
  ["0x10", 16],
  ["", { unknown: "refused: null is not allowed in a template" }],
  ["null", { unknown: "refused: null is not allowed in a template" }],
  ["~", { unknown: "refused: null is not allowed in a template" }],
  ["!Ref AWS::NoValue", null],
  ["-1", -1],
  ["'-0'", 0],
  ["2.5", { unknown: "refused: 2.5 is not a whole number" }],
  ["5.0", { unknown: "refused: 5.0 is not a whole number" }],
  ['" 5 "', { unknown: '" 5 " is not written as a whole number' }],
  ['""', { unknown: "refused: an empty text is not a whole number" }],
  ["many", { unknown: 'refused: "many" is not a whole number' }],
  ["true", { unknown: "refused: true is not a whole number" }],
  ["99999999999999999999", { unknown: "refused: 99999999999999999999 is too large" }],
  ["[5]", { unknown: "refused: a list stands where a whole number belongs" }],
  ["{a: 5}", { unknown: "refused: a mapping stands where a whole number belongs" }],
  ["!Ref P", { unknown: "parameter P has no default and no value is given" }],
  ["!Ref N", { unknown: "parameter N has no default and no value is given", min: 3 }],
  ["!Ref Q", { unknown: "refused: Q is not declared" }],
  ["!Ref F", { unknown: "the name of F only exists after deployment" }],
  ["!GetAtt Q.Arn", { unknown: "refused: Q is not declared" }],
  ["!ImportValue x", { unknown: "Fn::ImportValue reads another stack's export at deployment" }],
  ["'{{resolve:ssm:/a/b:1}}'", { unknown: "a dynamic reference ({{resolve:ssm:…}}) is read at deployment" }],
  [
    "!If [C, !Ref N, 20]",
    { unknown: "condition C is not decided: parameter P has no default and no value is given", min: 3 },
  ],
  [
    "!If [C, abc, 20]",
    { unknown: "condition C is not decided: parameter P has no default and no value is given", min: 20, max: 20 },
  ],
  ["+5", 5],
  ['"+5"', { unknown: '"+5" is not written as a whole number' }],
  ["1e3", { unknown: '"1e3" is not written as a whole number' }],
  ["!If [C, -1, many]", { unknown: "refused: -1 is below 0" }],
  ["!If [C, 5]", { unknown: "Fn::If needs a condition and two values" }],
  ["!If [Nowhere, 5, 6]", { unknown: "refused: condition Nowhere is not declared" }],
  ["!If [Nowhere, 5, 5]", { unknown: "refused: condition Nowhere is not declared" }],
  ["!If [Nowhere, 5, !Ref AWS::NoValue]", { unknown: "refused: condition Nowhere is not declared" }],
  ["!Sub '${P}0'", { unknown: "parameter P has no default and no value is given" }],
  ["!Sub ['${A}${B}', {A: 1, B: 2}]", 12],
  ["!Join ['', [1, !Ref AWS::NoValue, '2']]", 12],
  ["!Select [1, !Split ['-', 'a-7']]", 7],
  ["!Select ['0', [8, 9]]", 8],
  ["!Select [2, [8, 9]]", { unknown: "Fn::Select asks for item 2 of 2 (the first is 0)" }],
  ["!Split ['', 'a-7']", { unknown: "Fn::Split needs a delimiter that is not empty" }],
  ["{'Fn::Length': [a, b, c]}", 3],
  ["*nowhere", { unknown: "it is an alias of an anchor that is not there" }],
  ["!Base64 x", { unknown: "Fn::Base64 is not evaluated here" }],
  ["!Foo 5", { unknown: "!Foo is not a value" }],
  ["!FindInMap [Nowhere, a, b]", { unknown: "refused: mapping Nowhere is not declared" }],
  ["!FindInMap [Nowhere, a, b, {DefaultValue: 0}]", { unknown: "mapping Nowhere is not declared" }],
  ["!Condition C", { unknown: "a condition is not a value" }],
];

for (const [written, expected] of cases) {
  test(`${written || "an empty value"} is ${JSON.stringify(expected)}`, () =>
    assert.deepEqual(valueIn(written), expected));
}

test("a default value stands in for a mapping that a whole template does not declare", () => {
  const text = `Transform: AWS::LanguageExtensions\nResources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: {ReservedConcurrentExecutions: !FindInMap [Nowhere, a, b, {DefaultValue: 3}]}\n`;
  assert.equal(resolveText(text).functions[0]?.reserved.value, 3);
});

test("a given value is read like a written one", () => {
  assert.equal(valueIn("!Ref P", { P: "12" }), 12);
  assert.equal(valueIn("!Sub '${P}0'", { P: "12" }), 120);
  assert.deepEqual(valueIn("!Ref P", { P: "-3" }), -3);
});

test("nesting without end is unknown, not an exception", () => {
  const deep = (times: number) => `${'{"Fn::If": [C, '.repeat(times)}5${", 6]}".repeat(times)}`;
  const value = valueIn(deep(500));
  assert.ok(typeof value === "object" && value !== null);
  assert.match(value.unknown, /^condition C is not decided/);
  assert.equal(value.max, undefined);
});
