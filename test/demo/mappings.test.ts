import assert from "node:assert/strict";
import { test } from "node:test";
import {
  GetEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import { clientConfig, demoFor, refusal } from "./clients.ts";

async function queueMapping(lambda: LambdaClient): Promise<string> {
  const { EventSourceMappings = [] } = await lambda.send(
    new ListEventSourceMappingsCommand({ FunctionName: "blog-thumbnails" }),
  );
  assert.equal(EventSourceMappings.length, 1);
  return EventSourceMappings[0]?.UUID ?? "";
}

test("the default account has a queue and a stream; concurrencyBlog01 has neither", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t)).url));
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
  assert.deepEqual(
    EventSourceMappings.map(({ FunctionArn, State, ScalingConfig, ParallelizationFactor }) => [
      FunctionArn?.split(":").at(-1),
      State,
      ScalingConfig?.MaximumConcurrency,
      ParallelizationFactor,
    ]),
    [
      ["blog-thumbnails", "Enabled", 250, undefined],
      ["blog-comments", "Enabled", undefined, 2],
    ],
  );
});

test("a mapping is disabling, then disabled, then enabling, then enabled", async (t) => {
  const { url, clock } = await demoFor(t);
  const lambda = new LambdaClient(clientConfig(url));
  const UUID = await queueMapping(lambda);
  const read = async () => (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State;
  const off = await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
  assert.deepEqual([off.$metadata.httpStatusCode, off.State, await read()], [202, "Disabling", "Disabling"]);
  clock.advance(2000);
  assert.equal(await read(), "Disabled");
  const on = await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
  assert.equal(on.State, "Enabling");
  clock.advance(2000);
  assert.equal(await read(), "Enabled");
});

test("a change during a transition is refused with 400", async (t) => {
  const { url } = await demoFor(t);
  const lambda = new LambdaClient(clientConfig(url));
  const UUID = await queueMapping(lambda);
  await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
  const [name, status] = await refusal(lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true })));
  assert.deepEqual([name, status], ["ResourceInUseException", 400]);
});

test("an empty scaling config removes the bound, and a change of it alone is an update", async (t) => {
  const { url, clock } = await demoFor(t);
  const lambda = new LambdaClient(clientConfig(url));
  const UUID = await queueMapping(lambda);
  const changed = await lambda.send(
    new UpdateEventSourceMappingCommand({ UUID, ScalingConfig: { MaximumConcurrency: 2 } }),
  );
  assert.deepEqual([changed.State, changed.ScalingConfig], ["Updating", { MaximumConcurrency: 2 }]);
  clock.advance(2000);
  const removed = await lambda.send(new UpdateEventSourceMappingCommand({ UUID, ScalingConfig: {} }));
  assert.deepEqual(removed.ScalingConfig, {});
  clock.advance(2000);
  for (const MaximumConcurrency of [1, 1001])
    assert.equal(
      (
        await refusal(lambda.send(new UpdateEventSourceMappingCommand({ UUID, ScalingConfig: { MaximumConcurrency } })))
      )[0],
      "ValidationException",
    );
});

test("a page of mappings holds 100 at most", async (t) => {
  const source = "arn:aws:sqs:us-east-1:123456789012:q";
  const functions = Array.from({ length: 120 }, (_, index) => ({ name: `f${index}`, mappings: [{ source }] }));
  const lambda = new LambdaClient(clientConfig((await demoFor(t, { account: { functions } })).url));
  const first = await lambda.send(new ListEventSourceMappingsCommand({ MaxItems: 1000 }));
  const second = await lambda.send(new ListEventSourceMappingsCommand({ Marker: first.NextMarker }));
  assert.deepEqual(
    [first.EventSourceMappings?.length, second.EventSourceMappings?.length, second.NextMarker],
    [100, 20, undefined],
  );
});

test("an unknown mapping is not found", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t)).url));
  const UUID = "00000000-0000-4000-8000-000000000000";
  assert.deepEqual(await refusal(lambda.send(new GetEventSourceMappingCommand({ UUID }))), [
    "ResourceNotFoundException",
    404,
    "The resource you requested does not exist.",
  ]);
});
