import { setTimeout as sleep } from "node:timers/promises";

/** Waits between tries; tests give one that does not. */
export interface RetryPolicy {
  /** Waits this many milliseconds; rejects at once when the signal aborts. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Waits on the clock of this machine. */
export const retryPolicy: RetryPolicy = {
  wait: (milliseconds, signal) => sleep(milliseconds, undefined, signal === undefined ? {} : { signal }),
};
