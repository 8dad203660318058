import type { Value } from "../model.ts";
import type { LoadRun } from "./loadRun.ts";

/** What decides how much a reservation throttles a closed loop. */
export interface ClosedLoopFacts {
  readonly workers: number;
  readonly reserved: number;
  /** How long an invocation takes, in milliseconds. */
  readonly duration: number;
  /** How soon a throttled request is answered, in milliseconds. */
  readonly throttleAnswer: number;
}

/**
 * The share of requests that a reservation throttles, from 0 to 1: `reserved` workers are busy with invocations, the
 * others are refused again and again, each time as soon as the refusal is answered. A quick refusal therefore makes a
 * large share, with as many requests served.
 */
export function expectedThrottledShare({ workers, reserved, duration, throttleAnswer }: ClosedLoopFacts): number {
  if (workers <= reserved) return 0;
  if (reserved === 0) return 1;
  const refused = (workers - reserved) / throttleAnswer;
  return refused / (refused + reserved / duration);
}

/** The same for a run, from the times that were measured; undefined where the formula does not apply or a time is missing. */
export function expectedShareOf(reserved: Value, { shape, outcomes }: LoadRun): number | undefined {
  if (shape.kind !== "closed" || typeof reserved !== "number") return undefined;
  const { workers } = shape;
  if (workers <= reserved) return 0;
  if (reserved === 0) return 1;
  const duration = outcomes.served.latency?.mean;
  const throttleAnswer = outcomes.throttled.latency?.mean;
  if (duration === undefined || throttleAnswer === undefined) return undefined;
  return expectedThrottledShare({ workers, reserved, duration, throttleAnswer });
}
