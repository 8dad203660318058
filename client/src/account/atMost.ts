import type { Clock } from "./accountPorts.ts";

/** Resolves when a promise does, or after so many milliseconds. */
export async function atMost(clock: Clock, milliseconds: number, promise: Promise<void>): Promise<void> {
  let stop = () => {};
  const enough = new Promise<void>((resolve) => {
    stop = clock.after(milliseconds, resolve);
  });
  await Promise.race([promise, enough]);
  stop();
}
