import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
} from "@aws-sdk/client-lambda";
import { accountWith, clientConfig, demoFor, refusal } from "./clients.ts";

const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const belowFloor = (floor: number) =>
  `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${floor}].`;
const put = (FunctionName: string, ReservedConcurrentExecutions: number) =>
  new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions });

test("the totals of the default account are those of the original four functions", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t)).url));
  const { AccountLimit, AccountUsage } = await lambda.send(new GetAccountSettingsCommand({}));
  assert.deepEqual(AccountLimit, {
    TotalCodeSize: 80_530_636_800,
    CodeSizeUnzipped: 262_144_000,
    CodeSizeZipped: 52_428_800,
    ConcurrentExecutions: 1000,
    UnreservedConcurrentExecutions: 400,
  });
  assert.deepEqual(Object.keys(AccountUsage ?? {}), ["TotalCodeSize", "FunctionCount"]);
  assert.equal(AccountUsage?.FunctionCount, 6);
});

test("the floor check credits what the function itself holds", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: 500, b: 300 }))).url));
  assert.equal((await lambda.send(put("a", 600))).ReservedConcurrentExecutions, 600);
  assert.deepEqual(await refusal(lambda.send(put("a", 601))), ["InvalidParameterValueException", 400, belowFloor(100)]);
  assert.deepEqual(await refusal(lambda.send(put("b", 301))), ["InvalidParameterValueException", 400, belowFloor(100)]);
});

test("more than the account's limit is refused with the same text", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: null }))).url));
  assert.deepEqual(await refusal(lambda.send(put("a", 1001))), [
    "InvalidParameterValueException",
    400,
    belowFloor(100),
  ]);
});

test("the body of a refusal at the floor holds a message and nothing else", async (t) => {
  const { url } = await demoFor(t, accountWith({ a: null }, 10, 10));
  const response = await fetch(`${url}/2017-10-31/functions/a/concurrency`, {
    method: "PUT",
    headers: { authorization: "AWS4-HMAC-SHA256 Credential=AKIDEMO/20260101/us-east-1/lambda/aws4_request" },
    body: '{"ReservedConcurrentExecutions":1}',
  });
  assert.equal(response.status, 400);
  assert.equal(response.headers.get("x-amzn-errortype"), "InvalidParameterValueException");
  assert.deepEqual(await response.json(), { message: belowFloor(10) });
});

test("0 is accepted where nothing else fits, and is not the same as no reservation", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: null }, 10, 10))).url));
  const read = async () =>
    (await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: "a" }))).ReservedConcurrentExecutions;
  assert.equal(await read(), undefined);
  assert.equal((await lambda.send(put("a", 0))).ReservedConcurrentExecutions, 0);
  assert.equal(await read(), 0);
  const { Concurrency } = await lambda.send(new GetFunctionCommand({ FunctionName: "a" }));
  assert.deepEqual(Concurrency, { ReservedConcurrentExecutions: 0 });
  const deleted = await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: "a" }));
  assert.equal(deleted.$metadata.httpStatusCode, 204);
  assert.equal(await read(), undefined);
});

test("on the wire no reservation is null", async (t) => {
  const { url } = await demoFor(t, accountWith({ a: null }));
  const response = await fetch(`${url}/2019-09-30/functions/a/concurrency`, {
    headers: { authorization: "AWS4-HMAC-SHA256 Credential=AKIDEMO/20260101/us-east-1/lambda/aws4_request" },
  });
  assert.equal(await response.text(), '{"ReservedConcurrentExecutions":null}');
});

test("a reservation is not set below the function's provisioned concurrency, nor to 0", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: 10 }))).url));
  const provisioned = { FunctionName: "a", Qualifier: "live", ProvisionedConcurrentExecutions: 2 };
  await lambda.send(new PutProvisionedConcurrencyConfigCommand(provisioned));
  for (const value of [1, 0]) {
    assert.deepEqual(await refusal(lambda.send(put("a", value))), [
      "InvalidParameterValueException",
      400,
      ` ReservedConcurrentExecutions  ${value} should not be lower than function's total provisioned concurrency [2].`,
    ]);
  }
  assert.equal((await lambda.send(put("a", 2))).ReservedConcurrentExecutions, 2);
});

test("versions and aliases have no reservation of their own", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: 10 }))).url));
  for (const name of ["a:$LATEST", "a:1", "a:live", `${arn("a")}:live`]) {
    assert.deepEqual(await refusal(lambda.send(put(name, 5))), [
      "InvalidParameterValueException",
      400,
      "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.",
    ]);
  }
});

test("an unknown function is told by an ARN: with $LATEST when writing, without when reading", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t)).url));
  assert.deepEqual(await refusal(lambda.send(put("nope", 1))), [
    "ResourceNotFoundException",
    404,
    `Function not found: ${arn("nope")}:$LATEST`,
  ]);
  assert.deepEqual(await refusal(lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: "nope" }))), [
    "ResourceNotFoundException",
    404,
    `Function not found: ${arn("nope")}`,
  ]);
});

test("names may be ARNs, and an ARN of another Region is not reachable", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: 7 }))).url));
  for (const FunctionName of ["a", "function:a", "123456789012:function:a", arn("a")]) {
    const { ReservedConcurrentExecutions } = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
    assert.equal(ReservedConcurrentExecutions, 7);
  }
  const FunctionName = "arn:aws:lambda:eu-central-1:123456789012:function:a";
  assert.deepEqual(await refusal(lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }))), [
    "ResourceNotFoundException",
    404,
    "Functions from 'eu-central-1' are not reachable in this region ('us-east-1')",
  ]);
});

test("a function of another account needs its permission", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: 7 }))).url));
  const FunctionName = "arn:aws:lambda:us-east-1:210987654321:function:a";
  const [name, status] = await refusal(lambda.send(new GetFunctionConcurrencyCommand({ FunctionName })));
  assert.deepEqual([name, status], ["AccessDeniedException", 403]);
});

test("GetFunction with a qualifier says nothing about concurrency", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: 7 }))).url));
  assert.deepEqual((await lambda.send(new GetFunctionCommand({ FunctionName: "a" }))).Concurrency, {
    ReservedConcurrentExecutions: 7,
  });
  const { Concurrency, Configuration } = await lambda.send(
    new GetFunctionCommand({ FunctionName: "a", Qualifier: "live" }),
  );
  assert.equal(Concurrency, undefined);
  assert.equal(Configuration?.Version, "1");
});

test("a negative reservation is refused by the API's model", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: 7 }))).url));
  const [name, status, message] = await refusal(lambda.send(put("a", -1)));
  assert.deepEqual([name, status], ["ValidationException", 400]);
  assert.match(message, /^1 validation error detected: Value '-1' at 'reservedConcurrentExecutions' failed/);
});
