import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  LambdaClient,
  ListProvisionedConcurrencyConfigsCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
} from "@aws-sdk/client-lambda";
import { accountWith, clientConfig, demoFor, refusal } from "./clients.ts";

const put = (FunctionName: string, Qualifier: string, ProvisionedConcurrentExecutions: number) =>
  new PutProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier, ProvisionedConcurrentExecutions });
const get = (Qualifier: string) => new GetProvisionedConcurrencyConfigCommand({ FunctionName: "a", Qualifier });
const remove = (Qualifier: string) => new DeleteProvisionedConcurrencyConfigCommand({ FunctionName: "a", Qualifier });
const bad = "InvalidParameterValueException";

test("provisioned concurrency is in progress with none allocated, then ready with all", async (t) => {
  const { url, clock } = await demoFor(t, accountWith({ a: null }));
  const lambda = new LambdaClient(clientConfig(url));
  const made = await lambda.send(put("a", "live", 5));
  assert.equal(made.$metadata.httpStatusCode, 202);
  assert.deepEqual(
    [made.Status, made.RequestedProvisionedConcurrentExecutions, made.AllocatedProvisionedConcurrentExecutions],
    ["IN_PROGRESS", 5, 0],
  );
  clock.advance(5000);
  const read = await lambda.send(get("live"));
  assert.deepEqual(
    [read.Status, read.AllocatedProvisionedConcurrentExecutions, read.AvailableProvisionedConcurrentExecutions],
    ["READY", 5, 5],
  );
  const { ProvisionedConcurrencyConfigs } = await lambda.send(
    new ListProvisionedConcurrencyConfigsCommand({ FunctionName: "a" }),
  );
  assert.deepEqual(
    ProvisionedConcurrencyConfigs?.map(({ FunctionArn, Status }) => [FunctionArn, Status]),
    [["arn:aws:lambda:us-east-1:123456789012:function:a:live", "READY"]],
  );
});

test("where there is none, reading answers 404, deleting 204, and the list is empty", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: null }))).url));
  assert.deepEqual(await refusal(lambda.send(get("live"))), [
    "ProvisionedConcurrencyConfigNotFoundException",
    404,
    "No Provisioned Concurrency Config found for this function",
  ]);
  assert.equal((await lambda.send(remove("live"))).$metadata.httpStatusCode, 204);
  const { ProvisionedConcurrencyConfigs } = await lambda.send(
    new ListProvisionedConcurrencyConfigsCommand({ FunctionName: "a" }),
  );
  assert.deepEqual(ProvisionedConcurrencyConfigs, []);
});

test("$LATEST has no provisioned concurrency", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: null }))).url));
  const unpublished = "Provisioned Concurrency Configs cannot be applied to unpublished function versions.";
  const needed = "The function resource provided must be an alias or a published version.";
  assert.deepEqual(await refusal(lambda.send(put("a", "$LATEST", 1))), [bad, 400, unpublished]);
  assert.deepEqual(await refusal(lambda.send(get("$LATEST"))), [bad, 400, needed]);
  assert.deepEqual(await refusal(lambda.send(remove("$LATEST"))), [bad, 400, needed]);
});

test("the sum over all qualifiers stays within the reservation", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: 5 }))).url));
  await lambda.send(put("a", "live", 3));
  await lambda.send(put("a", "2", 2));
  assert.deepEqual(await refusal(lambda.send(put("a", "live", 4))), [
    bad,
    400,
    "Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function",
  ]);
});

test("without a reservation the floor stays, and the text says ConcurrentExecutions", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: null }))).url));
  assert.equal((await lambda.send(put("a", "live", 900))).$metadata.httpStatusCode, 202);
  assert.deepEqual(await refusal(lambda.send(put("a", "live", 901))), [
    bad,
    400,
    "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
  ]);
});

test("more than the account's limit has a text of its own", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: null }))).url));
  assert.deepEqual(await refusal(lambda.send(put("a", "live", 1001))), [
    bad,
    400,
    "Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [1000].",
  ]);
});

test("an alias and the version that it points to do not both have it", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: null, b: null }))).url));
  await lambda.send(put("a", "1", 1));
  assert.deepEqual(await refusal(lambda.send(put("a", "live", 1))), [
    "ResourceConflictException",
    409,
    "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
  ]);
  await lambda.send(put("b", "live", 1));
  assert.deepEqual(await refusal(lambda.send(put("b", "1", 1))), [
    "ResourceConflictException",
    409,
    "Version is pointed by a Provisioned Concurrency alias",
  ]);
});

test("0 is refused by the API's model", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: null }))).url));
  const [name, status, message] = await refusal(lambda.send(put("a", "live", 0)));
  assert.deepEqual([name, status], ["ValidationException", 400]);
  assert.match(
    message,
    /^1 validation error detected: Value '0' at 'provisionedConcurrentExecutions' failed to satisfy constraint: /,
  );
});

test("once provisioned concurrency is gone, the function can be set to 0", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t)).url));
  const off = new PutFunctionConcurrencyCommand({ FunctionName: "blog-search", ReservedConcurrentExecutions: 0 });
  assert.equal((await refusal(lambda.send(off)))[0], bad);
  await lambda.send(new DeleteProvisionedConcurrencyConfigCommand({ FunctionName: "blog-search", Qualifier: "live" }));
  assert.equal((await lambda.send(off)).ReservedConcurrentExecutions, 0);
});

test("where the function fails to start, it fails after a while with the reason, and nothing runs on it", async (t) => {
  const functions = [{ name: "a", versions: 1, initFails: true }];
  const { url, clock, account } = await demoFor(t, { account: { functions } });
  const lambda = new LambdaClient(clientConfig(url));
  assert.equal((await lambda.send(put("a", "1", 5))).Status, "IN_PROGRESS");
  clock.advance(5000);
  const { $metadata, ...failed } = await lambda.send(get("1"));
  assert.deepEqual(failed, {
    RequestedProvisionedConcurrentExecutions: 5,
    AllocatedProvisionedConcurrentExecutions: 0,
    AvailableProvisionedConcurrentExecutions: 0,
    Status: "FAILED",
    StatusReason: "FUNCTION_ERROR_INIT_FAILURE",
    LastModified: "2026-01-01T00:00:00+0000",
  });
  const { invocations, state } = account.region("us-east-1");
  const [subject] = state.functions;
  assert.ok(subject);
  const admission = invocations.start(subject, "1", clock.now());
  assert.deepEqual("slot" in admission && admission.slot.provisioned, false);
});

test("a page of provisioned concurrency holds as many as asked for", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: null }))).url));
  for (const qualifier of ["live", "2"]) await lambda.send(put("a", qualifier, 1));
  const list = (Marker?: string) =>
    lambda.send(
      new ListProvisionedConcurrencyConfigsCommand({ FunctionName: "a", MaxItems: 1, ...(Marker && { Marker }) }),
    );
  const first = await list();
  const second = await list(first.NextMarker);
  assert.deepEqual(
    [first, second].map(({ ProvisionedConcurrencyConfigs = [] }) =>
      ProvisionedConcurrencyConfigs.map(({ FunctionArn }) => FunctionArn?.split(":").at(-1)),
    ),
    [["live"], ["2"]],
  );
  assert.equal(second.NextMarker, undefined);
});
