import assert from "node:assert/strict";
import { test } from "node:test";
import { Throttle } from "#client/throttle.ts";

/** A throttle of 100 ms on a clock of the test, and when its task ran. */
function throttled() {
  let now = 5000;
  const planned = new Map<object, { readonly at: number; readonly task: () => void }>();
  const ran: number[] = [];
  const clock = {
    now: () => new Date(now),
    after(milliseconds: number, task: () => void) {
      const key = {};
      planned.set(key, { at: now + milliseconds, task });
      return () => planned.delete(key);
    },
  };
  return {
    throttle: new Throttle(clock, 100, () => ran.push(now)),
    ran,
    advance(to: number) {
      now = to;
      for (const [key, { at, task }] of [...planned]) {
        if (at > to) continue;
        planned.delete(key);
        task();
      }
    },
  };
}

test("the first run is at once; what follows within the interval runs once, when it has passed", () => {
  const { throttle, ran, advance } = throttled();
  throttle.soon();
  assert.deepEqual(ran, [5000]);
  advance(5030);
  throttle.soon();
  throttle.soon();
  advance(5099);
  assert.deepEqual(ran, [5000]);
  advance(5100);
  assert.deepEqual(ran, [5000, 5100]);
  advance(5300);
  assert.deepEqual(ran, [5000, 5100], "nothing runs in vain");
  throttle.soon();
  assert.deepEqual(ran, [5000, 5100, 5300]);
});

test("a run at once takes what was planned with it, and what is disposed of never runs", () => {
  const { throttle, ran, advance } = throttled();
  throttle.now();
  throttle.soon();
  throttle.now();
  advance(5200);
  assert.deepEqual(ran, [5000, 5000]);
  throttle.now();
  throttle.soon();
  throttle.dispose();
  advance(6000);
  assert.deepEqual(ran, [5000, 5000, 5200]);
});
