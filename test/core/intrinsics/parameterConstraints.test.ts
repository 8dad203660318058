import assert from "node:assert/strict";
import { test } from "node:test";
import { judgeOf } from "#core/intrinsics/parameterConstraints.ts";
import { declarationOf } from "#core/intrinsics/parameterDeclaration.ts";
import { rootOf } from "#core/syntax/lookup.ts";
import { parse } from "#core/syntax/parse.ts";

/** What is wrong with a value, and what to give instead; undefined when nothing is known against it. */
function problemOf(declaration: string, text: string): string | undefined {
  const found = judgeOf(declarationOf(rootOf(parse(declaration, "template"))))(text);
  return found && `${found.problem}: ${found.advice}`;
}

const table: readonly (readonly [declaration: string, value: string, problem: string | undefined])[] = [
  ["{ Type: Number, MaxValue: 50 }", "50", undefined],
  ["{ Type: Number, MaxValue: 50 }", "51", "is 51, above its MaxValue of 50: at most 50"],
  ["{ Type: Number, MinValue: 0.5 }", "0.4", "is 0.4, below its MinValue of 0.5: at least 0.5"],
  ["{ Type: Number }", "many", 'is "many", which is no number: a number'],
  ["{ Type: Number }", "", 'is "", which is no number: a number'],
  ["{ Type: Number }", "1e3", undefined],
  ["{ Type: Number, AllowedValues: [1, 2] }", "3", "is 3, which is none of its AllowedValues (1, 2): one of these"],
  ["{ Type: Number, AllowedValues: [1, 2] }", "1.0", undefined],
  ["{ Type: String, AllowedValues: [dev, prod] }", "prod", undefined],
  [
    "{ Type: String, AllowedValues: [dev, prod] }",
    "Prod",
    'is "Prod", which is none of its AllowedValues (dev, prod): one of these',
  ],
  [
    "{ Type: String, AllowedValues: [yes, 010] }",
    "yes",
    'is "yes", which is none of its AllowedValues (true, 8): one of these',
  ],
  ["{ Type: String, AllowedValues: [1, !Ref X, { a: b }] }", "2", undefined],
  [
    "{ Type: String, AllowedValues: [a, b, c, d, e, f, g, h, i, j] }",
    "z",
    'is "z", which is none of its AllowedValues (a, b, c, d, e, f, g, h and 2 more): one of these',
  ],
  ["{ Type: String, MinValue: 5 }", "1", undefined],
  ["{ Type: String, MinLength: 3 }", "ab", 'is "ab", shorter than its MinLength of 3: at least 3 characters'],
  ["{ Type: String, MaxLength: 3 }", "abcd", 'is "abcd", longer than its MaxLength of 3: at most 3 characters'],
  ["{ Type: String, AllowedPattern: '[a-z]*' }", "abc", undefined],
  [
    "{ Type: String, AllowedPattern: '[a-z]*' }",
    "abc1",
    'is "abc1", which its AllowedPattern [a-z]* does not match: a value that does',
  ],
  ["{ Type: String, AllowedPattern: '(?=x)[a-z]*' }", "abc1", undefined],
  [
    "{ Type: AWS::EC2::KeyPair::KeyName, AllowedValues: [a] }",
    "b",
    'is "b", which is none of its AllowedValues (a): one of these',
  ],
  ["{ Type: CommaDelimitedList, AllowedValues: [a, b] }", "a, b", undefined],
  [
    "{ Type: CommaDelimitedList, AllowedValues: [a, b] }",
    "a, c",
    'holds "c", which is none of its AllowedValues (a, b): one of these',
  ],
  [
    "{ Type: CommaDelimitedList, AllowedPattern: '[a-z]' }",
    "a,bc",
    'holds "bc", which its AllowedPattern [a-z] does not match: a value that does',
  ],
  ["{ Type: CommaDelimitedList, AllowedValues: ['a,b', c] }", "a,b", undefined],
  ["{ Type: String, MinLength: 1 }", "", 'is "", shorter than its MinLength of 1: at least 1 character'],
  ["{ Type: CommaDelimitedList, MaxLength: 3 }", "abcd,e", undefined],
  ["{ Type: List<Number>, MaxValue: 9 }", "1,10", "holds 10, above its MaxValue of 9: at most 9"],
  ["{ Type: AWS::SSM::Parameter::Value<Number>, AllowedPattern: '/app/.*' }", "/app/size", undefined],
  [
    "{ Type: AWS::SSM::Parameter::Value<Number>, AllowedPattern: '/app/.*' }",
    "/other",
    'is "/other", which its AllowedPattern /app/.* does not match: a value that does',
  ],
  [
    "{ Type: AWS::SSM::Parameter::Value<List<String>>, AllowedValues: [/a] }",
    "/a,/b",
    'is "/a,/b", which is none of its AllowedValues (/a): one of these',
  ],
  [
    "{ Type: String, NoEcho: true, MinLength: 9 }",
    "secret",
    "is a value (NoEcho), shorter than its MinLength of 9: at least 9 characters",
  ],
  ["", "anything", undefined],
];

for (const [declaration, value, problem] of table) {
  test(`${JSON.stringify(value)} for ${declaration || "no declaration"}: ${problem ?? "nothing against it"}`, () => {
    assert.equal(problemOf(declaration, value), problem);
  });
}

test("a value that would take too many steps is not judged by the pattern", () => {
  const declaration = "{ Type: String, AllowedPattern: '(a?){300}' }";
  assert.match(problemOf(declaration, "b") ?? "", /does not match/);
  assert.equal(problemOf(declaration, "b".repeat(100_000)), undefined);
});
