import assert from "node:assert/strict";
import { test } from "node:test";
import { createRateLimiter, type RateLimiterOptions } from "#aws";
import { accountError } from "./sharedFiles.ts";

/** A clock whose time passes only while everybody waits. */
function virtualClock() {
  let time = 0;
  const waiting: { readonly at: number; readonly wake: () => void }[] = [];
  const clock = {
    now: () => time,
    async wait(ms: number, signal?: AbortSignal) {
      signal?.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        waiting.push({ at: time + ms, wake: resolve });
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
    },
  };
  /** Lets time pass until the work is done, or until this time. */
  async function run(work: Promise<unknown>, until = Number.POSITIVE_INFINITY): Promise<void> {
    let done = false;
    const end = () => {
      done = true;
    };
    work.then(end, end);
    for (;;) {
      for (let turns = 0; turns < 20 && !done; turns++) await new Promise(setImmediate);
      const next = waiting.sort((a, b) => a.at - b.at)[0];
      if (done || next === undefined || next.at > until) return;
      waiting.shift();
      time = Math.max(time, next.at);
      next.wake();
    }
  }
  return { clock, run };
}

function rateLimiterFor(options: RateLimiterOptions = {}) {
  const { clock, run } = virtualClock();
  return { clock, run, rateLimiter: createRateLimiter({ clock, random: () => 0.5, ...options }) };
}

function tooMany(retryAfterSeconds?: string): Error {
  const error = Object.assign(new Error("Rate exceeded"), { $metadata: { httpStatusCode: 429 }, retryAfterSeconds });
  error.name = "TooManyRequestsException";
  return error;
}

/** Fails with these errors, one per call, then succeeds; remembers when it was called. */
function failing(now: () => number, errors: readonly Error[]) {
  const calls: number[] = [];
  const call = async () => {
    const error = errors[calls.length];
    calls.push(Math.round(now()));
    if (error !== undefined) throw error;
    return "done";
  };
  return { call, calls };
}

for (const [readRate, seconds] of [
  [undefined, 3.8],
  [50, 1.9],
  [1, 95],
  [0, 95],
  [500, 1.9],
  [Number.NaN, 3.8],
] as const) {
  test(`100 calls of GetFunction take ${seconds} s when the rate asked for is ${readRate}`, async () => {
    const { clock, run, rateLimiter } = rateLimiterFor(readRate === undefined ? {} : { readRate });
    await run(Promise.all(Array.from({ length: 100 }, () => rateLimiter.run("getFunction", async () => {}))));
    assert.equal(Math.round(clock.now()), seconds * 1000);
    assert.deepEqual(rateLimiter.counts, { getFunction: 100, other: 0, throttled: 0 });
  });
}

test("other calls pass five at once, then five per second, and do not wait for GetFunction", async () => {
  const { clock, run, rateLimiter } = rateLimiterFor({ readRate: 1 });
  const times: number[] = [];
  const reading = Array.from({ length: 50 }, () => rateLimiter.run("getFunction", async () => {}));
  const others = Array.from({ length: 10 }, () =>
    rateLimiter.run("other", async () => times.push(Math.round(clock.now()))),
  );
  await run(Promise.all(others));
  assert.deepEqual(times, [0, 0, 0, 0, 0, 200, 400, 600, 800, 1000]);
  await run(Promise.all(reading));
});

test("at most ten calls are under way, and they start in the order in which they came", async () => {
  const { run, rateLimiter } = rateLimiterFor({ readRate: 50 });
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const calls = Array.from({ length: 30 }, (_, index) =>
    rateLimiter.run("getFunction", () => {
      started.push(index);
      return new Promise<void>((resolve) => ends.push(resolve));
    }),
  );
  await run(Promise.all(calls), 60_000);
  assert.equal(started.length, 10);
  ends[3]?.();
  await run(Promise.all(calls), 120_000);
  assert.equal(started.length, 11);
  assert.deepEqual(started, [...started.keys()]);
});

test("after a 429 it waits as long as Lambda says", async () => {
  const { clock, run, rateLimiter } = rateLimiterFor();
  const { call, calls } = failing(clock.now, [tooMany("3"), tooMany("7")]);
  const result = rateLimiter.run("other", call);
  await run(result);
  assert.equal(await result, "done");
  assert.deepEqual(calls, [0, 3000, 10000]);
  assert.deepEqual(rateLimiter.counts, { getFunction: 0, other: 3, throttled: 2 });
});

