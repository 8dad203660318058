import assert from "node:assert/strict";
import { test } from "node:test";
import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { type DemoServer, manualClock, startDemo } from "#demo";
import { accountWith, clientConfig, demoFor, refusal } from "./clients.ts";

const start = Date.UTC(2026, 0, 1);
const window = { StartTime: new Date(start), EndTime: new Date(start + 3_600_000) };
const authorization = "AWS4-HMAC-SHA256 Credential=AKIDEMO/20260101/us-east-1/monitoring/aws4_request";

function stat(Id: string, MetricName: string, FunctionName?: string, Stat = "Maximum", Period = 60): MetricDataQuery {
  const Dimensions = FunctionName === undefined ? [] : [{ Name: "FunctionName", Value: FunctionName }];
  return { Id, MetricStat: { Metric: { Namespace: "AWS/Lambda", MetricName, Dimensions }, Period, Stat } };
}

/** In minute 0 three invocations of `a` run at once; in minute 1 one of `a` and one of `b`; `a` is throttled twice. */
async function measured(t: Parameters<typeof demoFor>[0]): Promise<DemoServer> {
  const demo = await demoFor(t, accountWith({ a: 3, b: null }));
  const { invocations, state } = demo.account.region("us-east-1");
  const [a, b] = state.functions;
  assert.ok(a && b);
  const slots = [1, 2, 3, 4, 5].map(() => invocations.start(a, undefined, start));
  for (const admission of slots) if ("slot" in admission) admission.slot.release();
  invocations.start(a, undefined, start + 60_000);
  invocations.start(b, undefined, start + 60_000);
  return demo;
}

async function values(demo: DemoServer, ...queries: MetricDataQuery[]) {
  const client = new CloudWatchClient(clientConfig(demo.url));
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({ ...window, ScanBy: "TimestampAscending", MetricDataQueries: queries }),
  );
  return MetricDataResults.map(({ Id, Label, Values }) => [Id, Label, Values]);
}

test("concurrency, throttles and invocations are counted by function and for the Region", async (t) => {
  const demo = await measured(t);
  assert.deepEqual(
    await values(
      demo,
      stat("a", "ConcurrentExecutions", "a"),
      stat("throttles", "Throttles", "a", "Sum"),
      stat("calls", "Invocations", undefined, "Sum", 3600),
      stat("all", "ConcurrentExecutions"),
      stat("free", "UnreservedConcurrentExecutions"),
      stat("claimed", "ClaimedAccountConcurrency"),
      stat("none", "ConcurrentExecutions", "nobody"),
    ),
    [
      ["a", "ConcurrentExecutions", [3, 1]],
      ["throttles", "Throttles", [2]],
      ["calls", "Invocations", [5]],
      ["all", "ConcurrentExecutions", [3, 2]],
      ["free", "UnreservedConcurrentExecutions", [0, 1]],
      ["claimed", "ClaimedAccountConcurrency", [3, 4]],
      ["none", "ConcurrentExecutions", []],
    ],
  );
});

test("the newest value comes first unless asked otherwise", async (t) => {
  const demo = await measured(t);
  const { MetricDataResults } = await new CloudWatchClient(clientConfig(demo.url)).send(
    new GetMetricDataCommand({ ...window, MetricDataQueries: [stat("a", "ConcurrentExecutions", "a")] }),
  );
  assert.deepEqual(MetricDataResults, [
    {
      Id: "a",
      Label: "ConcurrentExecutions",
      Timestamps: [new Date(start + 60_000), new Date(start)],
      Values: [1, 3],
      StatusCode: "Complete",
    },
  ]);
});

test("expressions work out the share of the quota", async (t) => {
  assert.deepEqual(
    await values(
      await measured(t),
      { ...stat("m1", "ClaimedAccountConcurrency"), ReturnData: false },
      { Id: "share", Expression: "m1/SERVICE_QUOTA(m1)*100", Label: "share" },
      { Id: "both", Expression: "-(m1 - 10) + 2*m1" },
    ),
    [
      ["share", "share", [0.3, 0.4]],
      ["both", "both", [13, 14]],
    ],
  );
});

test("SEARCH finds all functions, SELECT the busiest", async (t) => {
  const demo = await measured(t);
  const search = `SEARCH('{AWS/Lambda,FunctionName} MetricName="ConcurrentExecutions"', 'Maximum', 3600)`;
  const top =
    'SELECT MAX(ConcurrentExecutions) FROM SCHEMA("AWS/Lambda", FunctionName) GROUP BY FunctionName ORDER BY MAX() DESC LIMIT 1';
  assert.deepEqual(await values(demo, { Id: "s", Expression: search }, { Id: "t", Expression: top, Period: 3600 }), [
    ["s", "a", [3]],
    ["s", "b", [1]],
    ["t", "a", [3]],
  ]);
});

