// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of CloudFormation
import assert from "node:assert/strict";
import { test } from "node:test";
import { resolveText } from "./sources.ts";

const child = `Parameters:
  Size: {Type: Number, Default: 1}
  Stage: {Type: String, Default: dev}
  Names: {Type: CommaDelimitedList, Default: ""}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      ReservedConcurrentExecutions: !If [IsProd, !Ref Size, 2]
  Count:
    Type: AWS::Lambda::Function
    Properties:
      ReservedConcurrentExecutions: {"Fn::Length": !Ref Names}
`;

function stack(location: string, parameters = "{}", more = ""): string {
  return `Parameters:
  Stage: {Type: String, AllowedValues: [prod, test]}
Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ${location}
      Parameters: ${parameters}
${more}`;
}

test("a child is resolved under the values that its parent passes on", () => {
  const parent = resolveText(stack("./apps/child.yaml", "{Size: 30, Stage: prod}"), {}, { "apps/child.yaml": child });
  const fn = parent.nested[0]?.template?.functions[0];
  assert.equal(fn?.reserved.value, 30);
  assert.deepEqual(
    fn?.reserved.sources.map(({ what }) => what),
    ["condition IsProd (true)", "parameter Stage (parameters of Child)", "parameter Size (parameters of Child)"],
  );
  assert.deepEqual(parent.reads, ["file:///w/template.yaml", "file:///w/apps/child.yaml"]);
});

test("alternatives of the parent bound the child", () => {
  const parent = resolveText(stack("child.yaml", "{Size: 30, Stage: !Ref Stage}"), {}, { "child.yaml": child });
  assert.deepEqual(parent.nested[0]?.template?.functions[0]?.reserved.value, {
    unknown: "condition IsProd is not decided: parameter Stage has no default and no value is given",
    min: 2,
    max: 30,
  });
});

test("what the parent does not know lies within what the child's parameter allows", () => {
  const inner = `Parameters:
  Listed: {Type: Number, Default: 1, AllowedValues: [4, 8]}
  Only: {Type: Number, AllowedValues: [6]}
  Ranged: {Type: Number, MinValue: 2, MaxValue: 20}
  Apart: {Type: Number, MinValue: 50}
Resources:
${["Listed", "Only", "Ranged", "Apart"]
  .map(
    (name) => `  ${name}F: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: !Ref ${name}}}\n`,
  )
  .join("")}`;
  const late = "!GetAtt Other.Number";
  const parent = resolveText(
    stack("child.yaml", `{Listed: ${late}, Only: ${late}, Ranged: !Ref Most, Apart: !Ref Most}`).replace(
      "Parameters:\n",
      "Parameters:\n  Most: {Type: Number, MinValue: 1, MaxValue: 9}\n",
    ),
    {},
    { "child.yaml": inner },
  );
  const why = "parameter Most has no default and no value is given";
  assert.deepEqual(
    parent.nested[0]?.template?.functions.map(({ reserved }) => reserved.value),
    [
      { unknown: "parameter Listed: Other.Number only exists after deployment", min: 4, max: 8 },
      6,
      { unknown: why, min: 2, max: 9 },
      { unknown: why, min: 1, max: 9 },
    ],
  );
});

test("a list travels to the child as text with commas", () => {
  const parent = resolveText(stack("child.yaml", "{Names: [a, b, c]}"), {}, { "child.yaml": child });
  assert.equal(parent.nested[0]?.template?.functions[1]?.reserved.value, 3);
});

test("SAM applications are nested stacks too", () => {
  const parent = resolveText(
    "Resources:\n  App:\n    Type: AWS::Serverless::Application\n    Properties: {Location: child.yaml}\n",
    {},
    { "child.yaml": child },
  );
  assert.deepEqual(
    parent.nested[0]?.template?.functions.map((one) => one.reserved.value),
    [2, 0],
  );
});

