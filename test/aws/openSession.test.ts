import assert from "node:assert/strict";
import { test } from "node:test";
import { GetAccountSettingsCommand } from "@aws-sdk/client-lambda";
import { openDemoSession } from "./demoSession.ts";

test("a session with the demo account says who we are there", async (t) => {
  const { demo, session } = await openDemoSession({}, t);
  assert.deepEqual(session.identity, {
    account: "123456789012",
    alias: "demo-account",
    arn: "arn:aws:iam::123456789012:user/demo",
    partition: "aws",
    region: "us-east-1",
    endpoint: demo.url,
  });
});

test("calls go through the pace, which counts them", async (t) => {
  const { session } = await openDemoSession({}, t);
  const settings = await session.pace.run("other", () => session.lambda.send(new GetAccountSettingsCommand({})));
  assert.equal(settings.AccountLimit?.ConcurrentExecutions, 1000);
  assert.deepEqual(session.pace.counts, { getFunction: 0, other: 1, throttled: 0 });
});
