import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { demoFor } from "./clients.ts";

/** Starts so many invocations at once that do not end; how many run, and why the next is refused. */
async function surge(t: TestContext, more: object) {
  const functions = [{ name: "a", ...more }];
  const { account, clock } = await demoFor(t, { account: { limit: 5000, floor: 100, functions } });
  const { invocations, state } = account.region("us-east-1");
  const [subject] = state.functions;
  assert.ok(subject);
  const start = () => invocations.start(subject, undefined, clock.now());
  const fill = () => {
    for (let count = 0; ; count++) {
      const admission = start();
      if ("throttle" in admission) return [count, admission.throttle] as const;
    }
  };
  return { clock, start, fill };
}

test("a function gets 1,000 new environments at once, then 100 in each second", async (t) => {
  for (const [more, reason] of [
    [{ reserved: 4000 }, "ReservedFunctionConcurrentInvocationLimitExceeded"],
    [{}, "ConcurrentInvocationLimitExceeded"],
  ] as const) {
    const { clock, fill } = await surge(t, more);
    assert.deepEqual(fill(), [1000, reason]);
    clock.advance(1000);
    assert.deepEqual(fill(), [100, reason]);
    clock.advance(60_000);
    assert.deepEqual(fill(), [1000, reason]);
  }
});

test("an environment that is idle is used again and counts no second time", async (t) => {
  const { start, fill } = await surge(t, { reserved: 4000 });
  const first = start();
  assert.ok("slot" in first);
  first.slot.release();
  assert.equal(fill()[0], 1000);
});
