import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { IAMClient, ListAccountAliasesCommand } from "@aws-sdk/client-iam";
import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ListRequestedServiceQuotaChangeHistoryByQuotaCommand,
  RequestServiceQuotaIncreaseCommand,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { clientConfig, demoFor, refusal } from "./clients.ts";

const quota = { ServiceCode: "lambda", QuotaCode: "L-B99A9384" };

test("STS says who calls, IAM what the account is called", async (t) => {
  const { url } = await demoFor(t);
  const { Account, Arn } = await new STSClient(clientConfig(url)).send(new GetCallerIdentityCommand({}));
  assert.deepEqual([Account, Arn], ["123456789012", "arn:aws:iam::123456789012:user/demo"]);
  const { AccountAliases } = await new IAMClient(clientConfig(url)).send(new ListAccountAliasesCommand({}));
  assert.deepEqual(AccountAliases, ["demo-account"]);
});

test("the tagging API finds functions by tag, 100 in a page", async (t) => {
  const functions = Array.from({ length: 150 }, (_, index) => ({ name: `f${index}`, tags: { team: "a&b" } }));
  const { url } = await demoFor(t, { account: { functions: [...functions, { name: "other" }] } });
  const client = new ResourceGroupsTaggingAPIClient(clientConfig(url));
  const TagFilters = [{ Key: "team", Values: ["a&b"] }];
  const first = await client.send(new GetResourcesCommand({ TagFilters, ResourceTypeFilters: ["lambda:function"] }));
  assert.equal(first.ResourceTagMappingList?.length, 100);
  const { PaginationToken } = first;
  const second = await client.send(new GetResourcesCommand({ TagFilters, PaginationToken }));
  assert.equal(second.ResourceTagMappingList?.length, 50);
  assert.equal(second.PaginationToken, "");
  assert.deepEqual(second.ResourceTagMappingList?.[0], {
    ResourceARN: "arn:aws:lambda:us-east-1:123456789012:function:f100",
    Tags: [{ Key: "team", Value: "a&b" }],
  });
});

test("the quota in force and its default are numbers", async (t) => {
  const client = new ServiceQuotasClient(clientConfig((await demoFor(t, { limit: 3000 })).url));
  const { Quota } = await client.send(new GetServiceQuotaCommand(quota));
  assert.deepEqual([Quota?.Value, Quota?.QuotaName, Quota?.Adjustable], [3000, "Concurrent executions", true]);
  assert.equal((await client.send(new GetAWSDefaultServiceQuotaCommand(quota))).Quota?.Value, 1000);
  assert.deepEqual(
    (await refusal(client.send(new GetServiceQuotaCommand({ ServiceCode: "lambda", QuotaCode: "L-X" })))).slice(0, 2),
    ["NoSuchResourceException", 400],
  );
});

test("one request to raise the quota can be open, and the history shows it", async (t) => {
  const client = new ServiceQuotasClient(clientConfig((await demoFor(t)).url));
  const raise = (DesiredValue: number) =>
    client.send(new RequestServiceQuotaIncreaseCommand({ ...quota, DesiredValue }));
  assert.equal((await refusal(raise(1000)))[0], "IllegalArgumentException");
  const { RequestedQuota } = await raise(2000);
  assert.deepEqual([RequestedQuota?.Status, RequestedQuota?.DesiredValue], ["PENDING", 2000]);
  assert.equal(RequestedQuota?.Created?.toISOString(), "2026-01-01T00:00:00.000Z");
  assert.equal((await refusal(raise(3000)))[0], "ResourceAlreadyExistsException");
  const { RequestedQuotas } = await client.send(new ListRequestedServiceQuotaChangeHistoryByQuotaCommand(quota));
  assert.deepEqual(
    RequestedQuotas?.map(({ Id }) => Id),
    [RequestedQuota?.Id],
  );
});

test("a scalable target is suspended and keeps its bounds", async (t) => {
  const client = new ApplicationAutoScalingClient(clientConfig((await demoFor(t)).url));
  const target = {
    ServiceNamespace: "lambda",
    ResourceId: "function:blog-search:live",
    ScalableDimension: "lambda:function:ProvisionedConcurrency",
  } as const;
  const suspended = {
    DynamicScalingInSuspended: true,
    DynamicScalingOutSuspended: true,
    ScheduledScalingSuspended: true,
  };
  await client.send(new RegisterScalableTargetCommand({ ...target, SuspendedState: suspended }));
  const { ScalableTargets = [] } = await client.send(
    new DescribeScalableTargetsCommand({ ServiceNamespace: "lambda" }),
  );
  assert.deepEqual(
    ScalableTargets.map(({ ResourceId, MinCapacity, MaxCapacity, SuspendedState }) => [
      ResourceId,
      MinCapacity,
      MaxCapacity,
      SuspendedState,
    ]),
    [["function:blog-search:live", 20, 60, suspended]],
  );
  const unknown = { ...target, ResourceId: "function:nope:live", MinCapacity: 1, MaxCapacity: 2 };
  assert.equal((await refusal(client.send(new RegisterScalableTargetCommand(unknown))))[0], "ValidationException");
});
