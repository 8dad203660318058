/** So many requests by so many workers; each worker sends its next request when the one before is answered, as `hey` does. */
export interface ClosedLoop {
  readonly kind: "closed";
  readonly requests: number;
  readonly workers: number;
}

/** Requests that arrive whether or not earlier ones are answered. */
export interface OpenLoop {
  readonly kind: "open";
  /** Requests per second. */
  readonly rate: number;
  /** Seconds in which requests are sent. */
  readonly seconds: number;
  /** At equal distances, or independently of each other (a Poisson process). */
  readonly arrivals: "constant" | "poisson";
}

/** How requests are sent. */
export type LoadShape = ClosedLoop | OpenLoop;

/** What becomes of a request. `throttled`: refused because of a limit; `failed`: any other answer that is no success, or none. */
export const outcomes = ["served", "throttled", "failed", "timed-out"] as const;
export type Outcome = (typeof outcomes)[number];

/** How a request ended, as its target saw it. */
export interface Answer {
  readonly outcome: Outcome;
  /** HTTP status; 0 where there was no answer. */
  readonly status: number;
  /** Which limit throttled, or what failed, in a few words. */
  readonly reason?: string;
  /** An error behind which API Gateway hides throttling as well as faults. */
  readonly maybeThrottled?: true;
  /** Did the function run, and so take concurrency? Of a failure only the target knows. Default: when it was served. */
  readonly ran?: boolean;
}

/** What setting up connections took. */
export interface ConnectionCost {
  readonly opened: number;
  /** Milliseconds over all connections, from the look-up of the name to the end of the TLS handshake. */
  readonly milliseconds: number;
}

/** Where requests go. */
export interface LoadTarget {
  /** What it is called in reports: a URL or `function NAME`. */
  readonly name: string;
  /**
   * Sends one request. `done` is called once, and never before `send` has returned.
   * The function returned gives the request up; `done` may then never be called.
   */
  send(done: (answer: Answer) => void): () => void;
  /** So far; absent where the target does not know. */
  connections?(): ConnectionCost;
  /** Ends connections. */
  close(): Promise<void>;
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
