import assert from "node:assert/strict";
import { test } from "node:test";
import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";
import type { Session } from "#aws";
import { mappingOf } from "#aws/reading/mapping.ts";
import { showsZero } from "#aws/reading/reservations.ts";
import { scalingTargetOf } from "#aws/reading/scalingTarget.ts";
import { type UsageWindow, usageWindow } from "#aws/reading/usageWindow.ts";

const arn = "arn:aws:lambda:us-east-1:123456789012:function:orders";
const mapping = (more: EventSourceMappingConfiguration) =>
  mappingOf("orders", { UUID: "1", FunctionArn: arn, ...more });

test("a mapping's kind is told by its source", () => {
  const kinds = ["sqs", "kinesis", "dynamodb", "kafka", "mq", "rds", "something"].map(
    (service) => mapping({ EventSourceArn: `arn:aws:${service}:us-east-1:123456789012:x` })?.kind,
  );
  assert.deepEqual(kinds, ["sqs", "kinesis", "dynamodb", "kafka", "mq", "documentdb", "other"]);
  const Endpoints = { KAFKA_BOOTSTRAP_SERVERS: ["a:9092", "b:9092"] };
  const { kind, source } = mapping({ SelfManagedEventSource: { Endpoints } }) ?? {};
  assert.deepEqual([kind, source], ["kafka", "a:9092,b:9092"]);
  assert.equal(mapping({})?.kind, "other");
});

test("a mapping counts as running unless its state leads away from it", () => {
  const states = ["Creating", "Enabling", "Enabled", "Updating", "Disabling", "Disabled", "Deleting"];
  assert.deepEqual(
    states.map((State) => mapping({ State })?.enabled),
    [true, true, true, true, false, false, false],
  );
});

test("mappings and targets of functions whose names only begin alike belong to somebody else", () => {
  assert.equal(mapping({ FunctionArn: `${arn}-archive` }), undefined);
  assert.equal(mapping({ FunctionArn: `${arn}:live` })?.qualifier, "live");
  const target = { MinCapacity: 1, MaxCapacity: 2 } as const;
  const resource = (ResourceId: string) =>
    scalingTargetOf("orders", { ...target, ResourceId } as Parameters<typeof scalingTargetOf>[1]);
  assert.equal(resource("function:orders-archive:live"), undefined);
  assert.equal(resource("table/orders"), undefined);
  assert.equal(resource("function:orders:live")?.qualifier, "live");
});

test("AWS in all its forms and the demo account show a reservation of 0; nobody else is relied on", () => {
  const shows = (endpoint: string | undefined, location?: string) =>
    showsZero({ identity: endpoint === undefined ? {} : { endpoint } } as Session, location);
  assert.deepEqual(
    [
      shows(undefined),
      shows("https://vpce-1.lambda.us-east-1.vpce.amazonaws.com"),
      shows("https://lambda.cn-north-1.amazonaws.com.cn"),
      shows("https://lambda.us-east-1.api.aws"),
      shows("http://127.0.0.1:4000", "http://127.0.0.1:4000/demo/code/a"),
    ],
    [true, true, true, true, true],
  );
  assert.deepEqual(
    [
      shows("http://127.0.0.1:4566", "http://s3.localhost.localstack.cloud:4566/code"),
      shows("http://127.0.0.1:4566"),
      shows("https://amazonaws.com.example.org"),
      shows("https://notamazonaws.com"),
      shows("not a URL"),
    ],
    [false, false, false, false, false],
  );
});

test("a window ends with the last complete minute and begins where a period begins", () => {
  const at = new Date("2026-01-01T12:03:40Z");
  const shown = (hours: number) => {
    const { start, end, period, grain } = usageWindow(hours, at);
    return [new Date(start).toISOString().slice(0, 16), new Date(end).toISOString().slice(0, 16), period, grain];
  };
  assert.deepEqual(shown(3), ["2026-01-01T09:00", "2026-01-01T12:03", 60, 300]);
  assert.deepEqual(shown(24), ["2025-12-31T12:00", "2026-01-01T12:03", 300, 2400]);
  assert.deepEqual(shown(Number.NaN), shown(1));
  assert.deepEqual(shown(1e9), shown(336));
});

test("the minute under way counts only where metrics are never late, and is all of now then", () => {
  const at = new Date("2026-03-01T12:34:56Z");
  const span = ({ end, nowFrom }: UsageWindow) =>
    [end, nowFrom].map((time) => new Date(time).toISOString().slice(11, 19));
  assert.deepEqual(span(usageWindow(3, at)), ["12:34:00", "12:31:00"]);
  assert.deepEqual(span(usageWindow(3, at, true)), ["12:35:00", "12:34:00"]);
});
