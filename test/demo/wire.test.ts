import assert from "node:assert/strict";
import { test } from "node:test";
import { accountWith, demoFor } from "./clients.ts";

const signed = (service = "lambda") => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIDEMO/20260101/us-east-1/${service}/aws4_request`,
});

/** Sends a request as it goes over the wire: status, error header and body. */
async function send(url: string, method: string, path: string, body?: unknown) {
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${url}${path}`, { method, headers: signed(), ...text });
  const answer = await response.text();
  return [
    response.status,
    response.headers.get("x-amzn-errortype"),
    answer === "" ? undefined : JSON.parse(answer),
  ] as const;
}

/** The same for the JSON services: the operation stands in a header. */
async function target(url: string, service: string, operation: string, body: unknown) {
  const headers = {
    ...signed(service),
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": operation,
  };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  return [response.status, JSON.parse(await response.text())] as const;
}

const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

test("what does not exist is told under Message, what is refused under message", async (t) => {
  const { url } = await demoFor(t, accountWith({ a: 10 }));
  const Message = `Function not found: ${arn("nope")}:$LATEST`;
  assert.deepEqual(
    await send(url, "PUT", "/2017-10-31/functions/nope/concurrency", { ReservedConcurrentExecutions: 1 }),
    [404, "ResourceNotFoundException", { Type: "User", Message }],
  );
  const message =
    "Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function";
  const path = "/2019-09-30/functions/a/provisioned-concurrency?Qualifier=live";
  assert.deepEqual(await send(url, "PUT", path, { ProvisionedConcurrentExecutions: 11 }), [
    400,
    "InvalidParameterValueException",
    { Type: "User", message },
  ]);
});

test("a conflict is a 409 with type and message", async (t) => {
  const { url } = await demoFor(t, accountWith({ a: 10 }));
  const path = "/2019-09-30/functions/a/provisioned-concurrency?Qualifier=";
  assert.equal((await send(url, "PUT", `${path}1`, { ProvisionedConcurrentExecutions: 1 }))[0], 202);
  assert.deepEqual(await send(url, "PUT", `${path}live`, { ProvisionedConcurrentExecutions: 1 }), [
    409,
    "ResourceConflictException",
    {
      Type: "User",
      message: "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
    },
  ]);
});

test("missing provisioned concurrency is a 404 with a name of its own", async (t) => {
  const { url } = await demoFor(t, accountWith({ a: 10 }));
  const path = "/2019-09-30/functions/a/provisioned-concurrency?Qualifier=live";
  assert.deepEqual(await send(url, "GET", path), [
    404,
    "ProvisionedConcurrencyConfigNotFoundException",
    { Type: "User", message: "No Provisioned Concurrency Config found for this function" },
  ]);
  assert.deepEqual(await send(url, "DELETE", path), [204, null, undefined]);
});

test("a reservation is read and deleted under the dates of the API's model", async (t) => {
  const { url } = await demoFor(t, accountWith({ a: 10 }));
  const read = "/2019-09-30/functions/a/concurrency";
  const change = "/2017-10-31/functions/a/concurrency";
  assert.deepEqual(await send(url, "GET", read), [200, null, { ReservedConcurrentExecutions: 10 }]);
  assert.deepEqual(await send(url, "DELETE", change), [204, null, undefined]);
  assert.deepEqual(await send(url, "GET", read), [200, null, { ReservedConcurrentExecutions: null }]);
  assert.deepEqual(await send(url, "DELETE", change), [204, null, undefined]);
  assert.equal((await send(url, "GET", change))[1], "UnknownOperationException");
});

test("an ARN in the path is encoded, and a name has 64 characters at most", async (t) => {
  const { url } = await demoFor(t, accountWith({ a: 10 }));
  const read = (name: string) => send(url, "GET", `/2019-09-30/functions/${encodeURIComponent(name)}/concurrency`);
  assert.deepEqual(await read(arn("a")), [200, null, { ReservedConcurrentExecutions: 10 }]);
  const [status, name, body] = await read("x".repeat(65));
  assert.deepEqual([status, name], [400, "ValidationException"]);
  assert.match(body.message, /^1 validation error detected: Value '.*' at 'functionName' failed to satisfy constraint/);
});