test("a wait of years is cut to 20 s, and waiting given up after a minute", async () => {
  const { clock, run, rateLimiter } = rateLimiterFor();
  const { call, calls } = failing(
    clock.now,
    Array.from({ length: 20 }, () => tooMany("99999999")),
  );
  const outcome = assert.rejects(rateLimiter.run("other", call), { name: "TooManyRequestsException" });
  await run(outcome);
  await outcome;
  assert.deepEqual(calls, [0, 20_000, 40_000, 60_000]);
});

test("without a hint it backs off twice as long each time, up to 20 s, and gives up after eight attempts", async () => {
  const { clock, run, rateLimiter } = rateLimiterFor({ readRate: 50 });
  const { call, calls } = failing(
    clock.now,
    Array.from({ length: 20 }, () => tooMany()),
  );
  const outcome = assert.rejects(rateLimiter.run("getFunction", call), { name: "TooManyRequestsException" });
  await run(outcome);
  await outcome;
  assert.deepEqual(
    calls.map((time, index) => time - (calls[index - 1] ?? 0)),
    [0, 250, 500, 1000, 2000, 4000, 8000, 10_000],
  );
});

test("a 429 halves the rate of its bucket, and fifty answers bring it back", async () => {
  const { clock, run, rateLimiter } = rateLimiterFor({ readRate: 10 });
  const many = (count: number) =>
    Promise.all(Array.from({ length: count }, () => rateLimiter.run("getFunction", async () => {})));
  const { call } = failing(clock.now, [tooMany("0"), tooMany("0"), tooMany("0")]);
  await run(rateLimiter.run("getFunction", call));
  const before = clock.now();
  await run(many(10));
  const slow = clock.now() - before;
  await run(many(60));
  await run(many(5));
  const recovered = clock.now();
  await run(many(10));
  const full = clock.now() - recovered;
  assert.ok(
    slow > 3500 && slow < 6000,
    `10 calls took ${slow} ms at a rate between an eighth and a third of 10 per second`,
  );
  assert.equal(Math.round(full), 1000);
});

test("a read that failed for a passing reason is made again twice, other failures are not", async () => {
  const reset = new Error("reset");
  const { clock, run, rateLimiter } = rateLimiterFor({ mayRepeat: (error) => error === reset });
  const twice = failing(clock.now, [reset, reset]);
  const result = rateLimiter.run("other", twice.call);
  await run(result);
  assert.equal(await result, "done");
  const thrice = failing(clock.now, [reset, reset, reset]);
  const outcome = assert.rejects(rateLimiter.run("other", thrice.call), reset);
  await run(outcome);
  await outcome;
  assert.equal(thrice.calls.length, 3);
  const other = failing(clock.now, [new Error("other")]);
  const refused = assert.rejects(rateLimiter.run("other", other.call), { message: "other" });
  await run(refused);
  await refused;
  assert.equal(other.calls.length, 1);
});

test("whoever cancels waits no longer, and the calls behind go on", async () => {
  const { clock, run, rateLimiter } = rateLimiterFor({ readRate: 1 });
  const cancel = new AbortController();
  const first = Array.from({ length: 5 }, () => rateLimiter.run("getFunction", async () => {}));
  let called = 0;
  const count = async () => {
    called++;
  };
  const cancelled = [1, 2, 3].map(() => accountError(rateLimiter.run("getFunction", count, cancel.signal)));
  const behind = rateLimiter.run("getFunction", async () => clock.now());
  await run(Promise.all(first), 500);
  cancel.abort();
  assert.deepEqual(await Promise.all(cancelled), Array(3).fill(["cancelled", "Cancelled."]));
  await run(behind);
  assert.equal(await behind, 1000);
  assert.equal(called, 0);
  for (const reason of [undefined, "enough", new Error("enough")])
    assert.deepEqual(await accountError(rateLimiter.run("other", count, AbortSignal.abort(reason))), [
      "cancelled",
      "Cancelled.",
    ]);
});
