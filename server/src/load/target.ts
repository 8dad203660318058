import type { ConnectionCost, Outcome } from "#core";

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
