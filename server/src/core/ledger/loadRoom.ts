import type { LoadShape } from "../loadTest/loadShape.ts";

/** What is known of the pool that functions without a reservation share. */
export interface PoolInUse {
  /** Concurrency that no function has reserved. */
  readonly unreserved: number;
  /** The most of it that was in use at once in the last hour; absent: not known. */
  readonly peak?: number;
}

/** Where nobody knows what is in use, so much of what is unreserved counts as free. */
const FREE_WITHOUT_METRIC = 1 / 4;

/** The most concurrency that load may take from the pool: half of what was free in the last hour. The other functions need it too. */
export function mostUnreservedLoad({ unreserved, peak }: PoolInUse): number {
  const free = peak === undefined ? unreserved * FREE_WITHOUT_METRIC : Math.max(0, unreserved - peak);
  return Math.floor(free / 2);
}

/** The concurrency that a load takes at most: its workers, or by Little's law rate × duration (seconds). */
export function concurrencyOf(shape: LoadShape, duration: number): number {
  return shape.kind === "closed" ? shape.workers : Math.ceil(shape.rate * duration);
}
