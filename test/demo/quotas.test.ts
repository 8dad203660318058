import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { GetAccountSettingsCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  GetServiceQuotaCommand,
  ListRequestedServiceQuotaChangeHistoryByQuotaCommand,
  RequestServiceQuotaIncreaseCommand,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import { manualClock, startDemo } from "#demo";
import { folderOf } from "../cli/cli.ts";
import { clientConfig, demoFor } from "./clients.ts";

const quota = { ServiceCode: "lambda", QuotaCode: "L-B99A9384" };
const raise = (DesiredValue: number, SupportCaseAllowed = true) =>
  new RequestServiceQuotaIncreaseCommand({ ...quota, DesiredValue, SupportCaseAllowed });

async function history(client: ServiceQuotasClient) {
  const { RequestedQuotas = [] } = await client.send(new ListRequestedServiceQuotaChangeHistoryByQuotaCommand(quota));
  return RequestedQuotas.map(({ Status }) => Status);
}

test("up to twice the limit is approved without a case, and holds for Lambda and for the quota", async (t) => {
  const { url, clock } = await demoFor(t);
  const client = new ServiceQuotasClient(clientConfig(url));
  await client.send(raise(2000));
  clock.advance(29_999);
  assert.deepEqual(await history(client), ["PENDING"]);
  clock.advance(1);
  assert.deepEqual(await history(client), ["APPROVED"]);
  const { AccountLimit } = await new LambdaClient(clientConfig(url)).send(new GetAccountSettingsCommand({}));
  assert.deepEqual([AccountLimit?.ConcurrentExecutions, AccountLimit?.UnreservedConcurrentExecutions], [2000, 1400]);
  assert.equal((await client.send(new GetServiceQuotaCommand(quota))).Quota?.Value, 2000);
});

test("more than that goes through a support case, or is not approved where none is allowed", async (t) => {
  const { url, clock } = await demoFor(t);
  const client = new ServiceQuotasClient(clientConfig(url));
  await client.send(raise(2001, false));
  clock.advance(30_000);
  assert.deepEqual(await history(client), ["NOT_APPROVED"]);
  await client.send(raise(2001));
  clock.advance(30_000);
  assert.deepEqual(await history(client), ["NOT_APPROVED", "CASE_OPENED"]);
  assert.equal((await client.send(new GetServiceQuotaCommand(quota))).Quota?.Value, 1000);
  clock.advance(90_000);
  assert.deepEqual(await history(client), ["NOT_APPROVED", "APPROVED"]);
  assert.equal((await client.send(new GetServiceQuotaCommand(quota))).Quota?.Value, 2001);
});

test("the history is paged and filtered by status", async (t) => {
  const { url, clock } = await demoFor(t);
  const client = new ServiceQuotasClient(clientConfig(url));
  const list = (more: object) =>
    client.send(new ListRequestedServiceQuotaChangeHistoryByQuotaCommand({ ...quota, ...more }));
  for (const value of [1001, 1002, 1003]) {
    await client.send(raise(value));
    if (value < 1003) clock.advance(30_000);
  }
  const first = await list({ MaxResults: 2 });
  const second = await list({ MaxResults: 2, NextToken: first.NextToken });
  assert.deepEqual(
    [first, second].map(({ RequestedQuotas = [] }) => RequestedQuotas.map(({ DesiredValue }) => DesiredValue)),
    [[1001, 1002], [1003]],
  );
  assert.equal(second.NextToken, undefined);
  const { RequestedQuotas = [] } = await list({ Status: "PENDING" });
  assert.deepEqual(
    RequestedQuotas.map(({ DesiredValue }) => DesiredValue),
    [1003],
  );
});

test("a request that is open when the account ends goes on after a restart", async (t) => {
  const stateFile = join(folderOf(t, {}), "state.json");
  const clock = manualClock();
  const first = await startDemo({ traffic: false, clock, stateFile });
  await new ServiceQuotasClient(clientConfig(first.url)).send(raise(5000));
  await first.close();
  const { url } = await demoFor(t, { clock, stateFile });
  clock.advance(120_000);
  const client = new ServiceQuotasClient(clientConfig(url));
  assert.deepEqual(await history(client), ["APPROVED"]);
  assert.equal((await client.send(new GetServiceQuotaCommand(quota))).Quota?.Value, 5000);
});