test("wrong requests are refused as CloudWatch does", async (t) => {
  const demo = await measured(t);
  const client = new CloudWatchClient(clientConfig(demo.url));
  const send = (queries: MetricDataQuery[]) =>
    refusal(client.send(new GetMetricDataCommand({ ...window, MetricDataQueries: queries })));
  const [name, status] = await send([stat("Upper", "Throttles")]);
  assert.deepEqual([name, status], ["InvalidParameterValueException", 400]);
  const many = Array.from({ length: 501 }, (_, index) => stat(`q${index}`, "Throttles"));
  assert.match((await send(many))[2], /500/);
  assert.match((await send([{ Id: "e", Expression: "NO_SUCH(" }]))[2], /^Error in expression: /);
});

test("results are paged by the number of points", async (t) => {
  const demo = await measured(t);
  const client = new CloudWatchClient(clientConfig(demo.url));
  const queries = [stat("a", "ConcurrentExecutions", "a"), stat("b", "ConcurrentExecutions", "b")];
  const command = { ...window, MetricDataQueries: queries, MaxDatapoints: 2 };
  const first = await client.send(new GetMetricDataCommand(command));
  assert.deepEqual(
    first.MetricDataResults?.map(({ Id }) => Id),
    ["a"],
  );
  const second = await client.send(new GetMetricDataCommand({ ...command, NextToken: first.NextToken }));
  assert.deepEqual([second.MetricDataResults?.map(({ Id }) => Id), second.NextToken], [["b"], undefined]);
});

test("where time runs ahead, the last hour is still the last hour", async (t) => {
  const ahead = 600_000;
  const clock = { ...manualClock(start + ahead), ahead: () => ahead };
  const demo = await startDemo({ ...accountWith({ a: 3 }), clock, traffic: false });
  t.after(() => demo.close());
  const { invocations, state } = demo.account.region("us-east-1");
  assert.ok(state.functions[0]);
  invocations.start(state.functions[0], undefined, start + ahead);
  const { MetricDataResults = [] } = await new CloudWatchClient(clientConfig(demo.url)).send(
    new GetMetricDataCommand({ ...window, MetricDataQueries: [stat("a", "ConcurrentExecutions", "a")] }),
  );
  assert.deepEqual(
    MetricDataResults.map(({ Timestamps, Values }) => [Timestamps, Values]),
    [[[new Date(start)], [1]]],
  );
});

test("the query protocol answers in XML, errors included", async (t) => {
  const demo = await measured(t);
  const form = {
    Action: "GetMetricData",
    Version: "2010-08-01",
    StartTime: "2026-01-01T00:00:00Z",
    EndTime: "2026-01-01T01:00:00Z",
    "MetricDataQueries.member.1.Id": "a",
    "MetricDataQueries.member.1.MetricStat.Stat": "Maximum",
    "MetricDataQueries.member.1.MetricStat.Period": "3600",
    "MetricDataQueries.member.1.MetricStat.Metric.Namespace": "AWS/Lambda",
    "MetricDataQueries.member.1.MetricStat.Metric.MetricName": "ConcurrentExecutions",
    "MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name": "FunctionName",
    "MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value": "a",
  };
  const send = (fields: Record<string, string>) =>
    fetch(demo.url, { method: "POST", headers: { authorization }, body: new URLSearchParams(fields) });
  const text = await (await send(form)).text();
  assert.match(text, /<GetMetricDataResult><MetricDataResults><member><Id>a<\/Id><Label>ConcurrentExecutions<\/Label>/);
  assert.match(text, /<Timestamps><member>2026-01-01T00:00:00\.000Z<\/member><\/Timestamps><Values><member>3</);
  const { EndTime: _, ...incomplete } = form;
  const refused = await send(incomplete);
  assert.equal(refused.status, 400);
  assert.match(await refused.text(), /<Code>MissingRequiredParameterException<\/Code>/);
});

test("the CBOR protocol answers in CBOR", async (t) => {
  const demo = await demoFor(t);
  // {"StartTime": 1(0), "EndTime": 1(60), "MetricDataQueries": [{"Id": "a", "Expression": "SEARCH…"}]}
  const text = (value: string) => Buffer.concat([Buffer.from([0x78, value.length]), Buffer.from(value)]);
  const body = Buffer.concat([
    ...[
      Buffer.from([0xa3]),
      text("StartTime"),
      Buffer.from([0xc1, 0x00]),
      text("EndTime"),
      Buffer.from([0xc1, 0x18, 60]),
    ],
    ...[text("MetricDataQueries"), Buffer.from([0x81, 0xa2]), text("Id"), text("a"), text("Expression")],
    text(`SEARCH('{AWS/Lambda} MetricName="Throttles"', 'Sum', 60)`),
  ]);
  const response = await fetch(`${demo.url}/service/GraniteServiceVersion20100801/operation/GetMetricData`, {
    method: "POST",
    headers: { authorization, "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" },
    body,
  });
  assert.deepEqual([response.status, response.headers.get("smithy-protocol")], [200, "rpc-v2-cbor"]);
  const expected = Buffer.concat([
    ...[Buffer.from([0xa2, 0x71]), Buffer.from("MetricDataResults"), Buffer.from([0x80, 0x68])],
    ...[Buffer.from("Messages"), Buffer.from([0x80])],
  ]);
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), expected);
});
