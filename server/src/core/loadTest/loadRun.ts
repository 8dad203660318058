import type { LoadShape } from "./loadShape.ts";

/** What becomes of a request. `throttled`: refused because of a limit; `failed`: any other answer that is no success, or none. */
export const outcomes = ["served", "throttled", "failed", "timed-out"] as const;
export type Outcome = (typeof outcomes)[number];

/** What setting up connections took. */
export interface ConnectionCost {
  readonly opened: number;
  /** Milliseconds over all connections, from the look-up of the name to the end of the TLS handshake. */
  readonly milliseconds: number;
}

/** Milliseconds. */
export interface Latency {
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly mean: number;
}

/** How many requests ended in one way, and how long they took from their intended start to the end of the answer. */
export interface OutcomeFigures {
  readonly count: number;
  /** `null` without any request. */
  readonly latency: Latency | null;
}

/** One request of a run; times in milliseconds since the run began. */
export interface Sample {
  /** When it was to start. */
  readonly intended: number;
  readonly started: number;
  readonly ended: number;
  readonly outcome: Outcome;
  readonly status: number;
  readonly reason: string;
  /** Requests under way just after it started, itself included. */
  readonly inFlight: number;
  readonly ran: boolean;
  readonly maybeThrottled: boolean;
}

/** What happened in equal parts of a run, in order. */
export interface Timeline {
  /** Length of a part. */
  readonly seconds: number;
  /** Requests that ended in the part. */
  readonly served: readonly number[];
  readonly throttled: readonly number[];
  /** With those that timed out. */
  readonly failed: readonly number[];
  /** The most invocations that ran at the same time. */
  readonly inFlight: readonly number[];
}

/** What was measured. */
export interface LoadRun {
  readonly target: string;
  readonly shape: LoadShape;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Was it ended before all requests were sent and answered? */
  readonly interrupted: boolean;
  /** Requests that ended. */
  readonly requests: number;
  /** Requests that were given up when the run was interrupted; they count nowhere else. */
  readonly givenUp: number;
  readonly outcomes: Readonly<Record<Outcome, OutcomeFigures>>;
  /** From the first intended start to the last end. */
  readonly seconds: number;
  readonly servedPerSecond: number;
  /** Of the requests that ended, from 0 to 1. */
  readonly throttledShare: number;
  /** Invocations that ran at the same time, as seen from here; the median is over time. */
  readonly inFlight: { readonly max: number; readonly median: number };
  /** Latencies of the served in ten equal parts from the shortest to the longest, empty without any. */
  readonly distribution: readonly { readonly upTo: number; readonly count: number }[];
  /** Throttled requests by the limit that refused them. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Failed requests by what failed. */
  readonly failures: Readonly<Record<string, number>>;
  /** Failures of API Gateway that may have been throttling. */
  readonly maybeThrottled: number;
  /** Answers by HTTP status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** `null` where the target does not know. */
  readonly connections: ConnectionCost | null;
  /** By how much requests started later than intended, in milliseconds. */
  readonly late: { readonly p99: number; readonly max: number };
  readonly timeline: Timeline;
  /** All requests that ended, in the order in which they started. */
  readonly samples: Iterable<Sample>;
}

/** How far a run is. */
export interface LoadProgress {
  /** Requests that ended, by outcome. */
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly ended: number;
  /** Requests of the whole run, as far as the shape says. */
  readonly total: number;
  readonly inFlight: number;
  readonly seconds: number;
}

/** What a few requests said of a target, before load is thrown at it. */
export interface WarmUp {
  readonly run: LoadRun;
  /** Did more than half of them fail or time out? */
  readonly broken: boolean;
}
