import type { TestContext } from "node:test";
import { TestFolder } from "#support/testConnection.ts";

/** A template with one function. */
export function template(reserved: number | string, logicalId = "Worker"): string {
  return `Transform: AWS::Serverless-2016-10-31
Resources:
  ${logicalId}:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      ReservedConcurrentExecutions: ${reserved}
`;
}

/** A pool of 1,000 that keeps 100, with the stacks `orders` and `payments`. */
export const budget = `pool: production
limit: 1000
floor: 100
stacks:
  - template: orders/template.yaml
    name: orders
  - template: payments/template.yaml
    name: payments
reservations:
  orders/Worker: 500
  payments/Worker: 500
`;

/** Two stacks that fit their pool exactly: 500 + 400 of 1,000, 100 kept. */
export function ordersAndPayments(t: TestContext): TestFolder {
  return new TestFolder(t, {
    "concurrency-budget.yaml": budget,
    "orders/template.yaml": template(500),
    "payments/template.yaml": template(400),
  });
}
