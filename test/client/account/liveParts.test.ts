import assert from "node:assert/strict";
import { test } from "node:test";
import { compose, type LiveParts } from "#client/account/liveParts.ts";
import type { AccountSnapshot, FunctionDetails, LiveFunction } from "#core";

const fn = (name: string, reserved: number | null, readAt: string): LiveFunction => ({
  name,
  arn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
  reserved,
  readAt,
});
const snapshot: AccountSnapshot = {
  version: 1,
  identity: {
    account: "123456789012",
    arn: "arn:aws:iam::123456789012:user/me",
    partition: "aws",
    region: "us-east-1",
  },
  readAt: "2026-03-01T12:00:00.000Z",
  limit: 1000,
  unreserved: 900,
  functionCount: 2,
  reading: { state: "complete", known: 2, listed: 2 },
  functions: [fn("a", 1, "2026-03-01T12:00:01.000Z"), fn("c", 3, "2026-03-01T12:00:01.000Z")],
  problems: [{ action: "lambda:GetFunction", message: "Denied." }],
};
const nothing: LiveParts = {
  functions: new Map(),
  details: new Map(),
  usage: new Map(),
  accountUsage: undefined,
  problems: [],
};
const reservations = ({ functions }: AccountSnapshot) => functions.map(({ name, reserved }) => [name, reserved]);

test("of two readings of a function the later one counts", () => {
  const later = new Map([["a", fn("a", 10, "2026-03-01T12:00:02.000Z")]]);
  const earlier = new Map([["a", fn("a", 10, "2026-03-01T12:00:00.000Z")]]);
  assert.deepEqual(reservations(compose(snapshot, { ...nothing, functions: later })), [
    ["a", 10],
    ["c", 3],
  ]);
  assert.deepEqual(reservations(compose(snapshot, { ...nothing, functions: earlier })), [
    ["a", 1],
    ["c", 3],
  ]);
});

test("a function that is gone disappears, and one that was not listed yet finds its place", () => {
  const functions = new Map([
    ["a", null],
    ["b", fn("b", 2, "2026-03-01T12:00:02.000Z")],
  ]);
  assert.deepEqual(reservations(compose(snapshot, { ...nothing, functions })), [
    ["b", 2],
    ["c", 3],
  ]);
});

test("details, use and problems are added, each problem once", () => {
  const details: FunctionDetails = {
    readAt: "2026-03-01T12:00:03.000Z",
    provisioned: [],
    targets: [],
    mappings: [],
    problems: [],
  };
  const usage = { from: "2026-03-01T09:00:00.000Z", until: "2026-03-01T12:00:00.000Z", concurrency: [], now: 4 };
  const composed = compose(snapshot, {
    functions: new Map(),
    details: new Map([["a", details]]),
    usage: new Map([["c", usage]]),
    accountUsage: usage,
    problems: [
      { action: "lambda:GetFunction", message: "Denied again." },
      { action: "cloudwatch:GetMetricData", message: "Denied." },
    ],
  });
  assert.deepEqual(
    composed.functions.map(({ details, usage }) => [details?.readAt, usage?.now]),
    [
      ["2026-03-01T12:00:03.000Z", undefined],
      [undefined, 4],
    ],
  );
  assert.equal(composed.usage, usage);
  assert.deepEqual(
    composed.problems.map(({ message }) => message),
    ["Denied.", "Denied."],
  );
});
