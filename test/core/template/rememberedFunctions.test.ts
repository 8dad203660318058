import assert from "node:assert/strict";
import { test } from "node:test";
import { type Analysis, Workspace } from "#core";
import { MemoryFiles, uriOf } from "#support/memoryFiles.ts";

const template = `Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: {Type: String, Default: dev}
  Size: {Type: Number, Default: 5}
Mappings:
  Sizes:
    dev: {Worker: 1}
    prod: {Worker: 3}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Globals:
  Function:
    Timeout: 30
Resources:
  First:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      ReservedConcurrentExecutions: !If [IsProd, 20, 2]
  Named:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: !Sub "\${Stage}-\${Table}"
      ReservedConcurrentExecutions: !Ref Size
  Mapped:
    Type: AWS::Serverless::Function
    Properties:
      ReservedConcurrentExecutions: !FindInMap [Sizes, !Ref Stage, Worker]
      Events:
        Jobs:
          Type: SQS
          Properties:
            Queue: !GetAtt Queue.Arn
            ScalingConfig: {MaximumConcurrency: 2}
  Published:
    Type: AWS::Lambda::Function
    Properties:
      Description: has an alias
  Live:
    Type: AWS::Lambda::Alias
    Properties:
      FunctionName: !Ref Published
      Name: live
      ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 4}
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: child.yaml
      Parameters: {Given: "7"}
  Told:
    Type: AWS::Serverless::Function
    Properties:
      ReservedConcurrentExecutions: !GetAtt Child.Outputs.Size
  Queue:
    Type: AWS::SQS::Queue
  Table:
    Type: AWS::DynamoDB::Table
`;
const child = `Parameters:
  Given: {Type: Number}
Resources: {}
Outputs:
  Size: {Value: !Ref Given}
`;
const files = { "template.yaml": template, "child.yaml": child };
const input = { budgets: [], templates: [uriOf("template.yaml")], options: {} };

/** The template open in an editor, analysed. */
function open(text = template) {
  const workspace = new Workspace(new MemoryFiles(files));
  workspace.setText(uriOf("template.yaml"), text);
  workspace.analyse(input);
  return {
    /** Replaces the first occurrence of `from`, as typed. */
    replace(from: string, to: string): Analysis {
      const start = text.indexOf(from);
      assert.notEqual(start, -1, from);
      text = text.slice(0, start) + to + text.slice(start + from.length);
      workspace.applyChange(uriOf("template.yaml"), { start, end: start + from.length, text: to });
      const analysis = workspace.analyse(input);
      const fresh = new Workspace(new MemoryFiles({ ...files, "template.yaml": text })).analyse(input);
      assert.deepEqual(analysis, fresh, `${from} → ${to}`);
      return analysis;
    },
  };
}

const functionsOf = ({ pools }: Analysis) =>
  new Map(pools.flatMap(({ stacks }) => stacks[0]?.template.functions ?? []).map((one) => [one.logicalId, one]));

test("an edit in a resource that counts for nothing else leaves the other functions as they were read", () => {
  const editor = open();
  const before = functionsOf(editor.replace("Handler: index.handler", "Handler: main.handler"));
  const after = functionsOf(editor.replace("Handler: main.handler", "Handler: a-longer-name.handler"));
  const same = [...after].filter(([id, one]) => one === before.get(id)).map(([id]) => id);
  // Published has an alias, which may have changed; Told depends on a nested stack.
  assert.deepEqual(same, ["Named", "Mapped"]);
  assert.deepEqual([...after.keys()], ["First", "Named", "Mapped", "Published", "Told"]);
});

