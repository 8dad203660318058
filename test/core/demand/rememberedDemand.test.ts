import assert from "node:assert/strict";
import { test } from "node:test";
import { type Analysis, Workspace } from "#core";
import { MemoryFiles, uriOf } from "#support/memoryFiles.ts";

const template = `Transform: AWS::Serverless-2016-10-31
Parameters:
  Size: {Type: Number, Default: 4}
Conditions:
  Never: !Equals [a, b]
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties: {VisibilityTimeout: 60, RedrivePolicy: {maxReceiveCount: 3}}
  Clicks:
    Type: AWS::Kinesis::Stream
    Properties: {ShardCount: !Ref Size}
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: worker
      Handler: index.handler
      Timeout: 5
      ReservedConcurrentExecutions: 2
      Events:
        Jobs: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn}}
        Clicks: {Type: Kinesis, Properties: {Stream: !GetAtt Clicks.Arn}}
  Other:
    Type: AWS::Serverless::Function
    Properties: {Handler: other.handler}
  May:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: worker, Principal: sns.amazonaws.com}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: worker, EventSourceArn: !GetAtt Jobs.Arn}
  Inline:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: {States: {Each: {Type: Map, MaxConcurrency: 3, Iterator: {States: {A: {Type: Task, Resource: !GetAtt Fn.Arn}}}}}}
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: machine.asl.json
      DefinitionSubstitutions: {Fn: !GetAtt Fn.Arn}
`;
const machine = `{"States": {"Each": {"Type": "Map", "MaxConcurrency": 7, "Iterator": {"States": {"A": {"Type": "Task", "Resource": "\${Fn}"}}}}}}`;
const files = { "template.yaml": template, "machine.asl.json": machine };
const input = { budgets: [], templates: [uriOf("template.yaml")], options: { limit: 1000 } };

/** Both files open in an editor, analysed; each edit is compared with an analysis from scratch. */
function open() {
  const workspace = new Workspace(new MemoryFiles(files));
  const texts: Record<string, string> = { ...files };
  for (const [name, text] of Object.entries(texts)) workspace.setText(uriOf(name), text);
  workspace.analyse(input);
  return (from: string, to: string, name = "template.yaml"): Analysis => {
    const text = texts[name] ?? "";
    const start = text.indexOf(from);
    assert.notEqual(start, -1, from);
    texts[name] = text.slice(0, start) + to + text.slice(start + from.length);
    workspace.applyChange(uriOf(name), { start, end: start + from.length, text: to });
    const analysis = workspace.analyse(input);
    assert.deepEqual(analysis, new Workspace(new MemoryFiles(texts)).analyse(input), `${from} → ${to}`);
    return analysis;
  };
}

const demandOf = ({ pools }: Analysis) =>
  JSON.stringify([...(pools[0]?.stacks[0]?.template.demand ?? [])], (key, value) => (key === "place" ? "" : value));

const edits: readonly (readonly [what: string, from: string, to: string, file?: string])[] = [
  ["the redrive policy of a queue", "maxReceiveCount: 3", "maxReceiveCount: 4"],
  ["the visibility timeout of a queue", "VisibilityTimeout: 60", "VisibilityTimeout: 90"],
  ["the type of a queue", "AWS::SQS::Queue", "AWS::SNS::Topic"],
  ["the shards of a stream", "ShardCount: !Ref Size", "ShardCount: 9"],
  ["the parameter of its shards", "Default: 4", "Default: 6"],
  [
    "the name of the function that a permission and a mapping name",
    "FunctionName: worker\n",
    "FunctionName: another\n",
  ],
  [
    "a function that is called as another was",
    "Properties: {Handler: other.handler}",
    "Properties: {FunctionName: worker}",
  ],
  ["the function's timeout", "Timeout: 5", "Timeout: 50"],
  ["the principal of a permission", "sns.amazonaws.com", "apigateway.amazonaws.com"],
  ["a permission that is not made", "AWS::Lambda::Permission\n", "AWS::Lambda::Permission\n    Condition: Never\n"],
  ["a definition", "MaxConcurrency: 3", "MaxConcurrency: 30"],
  ["the file of a definition", '"MaxConcurrency": 7', '"MaxConcurrency": 70', "machine.asl.json"],
  ["what its file is given", "{Fn: !GetAtt Fn.Arn}", "{Fn: !GetAtt Other.Arn}"],
  ["which file it is", "machine.asl.json", "elsewhere.asl.json"],
];

for (const [what, from, to, file] of edits) {
  test(`${what}: an edit changes the demand at once, and its undoing brings it back`, () => {
    const replace = open();
    const before = demandOf(replace("Handler: index.handler", "Handler: main.handler"));
    const after = demandOf(replace(from, to, file));
    assert.notEqual(after, before);
    assert.equal(demandOf(replace("Handler: main.handler", "Handler: a-longer-name.handler")), after);
    assert.equal(demandOf(replace(to, from, file)), before);
  });
}
