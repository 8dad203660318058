import type { LoadRun, Outcome, Sample } from "#core";
import { distributionOf } from "./distribution.ts";
import { concurrency } from "./inFlight.ts";
import { createLatencyHistogram, type LatencyHistogram } from "./latency.ts";
import { timelineOf } from "./timeline.ts";

type Measured = Omit<LoadRun, "target" | "shape" | "startedAt" | "interrupted" | "givenUp" | "connections">;

/** What the requests of a run come to. Each outcome has figures of its own: quick refusals among the served would look like a speed-up. */
export function summarize(samples: Iterable<Sample>): Measured {
  const histograms: Readonly<Record<Outcome, LatencyHistogram>> = {
    served: createLatencyHistogram(),
    throttled: createLatencyHistogram(),
    failed: createLatencyHistogram(),
    "timed-out": createLatencyHistogram(),
  };
  const late = createLatencyHistogram();
  const [reasons, failures, statuses] = [
    new Map<string, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
  ];
  const ran: Sample[] = [];
  let requests = 0;
  let maybeThrottled = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const sample of samples) {
    const { outcome, intended, started, ended, status, reason } = sample;
    requests++;
    histograms[outcome].add(ended - intended);
    late.add(started - intended);
    if (outcome === "throttled") count(reasons, reason);
    if (outcome === "failed") count(failures, reason);
    if (sample.maybeThrottled) maybeThrottled++;
    if (status > 0) count(statuses, String(status));
    if (sample.ran) ran.push(sample);
    first = Math.min(first, intended);
    last = Math.max(last, ended);
  }
  const seconds = requests === 0 ? 0 : (last - first) / 1000;
  const figuresOf = (outcome: Outcome) => ({
    count: histograms[outcome].count,
    latency: histograms[outcome].figures(),
  });
  const lateness = late.figures();
  return {
    requests,
    outcomes: {
      served: figuresOf("served"),
      throttled: figuresOf("throttled"),
      failed: figuresOf("failed"),
      "timed-out": figuresOf("timed-out"),
    },
    seconds,
    servedPerSecond: seconds === 0 ? 0 : histograms.served.count / seconds,
    throttledShare: requests === 0 ? 0 : histograms.throttled.count / requests,
    inFlight: concurrency(
      Float64Array.from(ran, ({ started }) => started),
      Float64Array.from(ran, ({ ended }) => ended),
    ),
    distribution: distributionOf(samples),
    reasons: Object.fromEntries(reasons),
    failures: Object.fromEntries(failures),
    maybeThrottled,
    statuses: Object.fromEntries(statuses),
    late: { p99: lateness?.p99 ?? 0, max: lateness?.max ?? 0 },
    timeline: timelineOf(samples, last / 1000),
    samples,
  };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
