/** A small workspace with everything that makes one file depend on another. */
export const scene: Readonly<Record<string, string>> = {
  "concurrency-budget.yaml": `pool: production
limit: 1000
floor: 100
keep-unreserved: 150
stacks:
  - template: orders/template.yaml
    config: prod
  - template: services/*/template.yaml
    parameters: { Stage: prod }
reservations:
  orders-prod/Ingest: 350
  thumbnails: { reserved: 200, reason: "why not" }
  "billing/*": 20
  legacy-report: off
---
pool: development
limit: 100
stacks:
  - template: orders/template.yaml
    name: "dev*"
    instances: 4
`,
  "orders/template.yaml": `AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: { Type: String, Default: dev, AllowedValues: [dev, prod] }
  Ingest: { Type: Number, Default: 5 }
Globals:
  Function:
    ReservedConcurrentExecutions: 10
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Ingest:
    Type: AWS::Serverless::Function
    Properties:
      ReservedConcurrentExecutions: !Ref Ingest
      AutoPublishAlias: live
      ProvisionedConcurrencyConfig:
        ProvisionedConcurrentExecutions: 5
  Report: # runs at night
    Type: AWS::Serverless::Function
    Condition: IsProd
    Properties:
      FunctionName: legacy-report
      # lambda-concurrency-ignore reserved-zero: switched off
      ReservedConcurrentExecutions: 0
  Queue:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Jobs: { Type: SQS, Properties: { Queue: !GetAtt Jobs.Arn } }
        Clicks: { Type: Kinesis, Properties: { Stream: !GetAtt Clicks.Arn, ParallelizationFactor: !Ref Ingest } }
  Jobs:
    Type: AWS::SQS::Queue
    Properties: { VisibilityTimeout: 60, RedrivePolicy: { maxReceiveCount: 3 } }
  Clicks:
    Type: AWS::Kinesis::Stream
    Properties: { ShardCount: !Ref Ingest }
  Worker:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { FunctionName: !Ref Ingest.Alias, EventSourceArn: !GetAtt Jobs.Arn }
  May:
    Type: AWS::Lambda::Permission
    Properties: { FunctionName: !Ref Queue, Principal: events.amazonaws.com }
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: machine.asl.yaml
      DefinitionSubstitutions: { Fn: !GetAtt Ingest.Arn, Max: !Ref Ingest }
  Inline:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        States:
          Each: { Type: Map, Iterator: { States: { Call: { Type: Task, Resource: !GetAtt Queue.Arn } } } }
  Child:
    Type: AWS::Serverless::Application
    Properties:
      Location: ../shared/child.yaml
      Parameters: { Count: !Ref Ingest }
`,
  "orders/machine.asl.yaml": `States:
  Each:
    Type: Map
    MaxConcurrency: \${Max}
    ItemProcessor:
      States:
        Call: { Type: Task, Resource: "\${Fn}" }
`,
  "orders/samconfig.toml": `version = 0.1

[default.deploy.parameters]
stack_name = "orders-dev"

[prod.deploy.parameters]
stack_name = "orders-prod"
parameter_overrides = "Stage=prod Ingest=350"
`,
  "shared/child.yaml": `Parameters:
  Count: { Type: Number }
Resources:
  Inner:
    Type: AWS::Lambda::Function
    Properties:
      ReservedConcurrentExecutions: !Ref Count
`,
  "services/billing/template.yaml": `Parameters:
  Stage: { Type: String }
Mappings:
  Sizes:
    prod: { Count: 40 }
    dev: { Count: 1 }
Resources:
  Fn::ForEach::Workers:
    - Name
    - [A, B]
    - Worker\${Name}:
        Type: AWS::Lambda::Function
        Properties:
          ReservedConcurrentExecutions: !FindInMap [Sizes, !Ref Stage, Count]
Transform: AWS::LanguageExtensions
`,
  "services/mail/template.yaml": `Resources:
  Thumbs:
    Type: AWS::Lambda::Function
    Properties: { FunctionName: thumbnails, ReservedConcurrentExecutions: 200 }
`,
  "alone/template.json": `{
  "Resources": {
    "F": { "Type": "AWS::Lambda::Function", "Properties": { "ReservedConcurrentExecutions": 950 } },
    "G": { "Type": "AWS::Lambda::Function", "Properties": { "ReservedConcurrentExecutions": { "Ref": "Missing" } } }
  }
}
`,
  "values.yaml": "Resources: 1\n",
};
