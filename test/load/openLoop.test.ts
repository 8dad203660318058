import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { LoadRun, OpenLoop } from "#core";
import { manualClock } from "#demo/engine/clock.ts";
import { type LoadTarget, runLoad } from "#load";
import { oneWorker } from "./engineTarget.ts";

const HOUR = 3_600_000;

/** Waiting times of the requests: their latencies without the 100 ms of service. */
async function waits(shape: Omit<OpenLoop, "kind">, random?: () => number): Promise<readonly number[]> {
  const clock = manualClock();
  const options = { clock, ...(random && { random }) };
  const run = runLoad(oneWorker(clock, 100), { kind: "open", ...shape }, options);
  clock.advance(HOUR);
  return latencies(await run).map((latency) => latency - 100);
}

function latencies({ samples }: LoadRun): readonly number[] {
  return [...samples].map(({ intended, ended }) => Math.round(ended - intended));
}

describe("an open loop against a server of one worker that takes 100 ms", () => {
  test("nobody waits at 8 requests per second", async () => {
    assert.deepEqual(await waits({ rate: 8, seconds: 1, arrivals: "constant" }), [0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test("at 20 per second each waits 50 ms longer than the one before", async () => {
    const expected = [0, 50, 100, 150, 200, 250, 300, 350, 400, 450];
    assert.deepEqual(await waits({ rate: 20, seconds: 0.5, arrivals: "constant" }), expected);
  });

  test("with arrivals at 20, 60, 400, 410 and 420 ms the waits are those of the queue", async () => {
    // Distances of a Poisson process of 10 per second: 100 ms × -ln(1 − random).
    const distances = [20, 40, 340, 10, 10, 1000];
    const random = () => 1 - Math.exp(-(distances.shift() ?? 1000) / 100);
    // Served 20–120, 120–220, 400–500, 500–600, 600–700.
    assert.deepEqual(await waits({ rate: 10, seconds: 1, arrivals: "poisson" }, random), [0, 60, 0, 90, 180]);
  });
});

test("a stall of the generator counts in the latency of every request that it delays", async () => {
  const clock = manualClock();
  let now = 0;
  const stalling: LoadTarget = {
    name: "stalling",
    send(done) {
      // The second request blocks the process for 300 ms before anything is sent.
      if (now++ === 1) clock.advance(300);
      return clock.schedule(10, () => done({ outcome: "served", status: 200 }));
    },
    async close() {},
  };
  const run = runLoad(stalling, { kind: "open", rate: 10, seconds: 0.5, arrivals: "constant" }, { clock });
  clock.advance(HOUR);
  const { samples, late } = await run;
  assert.deepEqual(
    [...samples].map(({ intended, started, ended }) => [intended, started, ended]),
    [
      [0, 0, 10],
      [100, 100, 410],
      [200, 400, 410],
      [300, 400, 410],
      [400, 400, 410],
    ],
  );
  assert.equal(late.max, 200);
});

test("requests beyond the most that may be under way wait, and their waiting counts", async () => {
  const clock = manualClock();
  const slow: LoadTarget = {
    name: "slow",
    send: (done) => clock.schedule(100, () => done({ outcome: "served", status: 200 })),
    async close() {},
  };
  const shape: OpenLoop = { kind: "open", rate: 100, seconds: 0.04, arrivals: "constant" };
  const run = runLoad(slow, shape, { clock, maxInFlight: 2 });
  clock.advance(HOUR);
  const { samples, inFlight } = await run;
  // Intended at 0, 10, 20 and 30 ms; two places, free at 100 and 110 ms.
  assert.deepEqual(
    [...samples].map(({ started, ended }) => [started, ended]),
    [
      [0, 100],
      [10, 110],
      [100, 200],
      [110, 210],
    ],
  );
  assert.deepEqual(inFlight, { max: 2, median: 2 });
});
