import assert from "node:assert/strict";
import { test } from "node:test";
import { type FunctionDetails, isExpired, type KillFacts, killConsequences, type LiveMapping } from "#core";

const nothing: FunctionDetails = {
  readAt: "2026-11-23T12:00:00.000Z",
  provisioned: [],
  targets: [],
  mappings: [],
  problems: [],
};

function said(details: Partial<FunctionDetails>, more: Partial<KillFacts> = {}): readonly string[] {
  const facts = { details: { ...nothing, ...details }, killedTo: 0 as const, disabled: new Set<string>(), ...more };
  return killConsequences(facts).map(({ kind, loses, message }) => `${loses ? "!" : "-"} ${kind}: ${message}`);
}

function mapping(kind: LiveMapping["kind"], source: string, enabled = true): LiveMapping {
  return { uuid: source, source, kind, state: enabled ? "Enabled" : "Disabled", enabled };
}

const always = [
  "! schedules: Schedules, notifications and rules keep firing; their events are dropped as above.",
  "- running: Invocations that are running finish.",
];

test("a function without anything loses its asynchronous events", () => {
  assert.deepEqual(said({}), [
    "- synchronous: API calls fail with 429 (TooManyRequestsException).",
    "! asynchronous: Asynchronous events are dropped at once and lost: the function has no dead-letter queue and no on-failure destination.",
    ...always,
  ]);
});

test("with 1 instead of 0 nothing is lost", () => {
  const mappings = [mapping("sqs", "arn:aws:sqs:eu-west-1:123456789012:jobs")];
  const disabled = new Set(mappings.map(({ uuid }) => uuid));
  assert.deepEqual(
    said({ mappings }, { killedTo: 1, disabled }).filter((line) => line.startsWith("!")),
    [],
  );
});

test("what was not read is said, and nothing is claimed about it", () => {
  const problems = [{ action: "lambda:GetFunctionEventInvokeConfig", message: "Destinations may not be read." }];
  assert.deepEqual(said({ problems }).slice(1), [
    "! asynchronous: Asynchronous events are dropped at once; whether a dead-letter queue or destination gets them is not known.",
    ...always,
    "! unread: Destinations may not be read.",
  ]);
});

test("each kind of trigger says what happens to it, disabled and not, and disabled ones are not mentioned", () => {
  const mappings = [
    mapping("sqs", "arn:aws:sqs:eu-west-1:123456789012:jobs"),
    mapping("kinesis", "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"),
    mapping("dynamodb", "arn:aws:dynamodb:eu-west-1:123456789012:table/carts/stream/2026-01-01T00:00:00.000"),
    mapping("kafka", "broker-1:9092,broker-2:9092"),
    mapping("sqs", "arn:aws:sqs:eu-west-1:123456789012:old", false),
  ];
  const about = (disabled: readonly string[]) => said({ mappings }, { disabled: new Set(disabled) }).slice(2, -2);
  assert.deepEqual(about([]), [
    "! queue: Queue jobs: polling continues; each throttled attempt raises the receive count of a message, and at maxReceiveCount it moves to the dead-letter queue.",
    "! stream: Stream clicks: its shards are blocked; records are retried until they expire.",
    "! stream: Table stream carts: its shards are blocked; records are retried until they expire.",
    "! poller: Kafka cluster broker-1:9092,broker-2:9092: polling continues and is throttled.",
  ]);
  assert.deepEqual(about(mappings.map(({ uuid }) => uuid)), [
    "- queue: Queue jobs: polling is disabled; messages wait for as long as the queue keeps them.",
    "! stream: Stream clicks: reading is disabled and keeps its position; records expire with the stream's retention (24 hours unless it was raised).",
    "! stream: Table stream carts: reading is disabled and keeps its position; records expire with the stream's retention (24 hours unless it was raised).",
    "- poller: Kafka cluster broker-1:9092,broker-2:9092: polling is disabled.",
  ]);
});

test("a stack may undo the kill", () => {
  assert.equal(said({}, { stack: "shop" }).at(-1), "- deployment: The next deployment of stack shop may undo this.");
});

test("a kill expires at its end, and one without an end never does", () => {
  const until = "2026-11-23T12:00:00.000Z";
  assert.equal(isExpired({ until }, new Date("2026-11-23T11:59:59.999Z")), false);
  assert.equal(isExpired({ until }, new Date(until)), true);
  assert.equal(isExpired({}, new Date("2100-01-01")), false);
});