test("the CDK's metadata names the local file of a nested template", () => {
  const parent = resolveText(
    stack("!Sub https://s3.${AWS::URLSuffix}/x", "{}", "    Metadata: {aws:asset:path: Child.nested.template.json}\n"),
    {},
    { "Child.nested.template.json": child },
  );
  assert.equal(parent.nested[0]?.template?.functions.length, 2);
});

const unresolved: readonly (readonly [string, string, string])[] = [
  ["a URL", "https://s3.amazonaws.com/b/t.yaml", "its template is remote: https://s3.amazonaws.com/b/t.yaml"],
  ["a bucket", "s3://b/t.yaml", "its template is remote: s3://b/t.yaml"],
  ["an attribute", "!GetAtt Other.Url", "its location is not decided: Other.Url only exists after deployment"],
  ["a missing file", "nowhere.yaml", "file:///w/nowhere.yaml was not found."],
  ["a file that is no template", "other.json", "its file is not a template"],
  ["itself", "template.yaml", "it nests itself"],
  ["nothing", "", "it names no template"],
];

for (const [name, location, unknown] of unresolved) {
  test(`a nested stack of ${name} is unknown and says why`, () => {
    const [nested] = resolveText(
      stack(location),
      {},
      { "other.json": '{"a":1}', "template.yaml": stack(location) },
    ).nested;
    assert.equal(nested?.template, undefined);
    assert.equal(nested?.unknown, unknown);
  });
}

test("stacks that nest each other in a circle end", () => {
  const ring = { "template.yaml": stack("b.yaml"), "b.yaml": stack("c.yaml"), "c.yaml": stack("b.yaml") };
  const parent = resolveText(stack("b.yaml"), {}, ring);
  assert.equal(parent.nested[0]?.template?.nested[0]?.template?.nested[0]?.unknown, "it nests itself");
});

test("stacks that multiply at each level end", () => {
  const texts: Record<string, string> = {};
  for (let level = 0; level < 16; level++) {
    const two = (id: string) =>
      `  ${id}:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: l${level + 1}.yaml}\n`;
    texts[`l${level}.yaml`] = `Resources:\n${two("A")}${two("B")}`;
  }
  const parent = resolveText(texts["l0.yaml"] ?? "", {}, texts);
  assert.equal(parent.nested.length, 2);
});

test("a nested stack whose condition is false is absent, one that is open carries it", () => {
  const text = (equals: string) =>
    `${stack("child.yaml", "{}", "    Condition: C\n")}Conditions:\n  C: !Equals [!Ref Stage, ${equals}]\n`;
  assert.equal(resolveText(text("mars"), {}, { "child.yaml": child }).nested.length, 0);
  assert.equal(resolveText(text("prod"), {}, { "child.yaml": child }).nested[0]?.condition, "C");
});

test("account and Region given for the parent hold for the child, the stack name does not", () => {
  const named = (name: string) =>
    `Resources:\n  F: {Type: AWS::Lambda::Function, Properties: {FunctionName: !Ref ${name}}}\n`;
  const given = { "AWS::Region": "eu-west-1", "AWS::StackName": "orders" };
  const name = (ref: string) =>
    resolveText(stack("child.yaml"), given, { "child.yaml": named(ref) }).nested[0]?.template?.functions[0]?.name;
  assert.equal(name("AWS::Region"), "eu-west-1");
  assert.deepEqual(name("AWS::StackName"), { unknown: "AWS::StackName depends on where the stack is deployed" });
});

test("a location that is no file name is unknown, and nothing breaks", () => {
  const child = (location: string) => resolveText(stack(location)).nested[0];
  assert.equal(child("file:////child.yaml")?.unknown, "its location is no file: file:////child.yaml");
  for (const location of [String.raw`"\uD83D.yaml"`, String.raw`"file:///\uD83D.yaml"`, String.raw`"C:\\\uDC00"`])
    assert.match(child(location)?.unknown ?? "", /was not found/, location);
});
