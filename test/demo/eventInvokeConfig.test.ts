import assert from "node:assert/strict";
import { test } from "node:test";
import { GetFunctionEventInvokeConfigCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { clientConfig, demoFor, refusal } from "./clients.ts";

const destination = "arn:aws:sqs:us-east-1:123456789012:failed";
const functions = [{ name: "a", onFailure: destination, versions: 1, aliases: { live: "1" } }, { name: "b" }];
const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

test("the on-failure destination stands in the event invoke configuration", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, { account: { functions } })).url));
  const { $metadata, ...config } = await lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: "a" }));
  assert.deepEqual(config, {
    LastModified: new Date("2026-01-01T00:00:00.000Z"),
    FunctionArn: arn("a:$LATEST"),
    MaximumRetryAttempts: 2,
    MaximumEventAgeInSeconds: 21_600,
    DestinationConfig: { OnSuccess: {}, OnFailure: { Destination: destination } },
  });
  const live = await lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: "a", Qualifier: "live" }));
  assert.equal(live.FunctionArn, arn("a:live"));
});

test("without a destination, or without the function, there is no event invoke configuration", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, { account: { functions } })).url));
  for (const FunctionName of ["b", "nope"]) {
    assert.deepEqual(await refusal(lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }))), [
      "ResourceNotFoundException",
      404,
      `The function ${arn(FunctionName)}:$LATEST doesn't have an EventInvokeConfig`,
    ]);
  }
});
