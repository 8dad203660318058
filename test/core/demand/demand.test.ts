import assert from "node:assert/strict";
import { test } from "node:test";
import { MarkupContent } from "vscode-languageserver-types";
import { hover, type SourceDemand } from "#core";
import { sceneAt } from "../features/scene.ts";
import { analyseFiles } from "../rules/analyse.ts";

const sam = "Transform: AWS::Serverless-2016-10-31\n";

/** What pushes at function `Fn` of a template, with `files` beside it. */
function demandOf(template: string, files: Readonly<Record<string, string>> = {}): readonly SourceDemand[] {
  const all = new Map(Object.entries({ ...files, "template.yaml": template }));
  const pool = analyseFiles(all).pools.find(({ stacks }) => stacks[0]?.template.uri.endsWith("/template.yaml"));
  return pool?.stacks[0]?.template.demand.get("Fn")?.sources ?? [];
}

const lines = (demand: readonly SourceDemand[]) =>
  demand.map(({ source, kind, maximum, arithmetic }) => [source, kind, maximum, arithmetic]);

/** What one event of a SAM function comes to. */
function ofEvent(event: string, resources = "") {
  const template = `${sam}Parameters: { Size: { Type: Number, Default: 4 }, Open: { Type: Number } }
Resources:
${resources}
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        E: ${event}
`;
  return lines(demandOf(template))[0]?.slice(1);
}

const uncapped = "no MaximumConcurrency: starts with 5 batches, adds 300 a minute, up to 1,250";
const queue = "arn:aws:sqs:eu-west-1:123456789012:q";

