import type { FunctionState, RegionState, TrafficState } from "../account/state.ts";
import { taken } from "../account/state.ts";
import type { AsyncQueue } from "./asyncQueue.ts";
import type { Invocations, Slot } from "./invocations.ts";
import type { Metrics } from "./metrics.ts";
import { duration, meanDuration, poisson, type Random } from "./random.ts";

/** Length of one step of the simulation, in milliseconds of demo time. */
const STEP = 100;
/** Demo time that one call makes up for at most; what lies further back is left out. */
const HIGHEST_CATCH_UP = 60_000;
const MINUTE = 60_000;

/** Sends requests to the functions of a Region, step by step of demo time. */
export class Traffic {
  readonly #state: RegionState;
  readonly #invocations: Invocations;
  readonly #queue: AsyncQueue;
  readonly #metrics: Metrics;
  readonly #random: Random;
  readonly #releases = new Map<number, Slot[]>();
  #last: number;

  constructor(
    state: RegionState,
    invocations: Invocations,
    queue: AsyncQueue,
    metrics: Metrics,
    random: Random,
    start: number,
  ) {
    this.#state = state;
    this.#invocations = invocations;
    this.#queue = queue;
    this.#metrics = metrics;
    this.#random = random;
    this.#last = Math.floor(start / STEP);
  }

  /** Simulates up to this moment. */
  runTo(now: number): void {
    const end = Math.floor(now / STEP);
    const from = Math.max(this.#last, end - HIGHEST_CATCH_UP / STEP);
    for (let step = this.#last + 1; step <= from; step++) this.#release(step);
    for (let step = from + 1; step <= end; step++) {
      this.#release(step);
      for (const subject of this.#state.functions) this.#step(subject, step);
    }
    this.#last = Math.max(this.#last, end);
  }

  /** Writes metrics of the past, as if the same traffic had run before the start. */
  backfill(minutes: number): void {
    const last = Math.floor((this.#last * STEP) / MINUTE);
    for (let minute = last - minutes; minute < last; minute++) this.#backfillMinute(minute * MINUTE);
  }

  #step(subject: FunctionState, step: number): void {
    const { traffic } = subject;
    const at = step * STEP;
    if (traffic === undefined || !flows(this.#state, subject, traffic)) return;
    const arrivals = poisson((rateAt(traffic, at) * STEP) / 1000, this.#random);
    for (let count = 0; count < arrivals; count++) {
      if (traffic.source === "async") this.#queue.accept(subject, traffic.qualifier, `traffic-${step}-${count}`, {});
      else this.#invoke(subject, traffic.qualifier, at);
    }
  }

  #invoke(subject: FunctionState, qualifier: string | undefined, at: number): void {
    const admission = this.#invocations.start(subject, qualifier, at);
    if ("throttle" in admission) return;
    const milliseconds = duration(subject.duration.median, subject.duration.p95, this.#random);
    const failed = this.#random() < subject.errorRate;
    for (const dimensions of [{}, { FunctionName: subject.name }]) {
      this.#metrics.add("Duration", dimensions, at, milliseconds);
      this.#metrics.add("Errors", dimensions, at, failed ? 1 : 0);
    }
    const step = Math.ceil((at + milliseconds) / STEP);
    const together = this.#releases.get(step);
    if (together) together.push(admission.slot);
    else this.#releases.set(step, [admission.slot]);
  }

  #release(step: number): void {
    for (const slot of this.#releases.get(step) ?? []) slot.release();
    this.#releases.delete(step);
  }

  #backfillMinute(at: number): void {
    const metrics = this.#metrics;
    let total = 0;
    let pool = 0;
    for (const subject of this.#state.functions) {
      if (subject.traffic === undefined || !flows(this.#state, subject, subject.traffic)) continue;
      const byName = { FunctionName: subject.name };
      const rate = rateAt(subject.traffic, at);
      const mean = (rate * meanDuration(subject.duration.median, subject.duration.p95)) / 1000;
      // Of all moments of a minute, the busiest lies two to three standard deviations above the mean.
      const wanted = Math.ceil(mean + (2 + this.#random()) * Math.sqrt(mean));
      const used = Math.min(wanted, subject.reserved ?? this.#state.limit);
      const refused = Math.max(0, mean - used) / Math.max(1, mean) + (wanted > used ? 0.02 : 0);
      const throttles = Math.round(Math.min(1, refused) * rate * 60);
      for (const dimensions of [{}, byName]) {
        metrics.add("Invocations", dimensions, at, 1, Math.round(rate * 60) - throttles);
        if (throttles > 0) metrics.add("Throttles", dimensions, at, 1, throttles);
        metrics.add("Duration", dimensions, at, subject.duration.median);
      }
      metrics.add("ConcurrentExecutions", byName, at, used);
      total += used;
      if (subject.reserved === null) pool += used;
    }
    const allocated = this.#state.functions.reduce((sum, subject) => sum + taken(subject), 0);
    metrics.add("ConcurrentExecutions", {}, at, total);
    metrics.add("UnreservedConcurrentExecutions", {}, at, pool);
    metrics.add("ClaimedAccountConcurrency", {}, at, pool + allocated);
  }
}

/** Requests per second at a moment. */
function rateAt({ requestsPerSecond, swing, periodSeconds }: TrafficState, at: number): number {
  return requestsPerSecond * Math.max(0, 1 + swing * Math.sin((2 * Math.PI * at) / (periodSeconds * 1000)));
}

function flows(state: RegionState, subject: FunctionState, traffic: TrafficState): boolean {
  if (traffic.source !== "mapping") return true;
  return state.mappings.some(({ functionName, enabled }) => functionName === subject.name && enabled);
}
