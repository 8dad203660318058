import assert from "node:assert/strict";
import { test } from "node:test";
import { InvokeCommand, LambdaClient, PutProvisionedConcurrencyConfigCommand } from "@aws-sdk/client-lambda";
import type { DemoOptions, DemoServer } from "#demo";
import { clientConfig, demoFor, refusal } from "./clients.ts";

const steady = { median: 1000, p95: 1000 };
const queue = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;

function oneFunction(more: object, limit = 1000, floor = 100): DemoOptions {
  return { account: { limit, floor, functions: [{ name: "a", versions: 1, duration: steady, ...more }] } };
}

/** Waits, without a timer, until this many invocations run. */
async function running(demo: DemoServer, count: number): Promise<void> {
  while (demo.account.region("us-east-1").invocations.running("a") !== count)
    await new Promise((resolve) => setImmediate(resolve));
}

const invoke = (more: object = {}) => new InvokeCommand({ FunctionName: "a", ...more });
const throttle = (reason: string) => ({ name: "TooManyRequestsException", Reason: reason, message: "Rate Exceeded." });

test("an invocation takes its time, occupies an environment and gives it back", async (t) => {
  const demo = await demoFor(t, oneFunction({ reserved: 1 }));
  const lambda = new LambdaClient(clientConfig(demo.url));
  const first = lambda.send(invoke());
  await running(demo, 1);
  await assert.rejects(lambda.send(invoke()), throttle("ReservedFunctionConcurrentInvocationLimitExceeded"));
  demo.clock.advance(1000);
  const { StatusCode, ExecutedVersion, Payload, FunctionError } = await first;
  assert.deepEqual([StatusCode, ExecutedVersion, FunctionError], [200, "$LATEST", undefined]);
  assert.equal(JSON.parse(Buffer.from(Payload ?? []).toString()).statusCode, 200);
  await running(demo, 0);
});

test("a throttled invocation is a 429 with reason, type, message and Retry-After", async (t) => {
  const { url } = await demoFor(t, oneFunction({ reserved: 0 }));
  const response = await fetch(`${url}/2015-03-31/functions/a/invocations`, {
    method: "POST",
    headers: { authorization: "AWS4-HMAC-SHA256 Credential=AKIDEMO/20260101/us-east-1/lambda/aws4_request" },
  });
  assert.deepEqual(
    [response.status, response.headers.get("x-amzn-errortype"), response.headers.get("retry-after")],
    [429, "TooManyRequestsException", "1"],
  );
  assert.deepEqual(await response.json(), {
    Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
    Type: "User",
    message: "Rate Exceeded.",
  });
});

test("without a reservation the common pool is the bound", async (t) => {
  const demo = await demoFor(t, oneFunction({}, 1, 1));
  const lambda = new LambdaClient(clientConfig(demo.url));
  const first = lambda.send(invoke());
  await running(demo, 1);
  await assert.rejects(lambda.send(invoke()), throttle("ConcurrentInvocationLimitExceeded"));
  demo.clock.advance(1000);
  await first;
});

test("ten requests per second and unit of concurrency are the other bound", async (t) => {
  for (const [more, reason] of [
    [{ reserved: 1 }, "ReservedFunctionInvocationRateLimitExceeded"],
    [{}, "FunctionInvocationRateLimitExceeded"],
  ] as const) {
    const { account, clock } = await demoFor(t, oneFunction(more, 1, 0));
    const { invocations, state } = account.region("us-east-1");
    const [subject] = state.functions;
    assert.ok(subject);
    const outcomes = Array.from({ length: 11 }, () => {
      const admission = invocations.start(subject, undefined, clock.now());
      if ("slot" in admission) admission.slot.release();
      return "slot" in admission ? "runs" : admission.throttle;
    });
    assert.deepEqual(outcomes, [...Array(10).fill("runs"), reason]);
    clock.advance(100);
    assert.ok("slot" in invocations.start(subject, undefined, clock.now()));
  }
});

test("where all of the reservation is provisioned, $LATEST is throttled and the version runs", async (t) => {
  const demo = await demoFor(t, oneFunction({ reserved: 1 }));
  const lambda = new LambdaClient(clientConfig(demo.url));
  await lambda.send(
    new PutProvisionedConcurrencyConfigCommand({
      FunctionName: "a",
      Qualifier: "1",
      ProvisionedConcurrentExecutions: 1,
    }),
  );
  demo.clock.advance(5000);
  await assert.rejects(lambda.send(invoke()), throttle("ReservedFunctionConcurrentInvocationLimitExceeded"));
  const first = lambda.send(invoke({ Qualifier: "1" }));
  await running(demo, 1);
  demo.clock.advance(1000);
  assert.equal((await first).ExecutedVersion, "1");
});