const events: readonly (readonly [string, string, readonly unknown[], string?])[] = [
  ["SQS", `{ Type: SQS, Properties: { Queue: "${queue}" } }`, ["sqs", 1250, uncapped]],
  [
    "SQS with a cap",
    `{ Type: SQS, Properties: { Queue: "${queue}", ScalingConfig: { MaximumConcurrency: !Ref Size } } }`,
    ["sqs", 4, "MaximumConcurrency 4"],
  ],
  [
    "SQS that is switched off",
    `{ Type: SQS, Properties: { Queue: "${queue}", Enabled: false } }`,
    ["sqs", 0, "switched off (Enabled: false)"],
  ],
  [
    "a FIFO queue by its name",
    `{ Type: SQS, Properties: { Queue: "${queue}.fifo" } }`,
    [
      "sqs",
      { unknown: "as many as there are message groups with messages" },
      "FIFO: one batch for each message group that has messages",
    ],
  ],
  [
    "a FIFO queue of the template with a cap",
    "{ Type: SQS, Properties: { Queue: !GetAtt Q.Arn, ScalingConfig: { MaximumConcurrency: 9 } } }",
    ["sqs", 9, "MaximumConcurrency 9, and at most one batch for each message group (FIFO)"],
    "  Q: { Type: AWS::SQS::Queue, Properties: { FifoQueue: true } }",
  ],
  [
    "provisioned pollers",
    `{ Type: SQS, Properties: { Queue: "${queue}", ProvisionedPollerConfig: { MaximumPollers: 7 } } }`,
    ["sqs", 70, "MaximumPollers 7 × 10 invocations = 70"],
  ],
  [
    "provisioned pollers by default",
    `{ Type: SQS, Properties: { Queue: "${queue}", ProvisionedPollerConfig: { MinimumPollers: 2 } } }`,
    ["sqs", 2000, "200 provisioned pollers (default) × 10 invocations = 2,000"],
  ],
  [
    "a topic with a queue of its own",
    "{ Type: SNS, Properties: { Topic: !Ref T, SqsSubscription: true } }",
    ["sqs", 1250, uncapped],
  ],
  [
    "Kinesis with the shards of a parameter",
    "{ Type: Kinesis, Properties: { Stream: !GetAtt S.Arn, ParallelizationFactor: 10 } }",
    ["kinesis", 40, "4 shards × ParallelizationFactor 10 = 40"],
    "  S: { Type: AWS::Kinesis::Stream, Properties: { ShardCount: !Ref Size } }",
  ],
  [
    "Kinesis through a consumer, one batch each",
    "{ Type: Kinesis, Properties: { Stream: !Ref C } }",
    ["kinesis", 3, "3 shards × 1 batch each = 3"],
    `  S: { Type: AWS::Kinesis::Stream, Properties: { ShardCount: 3 } }
  C: { Type: AWS::Kinesis::StreamConsumer, Properties: { StreamARN: !GetAtt S.Arn } }`,
  ],
  [
    "Kinesis on demand",
    "{ Type: Kinesis, Properties: { Stream: !GetAtt S.Arn, ParallelizationFactor: 2 } }",
    [
      "kinesis",
      { unknown: "an on-demand stream has as many shards as its load needs", min: 2 },
      "shards × ParallelizationFactor 2: an on-demand stream has as many shards as its load needs",
    ],
    "  S: { Type: AWS::Kinesis::Stream, Properties: { StreamModeDetails: { StreamMode: ON_DEMAND } } }",
  ],
  [
    "Kinesis with shards that are not decided",
    "{ Type: Kinesis, Properties: { Stream: !GetAtt S.Arn, ParallelizationFactor: 2 } }",
    [
      "kinesis",
      { unknown: "parameter Open has no default and no value is given", min: 2 },
      "shards × ParallelizationFactor 2: parameter Open has no default and no value is given",
    ],
    "  S: { Type: AWS::Kinesis::Stream, Properties: { ShardCount: !Ref Open } }",
  ],
  [
    "DynamoDB",
    '{ Type: DynamoDB, Properties: { Stream: "arn:aws:dynamodb:eu-west-1:123456789012:table/t/stream/s" } }',
    [
      "dynamodb",
      { unknown: "a table's stream has as many shards as the table has partitions", min: 1 },
      "shards × 1 batch each: a table's stream has as many shards as the table has partitions",
    ],
  ],
  [
    "Kafka",
    '{ Type: MSK, Properties: { Stream: "arn:aws:kafka:eu-west-1:123456789012:cluster/c/u", Topics: [t] } }',
    [
      "kafka",
      { unknown: "as many as the topic has partitions, which no template says" },
      "one batch for each partition of the topic",
    ],
  ],
  [
    "Kafka with pollers",
    '{ Type: MSK, Properties: { Stream: "arn:aws:kafka:e:1:cluster/c/u", ProvisionedPollerConfig: { MaximumPollers: 5 } } }',
    [
      "kafka",
      { unknown: "as many as the topic has partitions, which no template says" },
      "one batch for each partition of the topic, read by up to 5 provisioned pollers",
    ],
  ],
  [
    "RabbitMQ",
    "{ Type: MQ, Properties: { Broker: !GetAtt B.Arn } }",
    ["mq", 1, "RabbitMQ: at most 1"],
    "  B: { Type: AWS::AmazonMQ::Broker, Properties: { EngineType: RABBITMQ } }",
  ],
  [
    "a broker elsewhere",
    '{ Type: MQ, Properties: { Broker: "arn:aws:mq:eu-west-1:123456789012:broker:b:i" } }',
    [
      "mq",
      { unknown: "the engine of the broker is not known here", min: 1, max: 5 },
      "at most 5 with ActiveMQ, 1 with RabbitMQ",
    ],
  ],
  [
    "a schedule",
    "{ Type: Schedule, Properties: { Schedule: rate(1 minute) } }",
    [
      "async",
      { unknown: "nothing bounds asynchronous events (Schedule)" },
      "asynchronous events (Schedule): unbounded; when it is throttled Lambda queues them for up to 6 hours",
    ],
  ],
  [
    "an API",
    "{ Type: Api, Properties: { Path: /, Method: get } }",
    ["other", { unknown: "nothing bounds requests (Api)" }, "requests (Api): unbounded"],
  ],
];

for (const [name, event, expected, resources] of events) {
  test(`event of SAM: ${name}`, () => assert.deepEqual(ofEvent(event, resources), expected));
}

