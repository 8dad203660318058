import assert from "node:assert/strict";
import { test } from "node:test";
import type { LoadProgress } from "#core";
import { manualClock } from "#demo/engine/clock.ts";
import { type Answer, csvOf, type LoadTarget, runLoad, warmUp } from "#load";

/** Answers each request after so many milliseconds with the next of these answers, the last one again and again. */
function scripted(clock: ReturnType<typeof manualClock>, ms: number, answers: readonly Answer[]): LoadTarget {
  let next = 0;
  return {
    name: "scripted",
    send: (done) => {
      const answer = answers[Math.min(next++, answers.length - 1)] as Answer;
      return clock.schedule(ms, () => done(answer));
    },
    async close() {},
  };
}

const served: Answer = { outcome: "served", status: 200 };
const failed: Answer = { outcome: "failed", status: 502, reason: "HTTP 502" };
const throttled: Answer = { outcome: "throttled", status: 429, reason: "ConcurrentInvocationLimitExceeded" };

test("an interrupted run gives what was measured until then, and gives up what is under way", async () => {
  const clock = manualClock();
  const controller = new AbortController();
  const shape = { kind: "closed", requests: 1000, workers: 4 } as const;
  const run = runLoad(scripted(clock, 100, [served]), shape, { clock, signal: controller.signal });
  clock.advance(250);
  controller.abort();
  const { interrupted, requests, givenUp, seconds } = await run;
  assert.deepEqual(
    { interrupted, requests, givenUp, seconds },
    { interrupted: true, requests: 8, givenUp: 4, seconds: 0.2 },
  );
});

test("a run that is interrupted before it begins sends nothing that counts", async () => {
  const clock = manualClock();
  const shape = { kind: "closed", requests: 10, workers: 1 } as const;
  const run = await runLoad(scripted(clock, 100, [served]), shape, { clock, signal: AbortSignal.abort() });
  assert.deepEqual([run.interrupted, run.requests, run.seconds, run.inFlight], [true, 0, 0, { max: 0, median: 0 }]);
});

test("a request without an answer times out, and its worker goes on", async () => {
  const clock = manualClock();
  let given = 0;
  const silent: LoadTarget = {
    name: "silent",
    send: () => () => {
      given++;
    },
    async close() {},
  };
  const run = runLoad(silent, { kind: "closed", requests: 3, workers: 1 }, { clock, timeout: 1000 });
  clock.advance(10_000);
  const { outcomes, seconds } = await run;
  assert.deepEqual([outcomes["timed-out"].count, seconds, given], [3, 3, 3]);
});

test("each outcome has its own latencies, reasons and statuses", async () => {
  const clock = manualClock();
  const answers = [served, throttled, failed, throttled, served];
  const run = runLoad(scripted(clock, 10, answers), { kind: "closed", requests: 5, workers: 1 }, { clock });
  clock.advance(1000);
  const { outcomes, reasons, failures, statuses, throttledShare } = await run;
  assert.deepEqual(
    Object.values(outcomes).map(({ count }) => count),
    [2, 2, 1, 0],
  );
  assert.deepEqual(reasons, { ConcurrentInvocationLimitExceeded: 2 });
  assert.deepEqual(failures, { "HTTP 502": 1 });
  assert.deepEqual(statuses, { 200: 2, 429: 2, 502: 1 });
  assert.equal(throttledShare, 0.4);
  assert.equal(outcomes["timed-out"].latency, null);
});

test("CSV has a line for each request that ended", async () => {
  const clock = manualClock();
  const broken: Answer = { outcome: "failed", status: 0, reason: 'say "no", twice' };
  const run = runLoad(scripted(clock, 10, [served, broken]), { kind: "closed", requests: 2, workers: 1 }, { clock });
  clock.advance(1000);
  assert.equal(
    [...csvOf([{ label: "A", run: await run }])].join(""),
    `run,intended_ms,started_ms,ended_ms,latency_ms,outcome,status,reason,in_flight
A,0.000,0.000,10.000,10.000,served,200,,1
A,10.000,10.000,20.000,10.000,failed,0,"say ""no"", twice",1
`,
  );
});

test("a run that is interrupted by whoever follows its progress tells no more", async () => {
  const clock = manualClock();
  const controller = new AbortController();
  let told = 0;
  const run = runLoad(
    scripted(clock, 50, [served]),
    { kind: "closed", requests: 100, workers: 1 },
    {
      clock,
      signal: controller.signal,
      onProgress: () => {
        told++;
        controller.abort();
      },
    },
  );
  clock.advance(10_000);
  assert.deepEqual([(await run).requests, told], [3, 1]);
});

test("progress is told five times a second", async () => {
  const clock = manualClock();
  const told: LoadProgress[] = [];
  const shape = { kind: "closed", requests: 9, workers: 1 } as const;
  const run = runLoad(scripted(clock, 50, [served]), shape, { clock, onProgress: (progress) => told.push(progress) });
  clock.advance(1000);
  await run;
  assert.deepEqual(
    told.map(({ ended, total, inFlight, seconds }) => [ended, total, inFlight, seconds]),
    [
      [3, 9, 1, 0.2],
      [7, 9, 1, 0.4],
    ],
  );
});

test("a target of which more than half of 10 requests fail is broken; throttling breaks nothing", async () => {
  const verdict = async (answers: readonly Answer[]) => {
    const clock = manualClock();
    const warming = warmUp(scripted(clock, 10, answers), { clock });
    clock.advance(1000);
    return (await warming).broken;
  };
  assert.equal(await verdict([...new Array<Answer>(6).fill(failed), served]), true);
  assert.equal(await verdict([...new Array<Answer>(5).fill(failed), served]), false);
  assert.equal(await verdict([throttled]), false);
  assert.equal(await verdict([{ ...failed, maybeThrottled: true }]), false);
});
