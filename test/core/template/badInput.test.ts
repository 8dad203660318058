// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of CloudFormation
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { resolveText } from "./sources.ts";

const folder = join(import.meta.dirname, "../../fixtures/templates");
const fixtures = readdirSync(folder)
  .filter((name) => !name.endsWith(".expected.json"))
  .map((name) => readFileSync(join(folder, name), "utf8"));

const head = "Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, x]}\n";
const owner =
  "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      ReservedConcurrentExecutions: ";

/** A list of anchors each of which stands for the one before, twice. */
function doubling(times: number, seed: string, twice: (name: string) => string): string {
  const lines = [`  - &a0 ${seed}`];
  for (let i = 1; i < times; i++) lines.push(`  - &a${i} ${twice(`*a${i - 1}`)}`);
  return `Bomb:\n${lines.join("\n")}\n`;
}

const hostile: readonly (readonly [string, string])[] = [
  ["lists of lists", `${doubling(40, "[1, 2]", (a) => `[${a}, ${a}]`)}${owner}!Select [0, *a39]\n`],
  [
    "merges of merges",
    `${doubling(40, "{k: 1}", (a) => `{<<: [${a}, ${a}]}`)}Resources:\n  F: {Type: AWS::Lambda::Function, Properties: *a39}\n`,
  ],
  ["branches of branches", `${doubling(60, "5", (a) => `!If [C, ${a}, ${a}]`)}${head}${owner}*a59\n`],
  [
    "conditions of conditions",
    `${doubling(60, "!Equals [!Ref P, x]", (a) => `!And [${a}, ${a}]`)}Conditions: {C: *a59}\n${owner}!If [C, 1, 2]\n`,
  ],
  [
    "resources that merge themselves",
    "Resources: &r\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      <<: *r\n      ReservedConcurrentExecutions: *r\n",
  ],
  [
    "aliases of aliases",
    `Resources:\n${Array.from({ length: 3000 }, (_, i) => `  A${i}: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref A${i + 1}, ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 1}}}`).join("\n")}\n`,
  ],
  [
    "a long chain of conditions",
    `Conditions:\n${Array.from({ length: 3000 }, (_, i) => `  C${i}: !Not [!Condition C${i + 1}]`).join("\n")}\n${owner}!If [C0, 1, 2]\n`,
  ],
];

for (const [name, text] of hostile) {
  test(`${name} end without a number`, { timeout: 30_000 }, () => {
    const template = resolveText(text);
    assert.ok(template.functions.every((one) => typeof one.reserved.value !== "number"));
  });
}

test("loops that multiply are cut, and the cut is named", { timeout: 30_000 }, () => {
  const items = JSON.stringify(Array.from({ length: 200 }, (_, i) => `a${i}`));
  let body = '{"F${A}${B}${C}":{"Type":"AWS::Lambda::Function"}}';
  for (const name of ["A", "B", "C"]) body = `{"Fn::ForEach::L${name}":["${name}",${items},${body}]}`;
  const template = resolveText(`{"Transform":"AWS::LanguageExtensions","Resources":${body}}`);
  assert.ok(template.functions.length <= 10_000);
  assert.ok(
    template.blindSpots.some(({ reason }) => reason === "loop LA makes more than 10,000 entries: the rest is not read"),
  );
});

test("a template with any slice cut out is read without an exception, with places inside it", {
  timeout: 30_000,
}, () => {
  fc.assert(
    fc.property(fc.constantFrom(...fixtures), fc.nat(), fc.nat(60), (text, from, length) => {
      const start = from % text.length;
      const cut = text.slice(0, start) + text.slice(start + length);
      for (const one of resolveText(cut).functions) {
        for (const place of [one.place, one.extent, one.reserved.place, ...one.provisioned.map((item) => item.place)]) {
          assert.ok(place.start >= 0 && place.start <= place.end && place.end <= cut.length);
        }
      }
    }),
    { numRuns: 500, seed: 7 },
  );
});

const anything = [
  "[]",
  "{}",
  "5",
  "",
  "!Ref X",
  "!If [a, b]",
  "{Ref: [1]}",
  "[[[1]]]",
  "&x [*x]",
  "{Fn::If: 3}",
  "{Fn::Transform: {}}",
];
const keys = [
  "Parameters",
  "Mappings",
  "Conditions",
  "Globals",
  "Transform",
  "Type",
  "Properties",
  "FunctionName",
  "ScalingConfig",
  "Events",
  "Condition",
  "Default",
  "AllowedValues",
];

test("a wrong type anywhere is read without an exception", () => {
  for (const text of fixtures) {
    for (const key of keys) {
      for (const value of anything) {
        const changed = text.replace(new RegExp(`(\\b${key}"?: ?)[^\\n]*`, "g"), (_, before: string) => before + value);
        assert.ok(Array.isArray(resolveText(changed).functions), `${key}: ${value}`);
      }
    }
  }
});
