import assert from "node:assert/strict";
import { test } from "node:test";
import type { GetMetricDataCommandInput, GetMetricDataCommandOutput } from "@aws-sdk/client-cloudwatch";
import { createUsageReader, readUsage, type Session } from "#aws";
import { measure } from "./metrics.ts";
import { sceneFor } from "./support.ts";

const noon = Date.UTC(2026, 0, 1, 12);
const now = new Date(noon + 20_000);
const window = { from: "2026-01-01T09:00:00.000Z", until: "2026-01-01T12:00:00.000Z" };
const account = { functions: [{ name: "a" }, { name: "b" }, { name: "idle" }] };

/** Changes what CloudWatch answers, and counts the queries of each call. */
function doctored(
  session: Session,
  change: (output: GetMetricDataCommandOutput) => Partial<GetMetricDataCommandOutput>,
) {
  const queries: number[] = [];
  session.cloudWatch.middlewareStack.add(
    (next) => async (args) => {
      queries.push((args.input as GetMetricDataCommandInput).MetricDataQueries?.length ?? 0);
      const result = await next(args);
      Object.assign(result.output, change(result.output as GetMetricDataCommandOutput));
      return result;
    },
    { step: "initialize" },
  );
  return queries;
}

test("use is a curve of five minutes, the highest value, the last minutes and sums; where there are no data there is nothing", async (t) => {
  const { session, demo } = await sceneFor(t, account);
  const at = (minutes: number, name?: string) => ({ before: noon, minutes, ...(name === undefined ? {} : { name }) });
  for (const [minutes, value] of [
    [1, 4],
    [2, 6],
    [4, 9],
    [60, 20],
    [62, 12],
    [190, 99],
  ] as const)
    measure(demo, "ConcurrentExecutions", value, at(minutes, "a"));
  for (const minutes of [1, 100]) measure(demo, "Throttles", 5, at(minutes, "a"));
  measure(demo, "Invocations", 1000, at(3, "a"));
  measure(demo, "ConcurrentExecutions", 3, at(30, "b"));
  measure(demo, "ConcurrentExecutions", 40, at(2));
  measure(demo, "UnreservedConcurrentExecutions", 15, at(2));
  measure(demo, "UnreservedConcurrentExecutions", 80, at(10));
  const { account: whole, functions, problems } = await readUsage(session, ["a", "b", "idle", "a"], { now });
  assert.deepEqual(problems, []);
  assert.deepEqual(Object.fromEntries(functions), {
    a: {
      ...window,
      concurrency: [
        { time: "2026-01-01T10:55:00.000Z", value: 12 },
        { time: "2026-01-01T11:00:00.000Z", value: 20 },
        { time: "2026-01-01T11:55:00.000Z", value: 9 },
      ],
      maximum: 20,
      now: 6,
      throttles: 10,
      invocations: 1000,
    },
    b: { ...window, concurrency: [{ time: "2026-01-01T11:30:00.000Z", value: 3 }], maximum: 3 },
    idle: { ...window, concurrency: [] },
  });
  assert.deepEqual(whole, {
    ...window,
    concurrency: [{ time: "2026-01-01T11:55:00.000Z", value: 40 }],
    maximum: 40,
    now: 40,
    unreservedNow: 15,
  });
});

test("a function costs three metrics and the account four, 500 in a call", async (t) => {
  const { session } = await sceneFor(t, { more: 400 });
  const queries = doctored(session, () => ({}));
  const names = Array.from({ length: 400 }, (_, index) => `function-${String(index + 1).padStart(4, "0")}`);
  const { functions } = await readUsage(session, names, { now });
  assert.equal(functions.size, 400);
  assert.deepEqual(queries, [500, 500, 204]);
});

test("a day is read in periods of five minutes", async (t) => {
  const { session, demo } = await sceneFor(t, account);
  measure(demo, "ConcurrentExecutions", 7, { before: noon, minutes: 3, name: "a" });
  measure(demo, "ConcurrentExecutions", 9, { before: noon, minutes: 11.5 * 60, name: "a" });
  const { functions } = await readUsage(session, ["a"], { now, hours: 24 });
  const { from, concurrency = [], maximum, now: last } = functions.get("a") ?? {};
  assert.equal(from, "2025-12-31T12:00:00.000Z");
  assert.deepEqual([concurrency.map(({ value }) => value), maximum, last], [[9, 7], 9, 7]);
});

