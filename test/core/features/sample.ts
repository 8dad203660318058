/** A budget with one stack, used by most tests of the language features. */
export const budget = `pool: production
account: "123456789012"
region: us-east-1
limit: 1000
floor: 100
keep-unreserved: 150
stacks:
  - template: orders/template.yaml
    name: orders-prod
    parameters: { Stage: prod }
reservations:
  orders-prod/Ingest: { reserved: 300, reason: "RDS proxy allows 300", owner: data-team }
  thumbnails: 350
kill-groups:
  pay: [orders-prod/*]
`;

export const template = `Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: { Type: String, Default: dev }
  N: { Type: Number, Default: 300 }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Globals:
  Function:
    ReservedConcurrentExecutions: 50
Resources:
  Ingest:
    Type: AWS::Serverless::Function
    Properties:
      ReservedConcurrentExecutions: !If [IsProd, !Ref N, 5]
  Other:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: thumbnails
      ReservedConcurrentExecutions: 400
  Third:
    Type: AWS::Serverless::Function
    Properties: {}
`;

const files: Readonly<Record<string, string>> = {
  "concurrency-budget.yaml": budget,
  "orders/template.yaml": template,
};

/** The sample with one text of one file replaced; `|` in the replacement is the cursor. */
export function sampleWith(name: string, from: string, to: string): Record<string, string> {
  const text = files[name] ?? "";
  if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
  return { ...files, [name]: text.replace(from, to) };
}

export const sample = files;
export const budgetName = "concurrency-budget.yaml";
export const templateName = "orders/template.yaml";