test("mappings, permissions and schedules of CloudFormation, through names, ARNs and aliases", () => {
  const demand = demandOf(`Conditions: { Perhaps: !Equals [!Ref Q, x] }
Parameters: { Q: { Type: String } }
Resources:
  Queue: { Type: AWS::SQS::Queue }
  Fn: { Type: AWS::Lambda::Function, Properties: { FunctionName: worker } }
  Live: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref Fn, Name: live, FunctionVersion: "1" } }
  A: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: !Ref Live, EventSourceArn: !GetAtt Queue.Arn } }
  B:
    Type: AWS::Lambda::EventSourceMapping
    Condition: Perhaps
    Properties: { FunctionName: "arn:aws:lambda:e:1:function:worker:live", EventSourceArn: "arn:aws:sqs:e:1:q" }
  C:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: worker
      SelfManagedKafkaEventSourceConfig: { ConsumptionMode: Queue }
  Api: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref Fn, Principal: apigateway.amazonaws.com } }
  Topic: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !GetAtt Fn.Arn, Principal: sns.amazonaws.com } }
  Nightly: { Type: AWS::Scheduler::Schedule, Properties: { Target: { Arn: !GetAtt Fn.Arn }, State: DISABLED } }
  Other: { Type: AWS::Lambda::Permission, Properties: { FunctionName: another, Principal: sns.amazonaws.com } }
`);
  assert.deepEqual(
    demand.map(({ source, kind, maximum }) => [source, kind, maximum]),
    [
      ["A", "sqs", 1250],
      ["B", "sqs", { unknown: "condition Perhaps of B is not decided", min: 0, max: 1250 }],
      ["C", "kafka", { unknown: "ConsumptionMode is Queue: partitions do not bound it" }],
      ["Api", "other", { unknown: "nothing bounds requests (apigateway)" }],
      ["Topic", "async", { unknown: "nothing bounds asynchronous events (sns)" }],
      ["Nightly", "async", 0],
    ],
  );
});

const task = (resource: string) => `{ "Type": "Task", "Resource": "${resource}", "End": true }`;
const invoke = `{ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "FunctionName": "\${Fn}:live" } }`;

/** A state machine whose first state is a Map with these fields and states in it. */
function mapOver(fields: string, states: string): string {
  return `{ "StartAt": "Each", "States": { "Each": { "Type": "Map"${fields}, "ItemProcessor": { "StartAt": "Call", "States": { ${states} } } } } }`;
}

function ofFile(text: string, name = "machine.asl.json") {
  const template = `${sam}Resources:
  Fn: { Type: AWS::Serverless::Function, Properties: { AutoPublishAlias: live } }
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: ./${name}
      DefinitionSubstitutions: { Fn: !GetAtt Fn.Arn, Max: 6, Elsewhere: !ImportValue X }
`;
  return lines(demandOf(template, { [name]: text }))[0];
}

