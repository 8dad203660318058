import assert from "node:assert/strict";
import { test } from "node:test";
import { CloudWatchClient, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
  ListTagsCommand,
  PutFunctionConcurrencyCommand,
  TagResourceCommand,
} from "@aws-sdk/client-lambda";
import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { GetServiceQuotaCommand, ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { type Fault, manualClock, parseFault } from "#demo";
import { accountWith, clientConfig, demoFor, refusal } from "./clients.ts";

function faults(...texts: string[]): { readonly faults: readonly Fault[] } {
  const read = texts.map(parseFault);
  assert.deepEqual(
    read.filter((fault) => typeof fault === "string"),
    [],
  );
  return { faults: read.filter((fault) => typeof fault !== "string") };
}

const settings = new GetAccountSettingsCommand({});

test("a denied action names user, action and resource", async (t) => {
  const { url } = await demoFor(t, faults("deny:GetFunction", "deny:GetAccountSettings", "deny:GetServiceQuota"));
  const lambda = new LambdaClient(clientConfig(url));
  const denied = (action: string, resource: string) =>
    `User: arn:aws:iam::123456789012:user/demo is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  assert.deepEqual(await refusal(lambda.send(settings)), [
    "AccessDeniedException",
    403,
    denied("lambda:GetAccountSettings", "*"),
  ]);
  const arn = "arn:aws:lambda:us-east-1:123456789012:function:blog-search";
  assert.deepEqual(await refusal(lambda.send(new GetFunctionCommand({ FunctionName: "blog-search" }))), [
    "AccessDeniedException",
    403,
    denied("lambda:GetFunction", arn),
  ]);
  const quota = new GetServiceQuotaCommand({ ServiceCode: "lambda", QuotaCode: "L-B99A9384" });
  assert.deepEqual(await refusal(new ServiceQuotasClient(clientConfig(url)).send(quota)), [
    "AccessDeniedException",
    400,
    denied("servicequotas:GetServiceQuota", "*"),
  ]);
});

test("expired credentials are told in each protocol", async (t) => {
  const { url } = await demoFor(t, faults("expired"));
  const config = clientConfig(url);
  const text = "The security token included in the request is expired";
  assert.deepEqual(await refusal(new LambdaClient(config).send(settings)), ["ExpiredTokenException", 403, text]);
  assert.deepEqual((await refusal(new STSClient(config).send(new GetCallerIdentityCommand({})))).slice(1), [403, text]);
  const metrics = new GetMetricDataCommand({ StartTime: new Date(0), EndTime: new Date(1), MetricDataQueries: [] });
  assert.deepEqual((await refusal(new CloudWatchClient(config).send(metrics))).slice(1), [400, text]);
});

test("a throttled management call says so, and a retrying client gets through", async (t) => {
  const { url } = await demoFor(t, faults("throttle:GetAccountSettings:times=2"));
  await assert.rejects(new LambdaClient(clientConfig(url)).send(settings), {
    name: "TooManyRequestsException",
    Reason: "CallerRateLimitExceeded",
    retryAfterSeconds: "1",
  });
  const patient = new LambdaClient({
    ...clientConfig(url),
    maxAttempts: 3,
    retryStrategy: {
      acquireInitialRetryToken: async () => ({ getRetryCount: () => 0, getRetryDelay: () => 0 }),
      refreshRetryTokenForRetry: async (token) => token,
      recordSuccess: () => {},
    },
  });
  assert.equal((await patient.send(settings)).AccountLimit?.ConcurrentExecutions, 1000);
});

test("a server error is a 500", async (t) => {
  const { url } = await demoFor(t, faults("server-error:GetAccountSettings:times=1"));
  const lambda = new LambdaClient(clientConfig(url));
  assert.deepEqual((await refusal(lambda.send(settings))).slice(0, 2), ["ServiceException", 500]);
  assert.equal((await lambda.send(settings)).AccountLimit?.ConcurrentExecutions, 1000);
});

test("a connection may be cut after the change was made", async (t) => {
  const { url } = await demoFor(t, { ...accountWith({ a: 1 }), ...faults("cut:PutFunctionConcurrency:times=1") });
  const lambda = new LambdaClient(clientConfig(url));
  const change = new PutFunctionConcurrencyCommand({ FunctionName: "a", ReservedConcurrentExecutions: 2 });
  const [, status] = await refusal(lambda.send(change));
  assert.equal(status, undefined);
  const read = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: "a" }));
  assert.equal(read.ReservedConcurrentExecutions, 2);
});

test("the account may change underneath", async (t) => {
  const { url } = await demoFor(t, faults("other-account:GetCallerIdentity:after=1"));
  const sts = new STSClient(clientConfig(url));
  assert.equal((await sts.send(new GetCallerIdentityCommand({}))).Account, "123456789012");
  assert.equal((await sts.send(new GetCallerIdentityCommand({}))).Account, "210987654321");
});

test("an answer of another account names its functions by that account", async (t) => {
  const { url } = await demoFor(t, { ...accountWith({ a: 1 }), ...faults("other-account:GetFunction:times=1") });
  const lambda = new LambdaClient(clientConfig(url));
  const arn = async () => {
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: "a" }));
    return Configuration?.FunctionArn;
  };
  assert.equal(await arn(), "arn:aws:lambda:us-east-1:210987654321:function:a");
  assert.equal(await arn(), "arn:aws:lambda:us-east-1:123456789012:function:a");
});

test("a slow answer takes its time on the clock of the account", async (t) => {
  const { url, account, clock } = await demoFor(t, faults("slow:GetAccountSettings:ms=5000"));
  const before = clock.now();
  const waits = new Promise<void>((resolve) => {
    const { schedule } = account.clock;
    Object.assign(account.clock, {
      schedule: (delay: number, task: () => void) => {
        const cancel = schedule(delay, task);
        resolve();
        return cancel;
      },
    });
  });
  const answer = new LambdaClient(clientConfig(url)).send(settings);
  await waits;
  clock.advance(5000);
  assert.equal((await answer).AccountLimit?.ConcurrentExecutions, 1000);
  assert.equal(clock.now() - before, 5000);
});

test("GetFunction has 100 calls per second, the rest 15 together", async (t) => {
  const { url, clock } = await demoFor(t, accountWith({ a: 1 }));
  const lambda = new LambdaClient(clientConfig(url));
  const count = async (calls: number, send: (index: number) => Promise<unknown>) => {
    const done = await Promise.allSettled(Array.from({ length: calls }, (_, index) => send(index)));
    return done.filter(({ status }) => status === "fulfilled").length;
  };
  const rest = (index: number): Promise<unknown> =>
    index % 2 === 0 ? lambda.send(settings) : lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: "a" }));
  assert.equal(await count(20, rest), 15);
  assert.equal(await count(110, () => lambda.send(new GetFunctionCommand({ FunctionName: "a" }))), 100);
  clock.advance(1000);
  assert.equal(await count(20, rest), 15);
});

test("a request without signature is refused, an unknown operation too", async (t) => {
  const { url } = await demoFor(t);
  const unsigned = await fetch(`${url}/2016-08-19/account-settings`);
  assert.deepEqual(
    [unsigned.status, unsigned.headers.get("x-amzn-errortype")],
    [403, "MissingAuthenticationTokenException"],
  );
  const authorization = "AWS4-HMAC-SHA256 Credential=AKIDEMO/20260101/us-east-1/lambda/aws4_request";
  const unknown = await fetch(`${url}/2015-03-31/layers`, { headers: { authorization } });
  assert.deepEqual([unknown.status, unknown.headers.get("x-amzn-errortype")], [404, "UnknownOperationException"]);
});

for (const [text, message] of [
  [
    "nope",
    '"nope" is no kind of fault; there are cut, deny, empty-pages, expired, moto, other-account, server-error, slow, stale, stale-tags, throttle.',
  ],
  ["deny:GetFunction:times=x", '"times=x" in the fault "deny:GetFunction:times=x" is not times=N, after=N or ms=N.'],
] as const) {
  test(`the fault ${text} is refused with a sentence`, () => assert.equal(parseFault(text), message));
}

test("stale reads are as of any moment of the last milliseconds, and may go backwards", async (t) => {
  const clock = manualClock(0);
  const { url } = await demoFor(t, { clock, seed: 3, ...faults("stale:GetFunction:ms=1000") });
  const lambda = new LambdaClient(clientConfig(url));
  const FunctionName = "blog-archive";
  const put = (ReservedConcurrentExecutions: number) =>
    lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
  const get = async () =>
    (await lambda.send(new GetFunctionCommand({ FunctionName }))).Concurrency?.ReservedConcurrentExecutions;
  const many = async () => {
    const seen: unknown[] = [];
    for (let count = 0; count < 30; count++) seen.push(await get());
    return seen;
  };
  for (const value of [1, 2, 3]) {
    clock.advance(400);
    await put(value);
  }
  // 0 ended 800 ms ago: all four may be seen.
  const first = await many();
  assert.deepEqual([...new Set(first)].sort(), [0, 1, 2, 3]);
  assert.ok(
    first.some((value, index) => Number(value) < Number(first[index - 1])),
    first.join(" "),
  );
  const fresh = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
  assert.equal(fresh.ReservedConcurrentExecutions, 3);
  clock.advance(700);
  assert.deepEqual([...new Set(await many())].sort(), [2, 3]);
  clock.advance(400);
  assert.deepEqual([...new Set(await many())], [3]);
});

test("stale tags lag, and everything else is as it is", async (t) => {
  const clock = manualClock(0);
  const { url } = await demoFor(t, { clock, ...faults("stale-tags:ms=1000") });
  const config = clientConfig(url);
  const lambda = new LambdaClient(config);
  const FunctionName = "blog-archive";
  const Resource = `arn:aws:lambda:us-east-1:123456789012:function:${FunctionName}`;
  const look = async () => {
    const { Tags, Concurrency } = await lambda.send(new GetFunctionCommand({ FunctionName }));
    const listed = await lambda.send(new ListTagsCommand({ Resource }));
    const found = await new ResourceGroupsTaggingAPIClient(config).send(
      new GetResourcesCommand({ ResourceARNList: [Resource] }),
    );
    const tagged = found.ResourceTagMappingList?.[0]?.Tags?.find(({ Key }) => Key === "team")?.Value;
    return [Concurrency?.ReservedConcurrentExecutions, Tags?.team, listed.Tags?.team, tagged];
  };
  await lambda.send(new TagResourceCommand({ Resource, Tags: { team: "shop" } }));
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 7 }));
  assert.deepEqual(await look(), [7, undefined, undefined, undefined]);
  clock.advance(999);
  assert.deepEqual(await look(), [7, undefined, undefined, undefined]);
  clock.advance(1);
  assert.deepEqual(await look(), [7, "shop", "shop", "shop"]);
});