test("management calls beyond the rate are a 429 with the caller as its reason", async (t) => {
  const { url } = await demoFor(t, accountWith({ a: 10 }));
  const calls = await Promise.all(Array.from({ length: 16 }, () => send(url, "GET", "/2016-08-19/account-settings")));
  assert.deepEqual(
    calls.filter(([status]) => status !== 200),
    [[429, "TooManyRequestsException", { Reason: "CallerRateLimitExceeded", Type: "User", message: "Rate exceeded" }]],
  );
});

test("a change of a mapping is accepted with 202, and while it is under way another is a 400", async (t) => {
  const { url } = await demoFor(t);
  const [, , list] = await send(url, "GET", "/2015-03-31/event-source-mappings?FunctionName=blog-thumbnails");
  const path = `/2015-03-31/event-source-mappings/${list.EventSourceMappings[0].UUID}`;
  const [status, , changed] = await send(url, "PUT", path, { Enabled: false });
  assert.deepEqual([status, changed.State], [202, "Disabling"]);
  assert.deepEqual((await send(url, "PUT", path, { Enabled: true })).slice(0, 2), [400, "ResourceInUseException"]);
});

test("scalable targets are listed for the namespace, 50 in a page", async (t) => {
  const functions = Array.from({ length: 60 }, (_, index) => ({
    name: `f${index}`,
    versions: 1,
    aliases: { live: "1" },
    targets: { live: { minimum: 1, maximum: 2 } },
  }));
  const { url } = await demoFor(t, { account: { functions } });
  const describe = (more: object) =>
    target(url, "application-autoscaling", "AnyScaleFrontendService.DescribeScalableTargets", {
      ServiceNamespace: "lambda",
      ...more,
    });
  const [status, first] = await describe({ MaxResults: 50 });
  const [, second] = await describe({ NextToken: first.NextToken });
  assert.deepEqual([status, first.ScalableTargets.length, second.ScalableTargets.length], [200, 50, 10]);
  const { ResourceId, ScalableDimension, MinCapacity, MaxCapacity, SuspendedState } = second.ScalableTargets[9];
  assert.deepEqual(
    { ResourceId, ScalableDimension, MinCapacity, MaxCapacity, SuspendedState },
    {
      ResourceId: "function:f59:live",
      ScalableDimension: "lambda:function:ProvisionedConcurrency",
      MinCapacity: 1,
      MaxCapacity: 2,
      SuspendedState: {
        DynamicScalingInSuspended: false,
        DynamicScalingOutSuspended: false,
        ScheduledScalingSuspended: false,
      },
    },
  );
});

test("a quota and a request for more have the members of the API's model", async (t) => {
  const { url } = await demoFor(t);
  const call = (operation: string, more: object = {}) =>
    target(url, "servicequotas", `ServiceQuotasV20190624.${operation}`, {
      ServiceCode: "lambda",
      QuotaCode: "L-B99A9384",
      ...more,
    });
  const named = {
    ServiceCode: "lambda",
    ServiceName: "AWS Lambda",
    QuotaArn: "arn:aws:servicequotas:us-east-1:123456789012:lambda/L-B99A9384",
    QuotaCode: "L-B99A9384",
    QuotaName: "Concurrent executions",
    Unit: "None",
    GlobalQuota: false,
  };
  const Quota = {
    ...named,
    Value: 1000,
    Adjustable: true,
    UsageMetric: {
      MetricNamespace: "AWS/Lambda",
      MetricName: "ConcurrentExecutions",
      MetricDimensions: {},
      MetricStatisticRecommendation: "Maximum",
    },
    QuotaAppliedAtLevel: "ACCOUNT",
  };
  assert.deepEqual(await call("GetServiceQuota"), [200, { Quota }]);
  const [status, { RequestedQuota }] = await call("RequestServiceQuotaIncrease", { DesiredValue: 1500 });
  const { Id, Requester, ...requested } = RequestedQuota;
  assert.equal(status, 200);
  assert.match(Id, /^[0-9a-f]{32}$/);
  assert.equal(JSON.parse(Requester).accountId, "123456789012");
  const Created = Date.UTC(2026, 0, 1) / 1000;
  assert.deepEqual(requested, {
    ...named,
    DesiredValue: 1500,
    Status: "PENDING",
    Created,
    LastUpdated: Created,
    QuotaRequestedAtLevel: "ACCOUNT",
  });
});

