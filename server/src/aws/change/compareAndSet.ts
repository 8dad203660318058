import { capital } from "#core";
import { AccountError } from "../accountError.ts";
import { toAccountError } from "../toAccountError.ts";
import type { Outcome } from "./outcome.ts";
import { type RetryPolicy, retryPolicy } from "./retryPolicy.ts";

/** A change that is made only where the account is as it was seen. */
export interface CompareAndSet<State> {
  /** What is changed, as a phrase: `the reservation of thumbnails`. */
  readonly what: string;
  /** The API call that changes it: `lambda:PutFunctionConcurrency`. */
  readonly action: string;
  /** How a person can look at it when nobody knows. */
  readonly check: string;
  read(): Promise<State>;
  write(): Promise<unknown>;
  /** Is it as it was seen? */
  isFrom(state: State): boolean;
  /** Is it as it is wanted? */
  isTo(state: State): boolean;
  /** As a phrase: `350`, `no reservation`. */
  describe(state: State): string;
  /** A state that will soon be another one; it is waited for. */
  isPassing?(state: State): boolean;
}

/** How a change is made. */
export interface ChangeOptions {
  /** Ends it before its call; a call that was sent is followed to its end. */
  readonly signal?: AbortSignal;
  readonly retryPolicy?: RetryPolicy;
  /**
   * It was `from` a moment ago. That it reads as `to` before the call may be a read that lags, so it is read again for some seconds; when it
   * stays so, `already` takes it for somebody else's change, and `write` makes the call all the same: it does no harm then.
   */
  readonly unexpected?: "already" | "write";
}

const TRIES = 4;
/** What is read may lag behind an accepted change by some seconds. */
const READ_BACKS = 7;
/** An update of a function takes some seconds. */
const BUSY_TRIES = 12;
const LONGEST_PASSING = 60;

/**
 * Reads, compares, calls once, and reads back. Lambda has no compare-and-swap: between reading and calling remains a window of one
 * round trip. A call whose outcome is not known (no answer, connection cut, 5xx) is decided by reading back. Never throws.
 */
export async function compareAndSet<State>(
  wanted: CompareAndSet<State>,
  options: ChangeOptions = {},
): Promise<Outcome<State>> {
  const { wait } = options.retryPolicy ?? retryPolicy;
  let problem: Problem | undefined;
  let left = { unclear: TRIES, busy: BUSY_TRIES };
  for (let attempt = 1; ; attempt++) {
    if (attempt === 1 && options.signal?.aborted) return failed(cancelled(wanted));
    const seen = await readDoubting(wanted, wait, options);
    if (seen instanceof AccountError) return problem === undefined ? failed(seen) : unknown(wanted, seen);
    const isThere = wanted.isTo(seen);
    if (isThere && options.unexpected !== "write") return { outcome: attempt === 1 ? "already" : "done", found: seen };
    if (!isThere && !wanted.isFrom(seen)) return wanted.isPassing?.(seen) ? stuck(wanted, seen) : changed(wanted, seen);
    if (options.signal?.aborted) return failed(cancelled(wanted));
    if (left.unclear === 0 || left.busy === 0) return notDone(wanted, seen, attempt - 1, problem?.error);

    problem = await tried(wanted);
    if (problem === undefined) return await readBack(wanted, wait);
    if (problem.kind === "refused") return isThere ? { outcome: "already", found: seen } : refused(problem.error, seen);
    left = { ...left, [problem.kind]: left[problem.kind] - 1 };
    await wait(backoff(attempt));
  }
}

/** Reads; what is unexpectedly as wanted is read again for some seconds, until a read says otherwise. */
async function readDoubting<State>(
  wanted: CompareAndSet<State>,
  wait: RetryPolicy["wait"],
  { unexpected, signal }: ChangeOptions,
): Promise<State | AccountError> {
  for (let attempt = 1; ; attempt++) {
    const seen = await readSettled(wanted, wait, signal);
    if (unexpected === undefined || seen instanceof AccountError || !wanted.isTo(seen)) return seen;
    if (attempt === READ_BACKS || signal?.aborted) return seen;
    await wait(backoff(attempt));
  }
}

/** Reads until it is as wanted or nothing is under way any more; the last state when that takes too long. */
async function readSettled<State>(
  { read, isTo, isPassing, action }: CompareAndSet<State>,
  wait: RetryPolicy["wait"],
  signal?: AbortSignal,
): Promise<State | AccountError> {
  for (let count = 1; ; count++) {
    const state = await readWithRetries(read, action, wait);
    if (state instanceof AccountError || isTo(state) || !isPassing?.(state) || count === LONGEST_PASSING) return state;
    if (signal?.aborted) return state;
    await wait(1000);
  }
}

