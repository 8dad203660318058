import assert from "node:assert/strict";
import { test } from "node:test";
import { callerText, resourceName } from "#core/wording/arns.ts";

const at = (service: string, resource: string) => `arn:aws:${service}:us-east-1:123456789012:${resource}`;

test("an ARN is called by the name that its owner gave", () => {
  const table: readonly (readonly [string, string])[] = [
    [at("sqs", "orders"), "orders"],
    [at("sqs", "orders.fifo"), "orders.fifo"],
    [at("sns", "alarms"), "alarms"],
    [at("kinesis", "stream/clicks"), "clicks"],
    [at("kinesis", "stream/clicks/consumer/reader:1700000000"), "clicks"],
    [at("dynamodb", "table/carts/stream/2026-01-01T00:00:00.000"), "carts"],
    [at("kafka", "cluster/log/0c5c9e0e-24a4-4a4a-9d3a-3a1d5f6c7b8a-1"), "log"],
    [at("mq", "broker:bunny:b-0c5c9e0e-24a4-4a4a-9d3a-3a1d5f6c7b8a"), "bunny"],
    [at("rds", "cluster:papers"), "papers"],
    [at("events", "event-bus/shop"), "shop"],
    [at("lambda", "function:mail"), "mail"],
    [at("lambda", "function:mail:live"), "mail:live"],
    ["arn:aws-cn:s3:::failed-events", "failed-events"],
    ["arn:aws:sqs:us-east-1:123456789012:", "arn:aws:sqs:us-east-1:123456789012:"],
    ["a:9092,b:9092,c:9092,d:9092,e:9092,f:9092", "a:9092,b:9092,c:9092,d:9092,e:9092,f:9092"],
    ["self-managed", "self-managed"],
    ["", ""],
  ];
  for (const [arn, name] of table) assert.equal(resourceName(arn), name, arn);
});

test("a caller is called by what tells them from others", () => {
  const table: readonly (readonly [string, string])[] = [
    ["arn:aws:iam::123456789012:user/team/dev", "dev"],
    ["arn:aws:sts::123456789012:assumed-role/Ops/anna", "Ops/anna"],
    ["arn:aws:iam::123456789012:root", "root"],
    ["somebody", "somebody"],
  ];
  for (const [arn, name] of table) assert.equal(callerText(arn), name, arn);
});