const edits: readonly (readonly [what: string, from: string, to: string, back?: boolean])[] = [
  ["a parameter's default", "Default: 5", "Default: 15"],
  ["a parameter's name", "Size: {Type: Number", "Sizee: {Type: Number"],
  ["the parameter that decides conditions and mappings", "Default: dev", "Default: prod"],
  ["a parameter without a default", ", Default: dev", ""],
  ["a mapping", "dev: {Worker: 1}", "dev: {Worker: 11}"],
  ["a mapping's key", "dev: {Worker", "test: {Worker"],
  ["a condition", "!Equals [!Ref Stage, prod]", "!Equals [!Ref Stage, dev]"],
  ["a condition's name", "IsProd: !Equals", "IsProduction: !Equals"],
  ["what all functions inherit", "Timeout: 30", "ReservedConcurrentExecutions: 9"],
  ["a property that is nearly one", "Timeout: 30", "ReservedConcurrentExecution: 9"],
  ["text in front of everything", "Transform:", "Description: text\nTransform:"],
  ["a comment in front of the resources", "Resources:", "# comment\nResources:"],
  ["a blank line in front of a parameter", "  Size: {", "\n\n  Size: {"],
  ["the name of a resource that a function refers to", "  Table:\n", "  Tables:\n"],
  ["a resource that a function refers to", "  Table:\n    Type: AWS::DynamoDB::Table\n", ""],
  ["a new resource", "  Queue:\n", "  New:\n    Type: AWS::Serverless::Function\n  Queue:\n"],
  ["a module", "AWS::DynamoDB::Table", "Some::Thing::MODULE"],
  ["the transform", "Transform: AWS::Serverless-2016-10-31", "Transform: Own"],
  [
    "language extensions",
    "Transform: AWS::Serverless-2016-10-31",
    "Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]",
  ],
  ["a queue that is none", "AWS::SQS::Queue", "AWS::SNS::Topic"],
  ["what an alias provisions", "ProvisionedConcurrentExecutions: 4", "ProvisionedConcurrentExecutions: 14"],
  ["the function of an alias", "FunctionName: !Ref Published", "FunctionName: !Ref First"],
  ["what a nested stack is given", 'Given: "7"', 'Given: "17"'],
  ["a type that becomes none of a function", "Type: AWS::Serverless::Function", "Type: AWS::Serverless::Func"],
  ["a loop", "  Queue:\n", `  Fn::ForEach::L: [N, [A, B], {'Made\${N}': {Type: AWS::Lambda::Function}}]\n  Queue:\n`],
  ["a name twice", "  Mapped:\n", "  Named:\n"],
  [
    "a resource's condition",
    "    Type: AWS::Lambda::Function\n",
    "    Type: AWS::Lambda::Function\n    Condition: IsProd\n",
  ],
];

/** Its numbers are not decided, and it nests nothing: then what was found in its cases is kept, too. */
const undecided = template
  .replace(", Default: dev", ", AllowedValues: [dev, prod]")
  .replace(/ {2}Child:\n(?: {4}.*\n)+/, "")
  .replace("!GetAtt Child.Outputs.Size", "!If [IsProd, 30, 3]");

for (const [what, from, to] of edits) {
  for (const [how, text] of [
    ["", template],
    [" in a template of cases", undecided],
  ]) {
    if (!text?.includes(from)) continue;
    test(`${what}${how}: after the edit, another one, and its undoing, everything is as read from scratch`, () => {
      const editor = open(text);
      editor.replace(from, to);
      editor.replace("Handler: index.handler", "Handler: index.handler2");
      if (to !== "") editor.replace(to, from);
      editor.replace("Description: has an alias", "Description: published");
    });
  }
}

test("cases are found again for what was edited alone", () => {
  const editor = open(undecided);
  const casesOf = ({ pools }: Analysis) => pools[0]?.stacks[0]?.template.cases?.groups[0]?.functions ?? [];
  const before = casesOf(editor.replace("Handler: index.handler", "Handler: main.handler"));
  const after = casesOf(editor.replace("[IsProd, 20, 2]", "[IsProd, 25, 2]"));
  assert.deepEqual(
    after.map(({ path, outcomes }, i) => [
      path,
      outcomes[0] === before[i]?.outcomes[0],
      outcomes.map(({ reserved }) => reserved),
    ]),
    [
      ["First", false, [2, 25]],
      ["Mapped", true, [1, 3]],
      ["Told", true, [3, 30]],
    ],
  );
});