test("what provisioned concurrency cannot serve spills over, up to the reservation or into the pool", async (t) => {
  for (const [more, limit, reason] of [
    [{ reserved: 3 }, 1000, "ReservedFunctionConcurrentInvocationLimitExceeded"],
    [{}, 3, "ConcurrentInvocationLimitExceeded"],
  ] as const) {
    const { account, clock } = await demoFor(t, oneFunction({ ...more, provisioned: { 1: 1 } }, limit, 0));
    const { invocations, state } = account.region("us-east-1");
    const [subject] = state.functions;
    assert.ok(subject);
    const outcomes = Array.from({ length: 4 }, () => {
      const admission = invocations.start(subject, "1", clock.now());
      return "slot" in admission ? admission.slot.provisioned : admission.throttle;
    });
    assert.deepEqual(outcomes, [true, false, false, reason]);
  }
});

test("a failing function is reported as Unhandled with status 200, a dry run runs nothing", async (t) => {
  const demo = await demoFor(t, oneFunction({ errorRate: 1 }));
  const lambda = new LambdaClient(clientConfig(demo.url));
  const first = lambda.send(invoke());
  await running(demo, 1);
  demo.clock.advance(1000);
  const { StatusCode, FunctionError } = await first;
  assert.deepEqual([StatusCode, FunctionError], [200, "Unhandled"]);
  assert.equal((await lambda.send(invoke({ InvocationType: "DryRun" }))).StatusCode, 204);
  await running(demo, 0);
});

test("an unknown function cannot be invoked", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t)).url));
  assert.deepEqual(await refusal(lambda.send(new InvokeCommand({ FunctionName: "nope" }))), [
    "ResourceNotFoundException",
    404,
    "Function not found: arn:aws:lambda:us-east-1:123456789012:function:nope",
  ]);
});

test("at reservation 0 an event is accepted and dropped at once, to the destination", async (t) => {
  const demo = await demoFor(t, oneFunction({ reserved: 0, onFailure: queue("failed"), deadLetter: queue("dead") }));
  const lambda = new LambdaClient(clientConfig(demo.url));
  const accepted = await lambda.send(invoke({ InvocationType: "Event", Payload: '{"n":1}' }));
  assert.equal(accepted.StatusCode, 202);
  const { deliveries } = demo.account.region("us-east-1").queue;
  assert.deepEqual(deliveries, [
    {
      to: queue("failed"),
      body: {
        version: "1.0",
        timestamp: "2026-01-01T00:00:00.000Z",
        requestContext: {
          requestId: accepted.$metadata.requestId,
          functionArn: "arn:aws:lambda:us-east-1:123456789012:function:a:$LATEST",
          condition: "ZeroReservedConcurrency",
          approximateInvokeCount: 0,
        },
        requestPayload: { n: 1 },
      },
    },
    {
      to: queue("dead"),
      body: { n: 1 },
      attributes: { RequestID: accepted.$metadata.requestId, ErrorCode: "429", ErrorMessage: "Rate Exceeded." },
    },
  ]);
  const shown = await fetch(`${demo.url}/demo/deliveries`);
  assert.deepEqual(await shown.json(), { Deliveries: deliveries });
});

test("a throttled event waits and runs when there is room again", async (t) => {
  const demo = await demoFor(t, oneFunction({ reserved: 1, onFailure: queue("failed") }));
  const lambda = new LambdaClient(clientConfig(demo.url));
  for (const _ of [1, 2]) await lambda.send(invoke({ InvocationType: "Event" }));
  await running(demo, 1);
  demo.clock.advance(1500);
  await running(demo, 1);
  demo.clock.advance(1500);
  await running(demo, 0);
  assert.deepEqual(demo.account.region("us-east-1").queue.deliveries, []);
});

test("an event that waits longer than six hours is given up, and one that fails three times", async (t) => {
  for (const [more, condition, count] of [
    [{ reserved: 1 }, "EventAgeExceeded", 0],
    [{ reserved: 1, errorRate: 1, duration: steady }, "RetriesExhausted", 3],
  ] as const) {
    const demo = await demoFor(t, oneFunction({ onFailure: queue("failed"), ...more }));
    const { invocations, state, queue: events } = demo.account.region("us-east-1");
    const [subject] = state.functions;
    assert.ok(subject);
    if (condition === "EventAgeExceeded") invocations.start(subject, undefined, demo.clock.now());
    events.accept(subject, undefined, "id", {});
    demo.clock.advance(7 * 3600 * 1000);
    assert.equal(events.deliveries.length, 1);
    const record = JSON.parse(JSON.stringify(events.deliveries[0]?.body));
    assert.deepEqual(
      [record.requestContext.condition, record.requestContext.approximateInvokeCount],
      [condition, count],
    );
  }
});
