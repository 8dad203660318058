import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectedThrottledShare, type LoadRun } from "#core";
import { runLoad } from "#load";
import { engineTarget, virtualAccount } from "./engineTarget.ts";

const HOUR = 3_600_000;
const reservedReason = "ReservedFunctionConcurrentInvocationLimitExceeded";

/** 50 workers against a reservation of 25, as in the post, and invocations of 350 ms. */
async function thrown(requests: number, throttleAnswer: number): Promise<LoadRun> {
  const account = virtualAccount({ blog: { reserved: 25, ms: 350 } });
  const target = engineTarget(account, "blog", throttleAnswer);
  const run = runLoad(target, { kind: "closed", requests, workers: 50 }, { clock: account.clock });
  account.clock.advance(HOUR);
  return await run;
}

describe("a closed loop of 50 workers against a reservation of 25", () => {
  // Whole rounds: after so many requests all workers have just been answered.
  for (const [throttleAnswer, requests, served] of [
    [5, 1775 * 3, 75],
    [40, 1950 * 2, 400],
    [350, 50 * 100, 2500],
  ] as const) {
    test(`is throttled as the formula says when a refusal takes ${throttleAnswer} ms`, async () => {
      const run = await thrown(requests, throttleAnswer);
      assert.equal(run.outcomes.served.count, served);
      assert.equal(run.outcomes.throttled.count, requests - served);
      assert.equal(run.outcomes.failed.count + run.outcomes["timed-out"].count, 0);
      const facts = { workers: 50, reserved: 25, duration: 350, throttleAnswer };
      assert.equal(run.throttledShare, expectedThrottledShare(facts));
      assert.deepEqual(run.reasons, { [reservedReason]: requests - served });
    });
    test(`runs exactly 25 at the same time when a refusal takes ${throttleAnswer} ms`, async () => {
      const { inFlight, timeline } = await thrown(requests, throttleAnswer);
      assert.deepEqual(inFlight, { max: 25, median: 25 });
      assert.deepEqual([...new Set(timeline.inFlight)], [25]);
    });
  }

  test("serves as much as its reservation can, however quick refusals are", async () => {
    const { servedPerSecond, outcomes, seconds } = await thrown(1775 * 3, 5);
    assert.equal(seconds, 1.05);
    assert.equal(servedPerSecond, 25 / 0.35);
    assert.deepEqual(outcomes.served.latency, { p50: 350, p90: 350, p95: 350, p99: 350, max: 350, mean: 350 });
    assert.deepEqual(outcomes.throttled.latency, { p50: 5, p90: 5, p95: 5, p99: 5, max: 5, mean: 5 });
  });
});

test("with a worker for each place nothing is expected to be throttled, with a reservation of 0 everything", () => {
  const facts = { workers: 25, reserved: 25, duration: 350, throttleAnswer: 5 };
  assert.equal(expectedThrottledShare(facts), 0);
  assert.equal(expectedThrottledShare({ ...facts, reserved: 0 }), 1);
});

test("the same reservation throttles 98.6, 89.7 or 50.0 % of the requests, by how soon a refusal is answered", () => {
  const shares = [5, 40, 350].map((throttleAnswer) =>
    expectedThrottledShare({ workers: 50, reserved: 25, duration: 350, throttleAnswer }),
  );
  assert.deepEqual(
    shares.map((share) => share.toFixed(3)),
    ["0.986", "0.897", "0.500"],
  );
});

describe("functions without a reservation", () => {
  /** `greedy` takes the pool with 300 workers; 100 ms later `starving` sends 10 requests, 2 at a time. */
  async function beside(reservation: { reserved?: number }): Promise<readonly LoadRun[]> {
    const account = virtualAccount({ greedy: { ms: 10_000 }, starving: { ms: 50, ...reservation } });
    const { clock } = account;
    const many = { kind: "closed", requests: 300, workers: 300 } as const;
    const few = { kind: "closed", requests: 10, workers: 2 } as const;
    const greedy = runLoad(engineTarget(account, "greedy", 5), many, { clock });
    clock.advance(100);
    const starving = runLoad(engineTarget(account, "starving", 5), few, { clock });
    clock.advance(HOUR);
    return await Promise.all([greedy, starving]);
  }

  test("starve when one of them takes the pool", async () => {
    const [greedy, starving] = await beside({});
    assert.equal(greedy?.inFlight.max, 200);
    assert.equal(starving?.outcomes.served.count, 0);
    assert.deepEqual(starving?.reasons, { ConcurrentInvocationLimitExceeded: 10 });
  });

  test("do not starve once they have a reservation", async () => {
    const [greedy, starving] = await beside({ reserved: 2 });
    assert.equal(greedy?.inFlight.max, 198);
    assert.equal(starving?.outcomes.served.count, 10);
    assert.deepEqual(starving?.reasons, {});
  });
});
