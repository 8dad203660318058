import assert from "node:assert/strict";
import { test } from "node:test";
import { resolveText } from "./sources.ts";

const child = `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Stage: { Type: String, Default: dev, AllowedValues: [dev, prod] }
  Size: { Type: Number, Default: 1 }
  Open: { Type: Number, MaxValue: 7, Default: 3 }
Mappings:
  Workers: { dev: { R: 5 }, prod: { R: 50 } }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Topic: { Type: AWS::SNS::Topic }
Outputs:
  Workers: { Value: !FindInMap [Workers, !Ref Stage, R] }
  Name: { Value: !Sub "orders-\${Stage}" }
  Same: { Value: !Ref Size }
  Arn: { Value: !Ref Topic }
  OnlyProd: { Condition: IsProd, Value: 9 }
`;

/** A parent with one nested stack and one function that reserves `value`. */
function reserved(value: string, parameters = "{}", more = "", files: Readonly<Record<string, string>> = {}) {
  const text = `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Stage: { Type: String, AllowedValues: [dev, prod] }
Mappings:
  M: { "5": { R: 500 } }
Conditions:
  Five: !Equals [!GetAtt Child.Outputs.Workers, "5"]
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: { ReservedConcurrentExecutions: ${value} }
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: child.yaml, Parameters: ${parameters} }
${more}`;
  const { functions } = resolveText(text, {}, { "child.yaml": child, ...files });
  return functions[0]?.reserved.value;
}

test("an output of a local nested stack is known under what the stack is given", () => {
  assert.equal(reserved("!GetAtt Child.Outputs.Workers"), 5);
  assert.equal(reserved("!GetAtt Child.Outputs.Workers", "{ Stage: prod }"), 50);
  assert.equal(reserved("{ Fn::GetAtt: [Child, Outputs.Workers] }", "{ Stage: prod }"), 50);
  assert.equal(reserved(`!Sub "\${Child.Outputs.Workers}"`, "{ Stage: prod }"), 50);
});

test("an output that is not decided keeps what bounds it, and says whose it is", () => {
  assert.deepEqual(reserved("!GetAtt Child.Outputs.Workers", "{ Stage: !Ref Stage }"), {
    unknown: "output Workers of Child is not decided: parameter Stage has no default and no value is given",
    min: 5,
    max: 50,
  });
  assert.deepEqual(reserved("!GetAtt Child.Outputs.Arn"), {
    unknown: "output Arn of Child is not decided: the name of Topic only exists after deployment",
  });
});

test("what is no output that certainly exists is not known", () => {
  const late = (path: string) => ({ unknown: `${path} only exists after deployment` });
  for (const path of ["F.Arn", "F.Outputs.X", "Child.Workers"])
    assert.deepEqual(reserved(`!GetAtt ${path}`), late(path));
  assert.equal(reserved("!GetAtt Child.Outputs.OnlyProd", "{ Stage: prod }"), 9);
  assert.deepEqual(reserved("!GetAtt Gone.Outputs.X", "{}", nesting("Gone", "gone.yaml")), late("Gone.Outputs.X"));
});

test("an output that a nested stack certainly has not is refused", () => {
  for (const written of ["!GetAtt Child.Outputs.Missing", `!Sub "\${Child.Outputs.Missing}"`]) {
    assert.deepEqual(reserved(written), { unknown: "refused: nested stack Child has no output Missing" });
  }
  assert.deepEqual(reserved("!GetAtt Child.Outputs.OnlyProd"), {
    unknown: "refused: nested stack Child has no output OnlyProd where condition IsProd is false",
  });
});

test("one nested stack hands an output to another, and to one nested deeper", () => {
  const files = {
    "outer.yaml": `AWSTemplateFormatVersion: "2010-09-09"
Parameters: { Given: { Type: Number } }
Resources:
  Inner:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: child.yaml, Parameters: { Size: !Ref Given } }
Outputs:
  Deep: { Value: !GetAtt Inner.Outputs.Same }
`,
  };
  const more = nesting("Outer", "outer.yaml", "{ Given: !GetAtt Child.Outputs.Workers }");
  assert.equal(reserved("!GetAtt Outer.Outputs.Deep", "{ Stage: prod }", more, files), 50);
});

test("stacks that are given each other's outputs, and templates that nest themselves, end undecided", () => {
  const circle = nesting("Other", "child.yaml", "{ Size: !GetAtt Child.Outputs.Same }");
  const value = reserved("!GetAtt Child.Outputs.Same", "{ Size: !GetAtt Other.Outputs.Same }", circle);
  assert.equal(typeof value, "object");
  const itself = `Resources:\n${nesting("Again", "self.yaml")}Outputs:\n  X: { Value: !GetAtt Again.Outputs.X }\n`;
  const self = { "self.yaml": `AWSTemplateFormatVersion: "2010-09-09"\n${itself}` };
  assert.equal(typeof reserved("!GetAtt Self.Outputs.X", "{}", nesting("Self", "self.yaml"), self), "object");
});

test("CloudFormation takes an output neither as a mapping key nor in a condition", () => {
  assert.deepEqual(reserved("!FindInMap [M, !GetAtt Child.Outputs.Workers, R]"), {
    unknown: "Fn::FindInMap cannot use an output of a nested stack as a key",
  });
  assert.deepEqual(reserved(`!FindInMap [M, !Sub "\${Child.Outputs.Workers}", R]`), {
    unknown: "Fn::FindInMap cannot use an output of a nested stack as a key",
  });
  assert.deepEqual(reserved("!If [Five, 1, 2]"), {
    unknown: "condition Five is not decided: a condition cannot use an output of a nested stack",
    min: 1,
    max: 2,
  });
});

test("nested stacks that multiply do not multiply the work", () => {
  const names = Array.from({ length: 12 }, (_, i) => `n${i}.yaml`);
  const files = Object.fromEntries(
    names.map((name, i) => {
      const next = names[i + 1] ?? "child.yaml";
      const both = `${nesting("A", next)}${nesting("B", next)}`;
      return [
        name,
        `AWSTemplateFormatVersion: "2010-09-09"\nResources:\n${both}Outputs:\n  X: { Value: !Sub "\${A.Outputs.X}\${B.Outputs.X}" }\n`,
      ];
    }),
  );
  assert.equal(typeof reserved("!GetAtt Top.Outputs.X", "{}", nesting("Top", "n0.yaml"), files), "object");
});

function nesting(id: string, url: string, parameters = "{}"): string {
  return `  ${id}:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: ${url}, Parameters: ${parameters} }\n`;
}