test("all pages are put together, empty ones too", async (t) => {
  const { session, demo, faults, calls } = await sceneFor(t, account);
  measure(demo, "Invocations", 8, { before: noon, minutes: 8, name: "b" });
  faults({ kind: "empty-pages", action: "GetMetricData" });
  const { functions, problems } = await readUsage(session, ["a", "b"], { now });
  assert.deepEqual([functions.get("b")?.invocations, functions.size, problems], [8, 2, []]);
  assert.equal(calls().GetMetricData, 2);
});

test("a function whose metrics are not complete is left out, and one problem says why", async (t) => {
  const { session, demo } = await sceneFor(t, account);
  measure(demo, "Invocations", 8, { before: noon, minutes: 8, name: "b" });
  const statuses: Record<string, "InternalError" | "PartialData"> = {
    t0: "InternalError",
    i2: "PartialData",
    au: "PartialData",
  };
  doctored(session, ({ MetricDataResults = [] }) => ({
    MetricDataResults: MetricDataResults.map((result) => ({
      ...result,
      StatusCode: statuses[result.Id ?? ""] ?? "Complete",
    })),
  }));
  const { functions, problems } = await readUsage(session, ["a", "b", "idle"], { now });
  assert.deepEqual([...functions.keys()], ["b"]);
  assert.deepEqual(
    problems.map(({ message }) => message),
    [
      "CloudWatch gave only a part of some metrics; they are left out. Try again in a few minutes.",
      "CloudWatch could not compute some of the metrics; they are left out. Try again in a few minutes.",
    ],
  );
});

test("what CloudWatch denies is a problem and no use", async (t) => {
  const { session, faults } = await sceneFor(t, account);
  faults({ kind: "deny", action: "GetMetricData" });
  const { account: whole, functions, problems } = await readUsage(session, ["a"], { now });
  assert.deepEqual([whole, functions.size], [{ ...window, concurrency: [] }, 0]);
  assert.deepEqual(
    problems.map(({ action }) => action),
    ["cloudwatch:GetMetricData"],
  );
  faults({ kind: "expired", action: "GetMetricData" });
  await assert.rejects(readUsage(session, ["a"], { now }), { kind: "expired" });
  await assert.rejects(readUsage(session, ["a"], { now, signal: AbortSignal.abort() }), { kind: "cancelled" });
});

test("asking again within five minutes costs nothing, and only what is new is asked for", async (t) => {
  const { session, demo, calls } = await sceneFor(t, account);
  const queries = doctored(session, () => ({}));
  measure(demo, "ConcurrentExecutions", 3, { before: noon, minutes: 30, name: "a" });
  let time = now.getTime();
  const reader = createUsageReader(session, { now: () => time });
  const [first, same] = await Promise.all([reader.read(["a", "b"]), reader.read(["a", "b"])]);
  assert.deepEqual([first.functions.get("a")?.maximum, same.functions.get("a")?.maximum], [3, 3]);
  assert.deepEqual(queries, [10]);
  time += 4 * 60_000;
  assert.deepEqual([...(await reader.read(["b", "idle"])).functions.keys()], ["b", "idle"]);
  assert.deepEqual(queries, [10, 7]);
  time += 60_000;
  await reader.read(["a", "idle"]);
  assert.deepEqual(queries, [10, 7, 7]);
  assert.equal(calls().GetMetricData, 3);
});

test("what was denied is left alone for a minute", async (t) => {
  const { session, faults, calls } = await sceneFor(t, account);
  let time = now.getTime();
  const reader = createUsageReader(session, { now: () => time });
  faults({ kind: "deny", action: "GetMetricData" });
  await reader.read(["a"]);
  assert.equal((await reader.read(["a"])).problems.length, 1);
  assert.equal(calls().GetMetricData, 1);
  faults();
  time += 60_000;
  const { functions, problems } = await reader.read(["a"]);
  assert.deepEqual([functions.size, problems], [1, []]);
});
