import assert from "node:assert/strict";
import { setMaxListeners } from "node:events";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { createSemaphore } from "#aws/semaphore.ts";

test("many may wait with one signal without a warning, and leave when it is aborted", async (t) => {
  const warnings: Error[] = [];
  const warn = (warning: Error) => warnings.push(warning);
  process.on("warning", warn);
  t.after(() => process.off("warning", warn));
  const { signal, abort } = abortable();
  // What Node 20 begins with.
  setMaxListeners(10, signal);
  const semaphore = createSemaphore(1);
  const leave = await semaphore.acquire(signal);
  const waiting = Array.from({ length: 30 }, () => semaphore.acquire(signal));
  abort();
  const ends = await Promise.allSettled(waiting);
  assert.equal(ends.filter(({ status }) => status === "rejected").length, 30);
  leave();
  await semaphore.acquire();
  // A warning is told in the next turn.
  await setImmediate();
  assert.deepEqual(warnings, []);
});

function abortable(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
