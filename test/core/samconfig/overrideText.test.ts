import assert from "node:assert/strict";
import { test } from "node:test";
import { readAssignments, readOverrideText } from "#core/samconfig/overrideText.ts";

/** What SAM CLI makes of one string of `parameter_overrides`; undefined where it refuses it. */
const cases: readonly (readonly [text: string, expected: Readonly<Record<string, string>> | undefined])[] = [
  ["A=1", { A: "1" }],
  ["A=1 B=2", { A: "1", B: "2" }],
  ["  A=1   B=2  ", { A: "1", B: "2" }],
  ['A="x y" B=2', { A: "x y", B: "2" }],
  ["A='x y' B=2", { A: "x y", B: "2" }],
  ['A="it\'s" B=\'say "x"\'', { A: "it's", B: 'say "x"' }],
  ['A="x \\"y\\" z"', { A: 'x "y" z' }],
  ["A='x \\'y\\' z'", { A: "x 'y' z" }],
  ["A=x\\ y B=2", { A: "x y", B: "2" }],
  ['A=""', { A: "" }],
  ["A='' B=2", { A: "", B: "2" }],
  ['"A"=1', { A: "1" }],
  ['"A"="1"', { A: "1" }],
  ["A=k=v", { A: "k=v" }],
  ["A=1,2,3", { A: "1,2,3" }],
  ["A=1 A=2", { A: "2" }],
  ["A=C:\\\\dir", { A: "C:\\\\dir" }],
  ["A=arn:aws:sns:eu-west-1:123456789012:t", { A: "arn:aws:sns:eu-west-1:123456789012:t" }],
  // A name with another character is searched from behind it, so nothing precedes it by a blank: not found.
  ["My-Key=1", undefined],
  ["My-Key=1 B=2", { B: "2" }],
  // A blank around the equals sign is no assignment.
  ["A = 1", undefined],
  // A line break is part of the value, only blanks separate.
  ["A=1\nB=2", { A: "1\nB=2" }],
  ["ParameterKey=A,ParameterValue=1", { A: "1" }],
  ["ParameterKey=A,ParameterValue=1 ParameterKey=B,ParameterValue='x y'", { A: "1", B: "x y" }],
  ['ParameterKey="A",ParameterValue="1"', { A: "1" }],
  ["ParameterKey=A,ParameterValue=1,UsePreviousValue=true", { A: "1,UsePreviousValue=true" }],
  // Both spellings in one string: the short one is ignored.
  ["ParameterKey=A,ParameterValue=1 B=2", { A: "1" }],
  ["B=2 ParameterKey=A,ParameterValue=1", { A: "1" }],
  // Without the value's half, the long spelling is a short one named ParameterKey.
  ["ParameterKey=A", { ParameterKey: "A" }],
  ["", undefined],
  ["nothing", undefined],
  ["=1", undefined],
  ['A="open', undefined],
  ['A=1 B="open C=3', { A: "1", C: "3" }],
];

for (const [text, expected] of cases) {
  test(`${JSON.stringify(text)} is ${expected ? JSON.stringify(expected) : "refused"}`, () => {
    const assignments = readOverrideText(text);
    assert.deepEqual(assignments && Object.fromEntries(assignments.map(({ name, value }) => [name, value])), expected);
  });
}

const given: readonly (readonly [text: string, assignments: readonly (readonly [string, string])[] | undefined])[] = [
  ["A=1", [["A", "1"]]],
  ["A=", [["A", ""]]],
  ["A=x y", [["A", "x y"]]],
  ["A='x'", [["A", "'x'"]]],
  ["A=a=b", [["A", "a=b"]]],
  [
    "A=1 B=2",
    [
      ["A", "1"],
      ["B", "2"],
    ],
  ],
  [
    "A='x y' B=\"2 3\"",
    [
      ["A", "x y"],
      ["B", "2 3"],
    ],
  ],
  [
    "A=x\\ y B=2",
    [
      ["A", "x y"],
      ["B", "2"],
    ],
  ],
  ["ParameterKey=A,ParameterValue=1", [["A", "1"]]],
  [
    "ParameterKey=A,ParameterValue=1 ParameterKey=B,ParameterValue=2",
    [
      ["A", "1"],
      ["B", "2"],
    ],
  ],
  ["A=x y B=2", undefined],
  ["A=1 ParameterKey=B,ParameterValue=2", undefined],
  ["A", undefined],
  ["=1", undefined],
];

for (const [text, assignments] of given) {
  test(`on the command line ${text} ${assignments ? `sets ${assignments.map(([name]) => name)}` : "is refused"}`, () => {
    assert.deepEqual(
      readAssignments(text)?.map(({ name, value }) => [name, value]),
      assignments,
    );
  });
}
