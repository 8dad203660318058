import assert from "node:assert/strict";
import { test } from "node:test";
import { readParameterFile } from "#core/samconfig/parameterFile.ts";

const uri = "file:///w/params.json";

function read(text: string) {
  const { parameters, problems } = readParameterFile(uri, text);
  return {
    parameters: Object.fromEntries([...parameters].map(([name, { value }]) => [name, value])),
    problems: problems.map(({ place, message }) => `«${text.slice(place.start, place.end)}» ${message}`),
  };
}

const cases: readonly (readonly [name: string, text: string, parameters: Readonly<Record<string, unknown>>])[] = [
  [
    "the list of create-stack",
    '[{"ParameterKey": "A", "ParameterValue": "1"}, {"ParameterKey": "B", "ParameterValue": "x y", "UsePreviousValue": false}]',
    { A: "1", B: "x y" },
  ],
  ["the list of assignments of deploy", '["A=1", "B=k=v", "C="]', { A: "1", B: "k=v", C: "" }],
  [
    "a template configuration of CodePipeline",
    '{"Parameters": {"A": "1", "B": 2, "C": true}, "Tags": {"D": "x"}, "StackPolicy": {}}',
    { A: "1", B: "2", C: "true" },
  ],
  [
    "a deployment file of Git sync",
    "template-file-path: ./template.yaml\nparameters:\n  A: one\n  B: '007'\n  C: 007\ntags:\n  D: x\n",
    { A: "one", B: "007", C: "007" },
  ],
  [
    "the input of create-stack --cli-input-json",
    '{"StackName": "s", "Parameters": [{"ParameterKey": "A", "ParameterValue": "1"}], "Tags": []}',
    { A: "1" },
  ],
  ["a plain mapping", "A: 1\nB: [x, y]\nC:\n", { A: "1", B: "x,y", C: "" }],
  ["a file that only has tags", '{"Tags": {"D": "x"}}', {}],
  ["an empty list", "[]", {}],
];

for (const [name, text, parameters] of cases) {
  test(`reads ${name}`, () => assert.deepEqual(read(text), { parameters, problems: [] }));
}

test("a value kept from the deployed stack, or computed by the pipeline, is unknown", () => {
  assert.deepEqual(read('[{"ParameterKey": "A", "UsePreviousValue": true}]').parameters, {
    A: { unknown: "params.json keeps the value of A that the deployed stack has (UsePreviousValue)" },
  });
  assert.deepEqual(read('{"Parameters": {"A": {"Fn::GetParam": ["a", "b.json", "c"]}}}').parameters, {
    A: { unknown: "params.json computes the value of A when it is deployed" },
  });
});

test("each value has its place", () => {
  const text = '[{"ParameterKey": "A", "ParameterValue": "1"}]';
  const { parameters } = readParameterFile(uri, text);
  const place = parameters.get("A")?.source.place;
  assert.equal(text.slice(place?.start, place?.end), '"1"');
});

test("mistakes are problems at their place, the rest is read", () => {
  assert.deepEqual(read('["A=1", "B", {"ParameterKey": "C"}, {"ParameterValue": "x"}, [1]]'), {
    parameters: { A: "1" },
    problems: [
      '«"B"» params.json: "B" is no Key=Value.',
      '«{"ParameterKey": "C"}» params.json: C needs ParameterValue, or UsePreviousValue: true.',
      '«{"ParameterValue": "x"}» params.json: An entry needs ParameterKey and ParameterValue.',
      "«[1]» params.json: An entry needs ParameterKey and ParameterValue.",
    ],
  });
  assert.deepEqual(read("Parameters: { A: { Type: Number } }\nResources: {}\n"), {
    parameters: {},
    problems: ["«» params.json: This is a template, not a parameter file."],
  });
  for (const text of ["", "text", "5"]) assert.equal(read(text).problems.length, 1, text);
});