/** Reading may be repeated: an answer that does not come is asked for again. */
async function readWithRetries<State>(
  read: () => Promise<State>,
  action: string,
  wait: RetryPolicy["wait"],
): Promise<State | AccountError> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read();
    } catch (error) {
      if (attempt === TRIES || isFinal(error)) return toAccountError(error, action);
      await wait(backoff(attempt));
    }
  }
}

interface Problem {
  readonly kind: "refused" | "unclear" | "busy";
  readonly error: AccountError;
}

/** Calls once. `unclear`: it may have been made; `busy`: it may be accepted soon. */
async function tried<State>({ write, action }: CompareAndSet<State>): Promise<Problem | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    const kind = isBusy(error) ? "busy" : isFinal(error) ? "refused" : "unclear";
    return { kind, error: toAccountError(error, action) };
  }
}

/** Lambda accepted the change: it must be seen. What is read may lag for a moment. */
async function readBack<State>(wanted: CompareAndSet<State>, wait: RetryPolicy["wait"]): Promise<Outcome<State>> {
  for (let attempt = 1; ; attempt++) {
    const seen = await readWithRetries(wanted.read, wanted.action, wait);
    if (seen instanceof AccountError) return unknown(wanted, seen);
    if (wanted.isTo(seen)) return { outcome: "done", found: seen };
    // A read that lags may show what was there even before.
    if (attempt === READ_BACKS && !wanted.isFrom(seen) && !wanted.isPassing?.(seen)) return changed(wanted, seen);
    if (attempt === READ_BACKS) {
      const message = `AWS accepted the change of ${wanted.what}, but still reports ${wanted.describe(seen)}. ${wanted.check}`;
      return { outcome: "unknown", message, found: seen };
    }
    await wait(backoff(attempt));
  }
}

function changed<State>({ what, describe }: CompareAndSet<State>, found: State): Outcome<State> {
  return { outcome: "changed", message: `Somebody changed ${what} meanwhile: now ${describe(found)}.`, found };
}

function stuck<State>({ what, describe, check }: CompareAndSet<State>, found: State): Outcome<State> {
  const message = `${capital(what)} is ${describe(found)} and did not settle within ${LONGEST_PASSING} seconds. ${check}`;
  return { outcome: "failed", message, found };
}

function refused<State>(error: AccountError, found: State): Outcome<State> {
  const outcome = error.kind === "refused" || error.kind === "denied" ? "refused" : "failed";
  return { outcome, message: error.message, error, found };
}

function failed<State>(error: AccountError): Outcome<State> {
  return { outcome: "failed", message: error.message, error };
}

function notDone<State>(
  { what }: CompareAndSet<State>,
  found: State,
  tries: number,
  error: AccountError | undefined,
): Outcome<State> {
  const why = error === undefined ? "" : ` ${error.message}`;
  const message = `${capital(what)} was not changed: ${tries} tries failed.${why}`;
  return { outcome: "failed", message, found, ...(error === undefined ? {} : { error }) };
}

function unknown<State>({ what, check }: CompareAndSet<State>, error: AccountError): Outcome<State> {
  const message = `Whether ${what} was changed is not known, because reading it back failed: ${error.message} ${check}`;
  return { outcome: "unknown", message, error };
}

function cancelled<State>({ what, action }: CompareAndSet<State>): AccountError {
  return new AccountError("cancelled", `Cancelled before ${what} was changed.`, { action });
}

/**
 * AWS answered no, and saying it again would not help. An SDK that tried more than once may have been heard the first time, so then
 * only reading back decides.
 */
function isFinal(error: unknown): boolean {
  const { $metadata } = error as {
    readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
  };
  const status = $metadata?.httpStatusCode ?? 0;
  const answered = status >= 400 && status < 500 && ($metadata?.attempts ?? 1) === 1;
  if (error instanceof AccountError)
    return error.kind !== "timeout" && error.kind !== "offline" && error.kind !== "failed";
  return answered;
}

const busyNames = new Set([
  "ConcurrentUpdateException",
  "ResourceConflictException",
  "ResourceInUseException",
  "ThrottlingException",
]);

/** Another operation is in progress: soon the same call may be accepted. */
function isBusy(error: unknown): boolean {
  const name = error instanceof Error ? error.name : "";
  return busyNames.has(name);
}

function backoff(attempt: number): number {
  return Math.min(2000, 250 * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
}
