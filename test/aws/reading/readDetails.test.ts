import assert from "node:assert/strict";
import { test } from "node:test";
import { createAccountLists, readDetails } from "#aws";
import { sceneFor } from "./support.ts";

const arn = "arn:aws:lambda:us-east-1:123456789012:function:orders";
const queue = "arn:aws:sqs:us-east-1:123456789012:orders";
const account = {
  functions: [
    {
      name: "orders",
      reserved: 100,
      versions: 2,
      aliases: { live: "1" },
      provisioned: { live: 20, 2: 5 },
      targets: { live: { minimum: 10, maximum: 40 } },
      deadLetter: `${queue}-failed`,
      mappings: [
        { source: queue, batchSize: 10, maximumConcurrency: 50 },
        { source: "arn:aws:kinesis:us-east-1:123456789012:stream/clicks", qualifier: "live", parallelizationFactor: 3 },
        { source: "arn:aws:rds:us-east-1:123456789012:cluster:docs", enabled: false },
      ],
    },
    { name: "orders-archive", aliases: { live: "$LATEST" }, mappings: [{ source: queue }] },
  ],
};
const orders = { name: "orders", arn, reserved: 100 };
const archive = { name: "orders-archive", arn: `${arn}-archive`, reserved: null };

test("details are provisioned concurrency, targets, the mappings of all aliases, and the dead-letter queue", async (t) => {
  const { session } = await sceneFor(t, account);
  const { readAt, mappings, ...details } = await readDetails(session, orders);
  assert.equal(Number.isNaN(Date.parse(readAt)), false);
  assert.deepEqual(details, {
    // As integer keys come first in an object, the demo account lists the version first.
    provisioned: [
      { qualifier: "2", requested: 5, allocated: 5, status: "READY" },
      { qualifier: "live", requested: 20, allocated: 20, status: "READY" },
    ],
    targets: [{ qualifier: "live", minimum: 10, maximum: 40, suspended: { in: false, out: false, scheduled: false } }],
    deadLetter: `${queue}-failed`,
    problems: [],
  });
  assert.deepEqual(
    mappings.map(({ uuid: _, ...mapping }) => mapping),
    [
      { source: queue, kind: "sqs", state: "Enabled", enabled: true, batchSize: 10, maximumConcurrency: 50 },
      {
        source: "arn:aws:kinesis:us-east-1:123456789012:stream/clicks",
        kind: "kinesis",
        state: "Enabled",
        enabled: true,
        qualifier: "live",
        batchSize: 10,
        parallelizationFactor: 3,
      },
      {
        source: "arn:aws:rds:us-east-1:123456789012:cluster:docs",
        kind: "documentdb",
        state: "Disabled",
        enabled: false,
        batchSize: 10,
        parallelizationFactor: 1,
      },
    ],
  );
});

test("a function with nothing on it has empty details without a problem", async (t) => {
  const { session } = await sceneFor(t, { functions: [{ name: "orders" }] });
  const { readAt: _, ...details } = await readDetails(session, orders);
  assert.deepEqual(details, { provisioned: [], targets: [], mappings: [], problems: [] });
});

test("each part that is denied is a problem, and the others are there", async (t) => {
  const { session, faults } = await sceneFor(t, account);
  const parts = {
    ListProvisionedConcurrencyConfigs: ["lambda:ListProvisionedConcurrencyConfigs", [0, 1, 3, true]],
    DescribeScalableTargets: ["application-autoscaling:DescribeScalableTargets", [2, 0, 3, true]],
    ListEventSourceMappings: ["lambda:ListEventSourceMappings", [2, 1, 0, true]],
  } as const;
  for (const [action, [permission, expected]] of Object.entries(parts)) {
    faults({ kind: "deny", action });
    const { provisioned, targets, mappings, deadLetter, problems } = await readDetails(session, orders);
    const found = [provisioned.length, targets.length, mappings.length, deadLetter !== undefined];
    assert.deepEqual([problems.map((problem) => problem.action), found], [[permission], expected]);
  }
  faults({ kind: "deny", action: "GetFunction" });
  assert.equal((await readDetails(session, orders)).deadLetter, `${queue}-failed`);
  faults({ kind: "deny", action: "GetFunction" }, { kind: "deny", action: "GetFunctionConfiguration" });
  const { deadLetter, problems } = await readDetails(session, orders);
  assert.deepEqual(
    [deadLetter, problems.map(({ action }) => action)],
    [undefined, ["lambda:GetFunctionConfiguration"]],
  );
});

test("without a dead-letter queue the on-failure destination counts, and only then is it asked for", async (t) => {
  const onFailure = `${queue}-events`;
  const { session, faults, calls } = await sceneFor(t, {
    functions: [
      { name: "orders", onFailure },
      { name: "both", onFailure, deadLetter: `${queue}-failed` },
    ],
  });
  assert.equal((await readDetails(session, orders)).deadLetter, onFailure);
  assert.equal((await readDetails(session, { ...orders, name: "both" })).deadLetter, `${queue}-failed`);
  assert.equal(calls().GetFunctionEventInvokeConfig, 1);
  faults({ kind: "deny", action: "GetFunctionEventInvokeConfig" });
  const { deadLetter, problems } = await readDetails(session, orders);
  assert.deepEqual(
    [deadLetter, problems.map(({ action }) => action)],
    [undefined, ["lambda:GetFunctionEventInvokeConfig"]],
  );
});

test("lists of the account are read once for several functions, and again when they are too old", async (t) => {
  const { session, calls } = await sceneFor(t, account);
  let now = 0;
  const lists = createAccountLists(session, { maxAgeMs: 30_000, now: () => now });
  const [first, second] = await Promise.all([
    readDetails(session, orders, undefined, lists),
    readDetails(session, archive, undefined, lists),
  ]);
  assert.deepEqual([first.mappings.length, second.mappings.length], [3, 1]);
  assert.deepEqual([calls().ListEventSourceMappings, calls().DescribeScalableTargets], [1, 1]);
  now = 30_001;
  await readDetails(session, orders, undefined, lists);
  assert.deepEqual([calls().ListEventSourceMappings, calls().DescribeScalableTargets], [2, 2]);
});

test("without lists everything is read afresh", async (t) => {
  const { session, calls } = await sceneFor(t, account);
  await readDetails(session, orders);
  await readDetails(session, orders);
  assert.equal(calls().ListEventSourceMappings, 2);
});

test("all pages of mappings are read, empty ones too", async (t) => {
  const mappings = Array.from({ length: 120 }, (_, index) => ({ source: `${queue}-${index}` }));
  const { session, faults, calls } = await sceneFor(t, { functions: [{ name: "orders", mappings }] });
  faults({ kind: "empty-pages", action: "ListEventSourceMappings" });
  assert.equal((await readDetails(session, orders)).mappings.length, 120);
  assert.equal(calls().ListEventSourceMappings, 4);
});

test("expired, cancelled and deleted reject", async (t) => {
  const { session, faults } = await sceneFor(t, account);
  await assert.rejects(readDetails(session, { ...orders, name: "gone" }), { kind: "notFound" });
  await assert.rejects(readDetails(session, orders, AbortSignal.abort()), { kind: "cancelled" });
  faults({ kind: "expired", action: "ListEventSourceMappings" });
  await assert.rejects(readDetails(session, orders), { kind: "expired" });
});
