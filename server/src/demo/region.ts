import type { FunctionState, Identity, RegionState } from "./account/state.ts";
import { AsyncQueue, type Outcome } from "./engine/asyncQueue.ts";
import { managementBuckets } from "./engine/bucket.ts";
import type { Clock } from "./engine/clock.ts";
import { Invocations } from "./engine/invocations.ts";
import { Metrics } from "./engine/metrics.ts";
import { duration, type Random } from "./engine/random.ts";
import { Traffic } from "./engine/traffic.ts";

/** One Region of the demo account with everything that moves in it. */
export interface Region {
  readonly state: RegionState;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly invocations: Invocations;
  readonly queue: AsyncQueue;
  readonly traffic: Traffic;
  /** May a management call pass? */
  readonly admits: (action: string, now: number) => boolean;
  /** ARN of a function, version or alias. */
  arn(name: string, qualifier?: string): string;
  /** Decides how an invocation that starts now goes, and counts it in the metrics. */
  run(subject: FunctionState): Outcome;
}

/** Sets a Region going. */
export function createRegion(state: RegionState, identity: Identity, clock: Clock, random: Random): Region {
  const metrics = new Metrics();
  const invocations = new Invocations(state, metrics);
  const arn = (name: string, qualifier?: string) =>
    `arn:aws:lambda:${state.region}:${identity.account}:function:${name}${qualifier === undefined ? "" : `:${qualifier}`}`;
  const run = (subject: FunctionState): Outcome => {
    const milliseconds = duration(subject.duration.median, subject.duration.p95, random);
    const failed = random() < subject.errorRate;
    for (const dimensions of [{}, { FunctionName: subject.name }]) {
      metrics.add("Duration", dimensions, clock.now(), milliseconds);
      metrics.add("Errors", dimensions, clock.now(), failed ? 1 : 0);
    }
    return { milliseconds, failed };
  };
  const queue = new AsyncQueue(clock, metrics, invocations, run, arn);
  const traffic = new Traffic(state, invocations, queue, metrics, random, clock.now());
  return { state, clock, metrics, invocations, queue, traffic, admits: managementBuckets(), arn, run };
}
