import type { LoadRun, Value } from "#core";
import type { LoadOutcome } from "#operations";
import { jsonText } from "./jsonText.ts";

/** The JSON of `load`. */
export function loadJson({
  target,
  runs,
  expected,
  difference,
  seenInEffect,
  restored,
}: Omit<LoadOutcome, "kind">): string {
  return jsonText({
    version: 1,
    target,
    runs: runs.map(runJson),
    ...(expected !== undefined && { expected }),
    ...(difference !== undefined && {
      difference: {
        servedPerSecond: {
          mean: rounded(difference.mean),
          min: rounded(difference.min),
          max: rounded(difference.max),
        },
        repeats: difference.repeats,
      },
    }),
    ...(seenInEffect !== undefined && { seenInEffect }),
    restored,
  });
}

function runJson({
  label,
  reserved,
  run,
}: {
  readonly label: string;
  readonly reserved: Value;
  readonly run: LoadRun;
}) {
  const { outcomes, shape, startedAt, interrupted, givenUp, requests, maybeThrottled } = run;
  const served = outcomes.served;
  const timedOut = outcomes["timed-out"].count;
  const none = { p50: null, p90: null, p95: null, p99: null, max: null };
  return {
    label,
    reserved,
    shape,
    startedAt,
    ...(interrupted && { interrupted, givenUp }),
    requests,
    served: served.count,
    throttled: outcomes.throttled.count,
    // Requests are served, throttled or failed; those that timed out are among the failed.
    failed: outcomes.failed.count + timedOut,
    timedOut,
    ...(maybeThrottled > 0 && { maybeThrottled }),
    seconds: rounded(run.seconds),
    servedPerSecond: rounded(run.servedPerSecond),
    throttledShare: run.throttledShare,
    inFlight: run.inFlight,
    latency: served.latency === null ? none : latencyJson(served.latency),
    ...(outcomes.throttled.latency !== null && { throttledLatency: latencyJson(outcomes.throttled.latency) }),
    reasons: run.reasons,
    failures: run.failures,
    statuses: run.statuses,
    ...(run.connections !== null && {
      connections: { opened: run.connections.opened, milliseconds: rounded(run.connections.milliseconds) },
    }),
    late: { p99: rounded(run.late.p99), max: rounded(run.late.max) },
    timeline: run.timeline,
  };
}

function latencyJson(latency: NonNullable<LoadRun["outcomes"]["served"]["latency"]>) {
  return Object.fromEntries(Object.entries(latency).map(([name, value]) => [name, rounded(value)]));
}

/** Microseconds are as fine as anything is measured. */
function rounded(value: number): number {
  return Number(value.toFixed(3));
}