test("a denied action is named as IAM names it, with the resource that a policy would allow", async (t) => {
  const { url } = await demoFor(t, { ...accountWith({ a: 10 }), faults: [{ kind: "deny", action: "*" }] });
  const uuid = "00000000-0000-4000-8000-000000000000";
  const mapping = `arn:aws:lambda:us-east-1:123456789012:event-source-mapping:${uuid}`;
  const provisioned = "/2019-09-30/functions/a/provisioned-concurrency";
  const tags = `/2017-03-31/tags/${encodeURIComponent(arn("a"))}`;
  for (const [method, path, action, resource] of [
    ["GET", "/2016-08-19/account-settings", "GetAccountSettings", "*"],
    ["GET", "/2015-03-31/functions", "ListFunctions", "*"],
    ["GET", "/2015-03-31/functions/a", "GetFunction", arn("a")],
    ["GET", "/2015-03-31/functions/a/aliases", "ListAliases", arn("a")],
    ["GET", "/2015-03-31/functions/a/versions", "ListVersionsByFunction", arn("a")],
    ["DELETE", "/2015-03-31/functions/a/aliases/live", "DeleteAlias", arn("a")],
    ["POST", "/2015-03-31/functions/a/invocations", "InvokeFunction", arn("a")],
    ["GET", "/2019-09-30/functions/a/concurrency", "GetFunctionConcurrency", arn("a")],
    ["PUT", "/2017-10-31/functions/a/concurrency", "PutFunctionConcurrency", arn("a")],
    ["DELETE", "/2017-10-31/functions/a/concurrency", "DeleteFunctionConcurrency", arn("a")],
    ["GET", `${provisioned}?List=ALL`, "ListProvisionedConcurrencyConfigs", arn("a")],
    ["GET", `${provisioned}?Qualifier=live`, "GetProvisionedConcurrencyConfig", arn("a:live")],
    ["PUT", `${provisioned}?Qualifier=live`, "PutProvisionedConcurrencyConfig", arn("a:live")],
    ["DELETE", `${provisioned}?Qualifier=live`, "DeleteProvisionedConcurrencyConfig", arn("a:live")],
    ["GET", "/2015-03-31/event-source-mappings", "ListEventSourceMappings", "*"],
    ["GET", `/2015-03-31/event-source-mappings/${uuid}`, "GetEventSourceMapping", mapping],
    ["PUT", `/2015-03-31/event-source-mappings/${uuid}`, "UpdateEventSourceMapping", mapping],
    ["GET", tags, "ListTags", arn("a")],
    ["POST", tags, "TagResource", arn("a")],
    ["DELETE", `${tags}?tagKeys=x`, "UntagResource", arn("a")],
    ["GET", "/2019-09-25/functions/a/event-invoke-config", "GetFunctionEventInvokeConfig", arn("a")],
  ] as const) {
    const Message = `User: arn:aws:iam::123456789012:user/demo is not authorized to perform: lambda:${action} on resource: ${resource} because no identity-based policy allows the lambda:${action} action`;
    assert.deepEqual(await send(url, method, path), [403, "AccessDeniedException", { Message }]);
  }
  for (const [service, operation, permission] of [
    [
      "servicequotas",
      "ServiceQuotasV20190624.RequestServiceQuotaIncrease",
      "servicequotas:RequestServiceQuotaIncrease",
    ],
    [
      "application-autoscaling",
      "AnyScaleFrontendService.RegisterScalableTarget",
      "application-autoscaling:RegisterScalableTarget",
    ],
    ["tagging", "ResourceGroupsTaggingAPI_20170126.GetResources", "tag:GetResources"],
    ["monitoring", "GraniteServiceVersion20100801.GetMetricData", "cloudwatch:GetMetricData"],
  ] as const) {
    const [status, body] = await target(url, service, operation, {});
    assert.deepEqual([status, body.__type], [400, "AccessDeniedException"]);
    assert.equal(/perform: (\S+) on/.exec(body.message)?.[1], permission);
  }
});
