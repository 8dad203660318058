/**
 * A SAM template of about `bytes` characters with `functions` functions: the size that people fear, in the shape that they write.
 * `open`: nothing says what Stage is, and its prod is only large where four more parameters say so too: 162 cases.
 */
export function bigTemplate(functions: number, bytes: number, open = false): string {
  const sizes = ["A", "B", "C", "D"].map((name) => `Size${name}`);
  const head = [
    "AWSTemplateFormatVersion: '2010-09-09'",
    "Transform: AWS::Serverless-2016-10-31",
    "Parameters:",
    "  Stage:",
    "    Type: String",
    ...(open ? [] : ["    Default: dev"]),
    "    AllowedValues: [dev, prod]",
    ...(open ? sizes.map((name) => `  ${name}: {Type: String, AllowedValues: [small, middle, large]}`) : []),
    "Mappings:",
    "  Reserved:",
    "    dev: {Worker: 1}",
    "    prod: {Worker: 3}",
    "Conditions:",
    open
      ? `  IsProd: !And [!Equals [!Ref Stage, prod], ${sizes.map((name) => `!Equals [!Ref ${name}, large]`).join(", ")}]`
      : "  IsProd: !Equals [!Ref Stage, prod]",
    "Globals:",
    "  Function:",
    "    Runtime: nodejs22.x",
    "    Timeout: 30",
    "Resources:",
    "",
  ].join("\n");
  const each = Math.floor((bytes - head.length) / functions);
  let text = head;
  for (let index = 0; index < functions; index++) text += oneFunction(index, each);
  return text;
}

const reservations = ["1", "!If [IsProd, 2, 1]", "!FindInMap [Reserved, !Ref Stage, Worker]", "!Ref AWS::NoValue"];

function oneFunction(index: number, length: number): string {
  const id = `Worker${index}`;
  const lines = [
    `  ${id}:`,
    "    Type: AWS::Serverless::Function",
    "    Properties:",
    `      FunctionName: !Sub "\${Stage}-worker-${index}"`,
    `      CodeUri: src/worker${index}/`,
    "      Handler: index.handler",
    `      ReservedConcurrentExecutions: ${reservations[index % reservations.length]}`,
    "      Events:",
    "        Jobs:",
    "          Type: SQS",
    "          Properties:",
    `            Queue: !Sub "arn:aws:sqs:\${AWS::Region}:\${AWS::AccountId}:jobs-${index}"`,
    "            ScalingConfig: {MaximumConcurrency: 2}",
    "      Policies:",
  ];
  let text = `${lines.join("\n")}\n`;
  for (let statement = 0; text.length < length - 150; statement++) {
    text += `        - Statement: # ${statement}\n            - {Effect: Allow, Action: ["s3:GetObject", "s3:PutObject"], Resource: !Sub "arn:aws:s3:::b-${index}/${statement}/*"}\n`;
  }
  return text;
}
