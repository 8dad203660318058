import { type ConnectionCost, type LoadProgress, type LoadRun, type LoadShape, type Outcome, requestsOf } from "#core";
import { arrivals } from "./arrivals.ts";
import { type LoadClock, wallClock } from "./clock.ts";
import { createSamples } from "./samples.ts";
import { summarize } from "./summarize.ts";
import type { Answer, LoadTarget } from "./target.ts";

/** How a run is watched and bounded. */
export interface LoadOptions {
  /** Ends the run: requests under way are given up, and what was measured until then is the result. */
  readonly signal?: AbortSignal;
  /** Called about five times a second. */
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Milliseconds after which a request is given up and counts as timed out. Default: 20,000. */
  readonly timeout?: number;
  /** Requests under way at the same time at most; those that arrive beyond it wait, and their waiting counts. Default: 1,000. */
  readonly maxInFlight?: number;
  readonly clock?: LoadClock;
  /** 0 up to below 1. */
  readonly random?: () => number;
}

const PROGRESS = 200;
/** A microsecond: sums of times are not exact, and what is due a fraction of this later is due now. */
const RESOLUTION = 0.001;
const timedOut: Answer = { outcome: "timed-out", status: 0, ran: true };

/** Throws load at a target and measures what becomes of it. Resolves when all requests have ended or the signal is aborted; never rejects. */
export async function runLoad(target: LoadTarget, shape: LoadShape, options: LoadOptions = {}): Promise<LoadRun> {
  const { signal, clock = wallClock() } = options;
  const startedAt = new Date().toISOString();
  const before = target.connections?.();
  const run = startRun(target, shape, { ...options, clock });
  const abort = () => run.interrupt();
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted) abort();
  const { givenUp, interrupted } = await run.ended;
  signal?.removeEventListener("abort", abort);
  const connections = connectionsSince(before, target.connections?.());
  return { target: target.name, shape, startedAt, interrupted, givenUp, connections, ...summarize(run.samples) };
}

/** A target keeps its connections from run to run: those of this one count. */
function connectionsSince(
  before: ConnectionCost | undefined,
  after: ConnectionCost | undefined,
): ConnectionCost | null {
  if (before === undefined || after === undefined) return null;
  return { opened: after.opened - before.opened, milliseconds: after.milliseconds - before.milliseconds };
}

interface Ended {
  readonly givenUp: number;
  readonly interrupted: boolean;
}

/** Sets a run going. */
function startRun(target: LoadTarget, shape: LoadShape, options: LoadOptions & { readonly clock: LoadClock }) {
  const { clock, onProgress, timeout = 20_000, maxInFlight = 1000, random = Math.random } = options;
  const begin = clock.now();
  const elapsed = () => clock.now() - begin;
  const samples = createSamples();
  const counts: Record<Outcome, number> = { served: 0, throttled: 0, failed: 0, "timed-out": 0 };
  let resolve = (_: Ended) => {};
  const ended = new Promise<Ended>((settle) => {
    resolve = settle;
  });
  const under = new Set<() => void>();
  let count = 0;
  let over = false;
  let callOffNext = () => {};
  let callOffProgress = () => {};

  function send(intended: number, then: () => void): void {
    const started = elapsed();
    let cancel = () => {};
    let callOffTimeout = () => {};
    const giveUp = () => {
      callOffTimeout();
      cancel();
    };
    under.add(giveUp);
    const index = samples.begin(intended, started, under.size);
    const finish = (answer: Answer) => {
      if (!under.delete(giveUp)) return;
      callOffTimeout();
      samples.end(index, elapsed(), answer);
      counts[answer.outcome]++;
      count++;
      then();
    };
    callOffTimeout = clock.schedule(timeout, () => {
      cancel();
      finish(timedOut);
    });
    cancel = target.send(finish);
  }

  function end(interrupted: boolean): void {
    if (over) return;
    over = true;
    callOffNext();
    callOffProgress();
    const givenUp = under.size;
    const requests = [...under];
    under.clear();
    for (const giveUp of requests) giveUp();
    resolve({ givenUp, interrupted });
  }

  function closedLoop({ requests, workers }: Extract<LoadShape, { kind: "closed" }>): void {
    let sent = 0;
    const next = () => {
      if (over) return;
      if (sent < requests) {
        sent++;
        send(elapsed(), next);
      } else if (under.size === 0) end(false);
    };
    for (let worker = 0; worker < Math.min(workers, requests); worker++) next();
  }

  function openLoop(loop: Extract<LoadShape, { kind: "open" }>): void {
    const coming = arrivals(loop, random);
    const waiting: number[] = [];
    let next = coming.next();
    const freed = () => {
      if (over) return;
      const intended = waiting.shift();
      if (intended !== undefined) send(intended, freed);
      else if (next.done && under.size === 0) end(false);
    };
    const due = () => {
      for (; !next.done && next.value <= elapsed() + RESOLUTION; next = coming.next()) {
        if (under.size < maxInFlight) send(next.value, freed);
        else waiting.push(next.value);
      }
      if (!next.done) callOffNext = clock.schedule(next.value - elapsed(), due);
      else if (under.size === 0) end(false);
    };
    due();
  }

  function progress(): void {
    // Before the call, which may end the run.
    callOffProgress = clock.schedule(PROGRESS, progress);
    onProgress?.({
      counts: { ...counts },
      ended: count,
      total: requestsOf(shape),
      inFlight: under.size,
      seconds: elapsed() / 1000,
    });
  }

  if (onProgress !== undefined) callOffProgress = clock.schedule(PROGRESS, progress);
  if (shape.kind === "closed") closedLoop(shape);
  else openLoop(shape);
  return { samples, ended, interrupt: () => end(true) };
}
