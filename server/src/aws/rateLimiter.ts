import { setTimeout as sleep } from "node:timers/promises";
import { isRepeatable } from "./repeatable.ts";
import { createSemaphore } from "./semaphore.ts";
import { abortError } from "./toAccountError.ts";
import { createTokenBucket, type RateLimiterClock } from "./tokenBucket.ts";

/** Lambda's management API counts calls in two buckets per account and Region: GetFunction in one (100 per second), all others together in another (15). */
export type Bucket = "getFunction" | "other";

/** Keeps calls below the rates of the account, which deployments need too, and slows down when Lambda says 429. */
export interface RateLimiter {
  /**
   * Runs a call when the bucket has room; after a 429 it waits (`Retry-After`, else backing off with jitter), slows the bucket and tries again, up to 8 times within a minute.
   * Reads that failed for a reason that passes (5xx, a cut connection) are repeated up to twice, after a moment, changes never. Other failures pass through as they are; an aborted signal rejects with an `AccountError` of kind `cancelled`.
   */
  run<T>(bucket: Bucket, call: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Calls made so far, by bucket, repeats included, and how many were answered 429. */
  readonly counts: { readonly getFunction: number; readonly other: number; readonly throttled: number };
}

/** Calls of GetFunction per second unless the user says otherwise: a quarter of what Lambda gives to everybody in the account and Region together. */
export const defaultReadRate = 25;
/** The highest rate that may be asked for: half of what Lambda gives. */
const highestReadRate = 50;

const OTHER_RATE = 5;
const BURST = 5;
const ATTEMPTS = 8;
const REPEATS = 2;
const LONGEST_WAIT = 20_000;
/** All waits of one call together: backing off alone never takes as long. */
const LONGEST_WAITS = 60_000;
/** Milliseconds before the first repeat, at most; twice as many before the second. */
const REPEAT_WAIT = 200;

/** What a rate limiter may be told. */
export interface RateLimiterOptions {
  /** Calls of GetFunction per second, 1 to 50; outside it is brought into the range. Default `defaultReadRate`. */
  readonly readRate?: number;
  /** Calls under way at the same time. Default 10. */
  readonly concurrency?: number;
  readonly clock?: RateLimiterClock;
  /** May a call that failed like this be made once more? Up to two times, for failures that pass. Default: a read that its client has marked. */
  readonly mayRepeat?: (error: unknown) => boolean;
  /** 0 up to below 1. */
  readonly random?: () => number;
}

/** A rate limiter for one account and Region. */
export function createRateLimiter(options: RateLimiterOptions = {}): RateLimiter {
  const { clock = wallClock, random = Math.random, mayRepeat = isRepeatable } = options;
  const lanes = {
    getFunction: { bucket: createTokenBucket(readRateOf(options.readRate), BURST, clock), line: createSemaphore(1) },
    other: { bucket: createTokenBucket(OTHER_RATE, BURST, clock), line: createSemaphore(1) },
  };
  const counts = { getFunction: 0, other: 0, throttled: 0 };
  const semaphore = createSemaphore(options.concurrency ?? 10);

  /** Waits for a place and a token. Only the first in line waits for them, so those behind it do not flock when the rate changes. */
  async function start({ bucket, line }: (typeof lanes)[Bucket], signal?: AbortSignal): Promise<() => void> {
    const leaveLine = await line.acquire(signal);
    try {
      const leave = await semaphore.acquire(signal);
      try {
        for (let ms = bucket.take(); ms > 0; ms = bucket.take()) await clock.wait(ms, signal);
        signal?.throwIfAborted();
        return leave;
      } catch (error) {
        leave();
        throw error;
      }
    } finally {
      leaveLine();
    }
  }

  async function run<T>(name: Bucket, call: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const lane = lanes[name];
    let repeats = 0;
    let waited = 0;
    for (let attempt = 1; ; ) {
      // Calls that failed together should not come back together.
      if (repeats > 0) await clock.wait(random() * REPEAT_WAIT * repeats, signal);
      const leave = await start(lane, signal);
      try {
        counts[name]++;
        const result = await call();
        lane.bucket.recover();
        return result;
      } catch (error) {
        if (isThrottled(error)) {
          counts.throttled++;
          const wait = retryAfter(error) ?? random() * Math.min(LONGEST_WAIT, 250 * 2 ** attempt);
          lane.bucket.slowDown(wait);
          waited += wait;
          if (++attempt > ATTEMPTS || waited > LONGEST_WAITS) throw error;
        } else if (++repeats > REPEATS || !mayRepeat(error)) throw error;
      } finally {
        leave();
      }
    }
  }

  return {
    counts,
    async run(bucket, call, signal) {
      try {
        return await run(bucket, call, signal);
      } catch (error) {
        if (signal?.aborted) throw abortError(signal);
        throw error;
      }
    },
  };
}

function readRateOf(rate: number | undefined): number {
  if (rate === undefined || !Number.isFinite(rate)) return defaultReadRate;
  return Math.min(highestReadRate, Math.max(1, rate));
}

function isThrottled(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { $metadata }: { $metadata?: { httpStatusCode?: number } } = error as object;
  return $metadata?.httpStatusCode === 429 || error.name === "TooManyRequestsException" || /^Throttl/.test(error.name);
}

/** Milliseconds that Lambda asks to wait; the SDK hands the header out as `retryAfterSeconds`. */
function retryAfter(error: unknown): number | undefined {
  const { retryAfterSeconds }: { retryAfterSeconds?: string } = error as object;
  const seconds = Number(retryAfterSeconds);
  if (retryAfterSeconds === undefined || !Number.isFinite(seconds) || seconds < 0) return undefined;
  return Math.min(LONGEST_WAIT, seconds * 1000);
}

const wallClock: RateLimiterClock = {
  now: () => performance.now(),
  async wait(ms, signal) {
    signal?.throwIfAborted();
    if (ms > 0) await sleep(ms, undefined, signal === undefined ? {} : { signal });
  },
};