const ceiling = (count: string) => `unbounded (Step Functions runs about ${count} at once) for each execution`;
// biome-ignore-start lint/suspicious/noTemplateCurlyInString: placeholders of DefinitionSubstitutions
const workflows: readonly (readonly [string, string, readonly unknown[] | undefined])[] = [
  [
    "a Map with a number",
    mapOver(', "MaxConcurrency": 12', `"Call": ${invoke}`),
    ["Machine", "map", 12, "MaxConcurrency 12 of Map Each for each execution"],
  ],
  [
    "a number that is substituted",
    mapOver(', "MaxConcurrency": ${Max}', `"Call": ${task("${Fn}")}`),
    ["Machine", "map", 6, "MaxConcurrency 6 of Map Each for each execution"],
  ],
  [
    "0",
    mapOver(', "MaxConcurrency": 0', `"Call": ${task("${Fn}")}`),
    [
      "Machine",
      "map",
      { unknown: "Map Each has no MaxConcurrency" },
      `Map Each without MaxConcurrency: ${ceiling("40")}`,
    ],
  ],
  [
    "none, in a Distributed Map",
    mapOver("", `"Call": ${task("${Fn}")}`).replace(
      '"ItemProcessor": {',
      '"ItemProcessor": { "ProcessorConfig": { "Mode": "DISTRIBUTED" },',
    ),
    [
      "Machine",
      "map",
      { unknown: "Distributed Map Each has no MaxConcurrency" },
      `Distributed Map Each without MaxConcurrency: ${ceiling("10,000")}`,
    ],
  ],
  [
    "a Map in a Map, with branches that run at once and states that follow each other",
    mapOver(
      ', "MaxConcurrency": 3',
      `"Call": ${task("${Fn}")}, "Inner": { "Type": "Map", "MaxConcurrency": 5, "Iterator": { "States": {
         "Both": { "Type": "Parallel", "Branches": [{ "States": { "A": ${invoke} } }, { "States": { "B": ${invoke} } }] } } } }`,
    ),
    [
      "Machine",
      "map",
      30,
      "MaxConcurrency 3 of Map Each × MaxConcurrency 5 of Map Inner × (1 + 1) = 30 for each execution",
    ],
  ],
  [
    "a number that is decided when it runs",
    mapOver(', "MaxConcurrencyPath": "$.max"', `"Call": ${task("${Fn}")}`),
    [
      "Machine",
      "map",
      { unknown: "MaxConcurrency of Map Each is decided when it runs", min: 0 },
      "Map Each with a MaxConcurrency that is not known for each execution",
    ],
  ],
  ["a function elsewhere", mapOver(', "MaxConcurrency": 12', `"Call": ${task("${Elsewhere}")}`), undefined],
  ["no Map", `{ "States": { "Call": ${task("${Fn}")} } }`, undefined],
];

for (const [name, text, expected] of workflows) {
  test(`state machine in a file: ${name}`, () => assert.deepEqual(ofFile(text), expected));
}

test("a definition in YAML, one in a text and one inline say the same", () => {
  const yaml = `States:
  Each:
    Type: Map
    MaxConcurrency: 8
    Iterator:
      States:
        Call: { Type: Task, Resource: "\${Fn}" }
`;
  const expected = ["Machine", "map", 8, "MaxConcurrency 8 of Map Each for each execution"];
  assert.deepEqual(ofFile(yaml, "machine.asl.yaml"), expected);
  const inline = (property: string) => `Resources:
  Fn: { Type: AWS::Lambda::Function }
  Machine: { Type: AWS::StepFunctions::StateMachine, Properties: { ${property} } }
`;
  const call = "{ Call: { Type: Task, Resource: !GetAtt Fn.Arn } }";
  const definition = `Definition: { States: { Each: { Type: Map, MaxConcurrency: 8, Iterator: { States: ${call} } } } }`;
  assert.deepEqual(lines(demandOf(inline(definition)))[0], expected);
  const json = mapOver(', "MaxConcurrency": 8', `"Call": ${task("${Fn.Arn}")}`);
  assert.deepEqual(lines(demandOf(inline(`DefinitionString: !Sub '${json}'`)))[0], expected);
  const [before = "", after = ""] = json.split("${Fn.Arn}");
  const joined = `DefinitionString: !Join ["", [${JSON.stringify(before)}, !GetAtt Fn.Arn, ${JSON.stringify(after)}]]`;
  assert.deepEqual(lines(demandOf(inline(joined)))[0], expected);
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: placeholders of DefinitionSubstitutions

test("the hover of a function shows the arithmetic line by line", () => {
  const { context, uri, position } = sceneAt({
    "template.yaml": `${sam}Resources:
  Q: { Type: AWS::SQS::Queue }
  F|n:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Jobs: { Type: SQS, Properties: { Queue: !GetAtt Q.Arn } }
        Night: { Type: Schedule, Properties: { Schedule: rate(1 day) } }
`,
  });
  const contents = hover(context, uri, position)?.contents;
  const value = MarkupContent.is(contents) ? contents.value : "";
  assert.deepEqual(value.split("\n\n")[1]?.split("\n"), [
    "Pushed at it at once, at most:",
    `- \`FnJobs\`: **1,250** (${uncapped})`,
    "- `FnNight`: **unbounded** (asynchronous events (Schedule): unbounded; when it is throttled Lambda queues them for up to 6 hours)",
  ]);
});
