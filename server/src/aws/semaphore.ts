import { setMaxListeners } from "node:events";

/** Lets only so many in at the same time; the others wait in the order in which they came. */
export interface Semaphore {
  /** Resolves with the way out, to be called once; rejects with the signal's reason when it is aborted first. */
  acquire(signal?: AbortSignal): Promise<() => void>;
}

/** A semaphore with so many places. */
export function createSemaphore(places: number): Semaphore {
  let free = places;
  const waiting: (() => void)[] = [];
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) free++;
    else next();
  };
  return {
    async acquire(signal) {
      signal?.throwIfAborted();
      // Many wait with one signal, which Node 20 takes for a leak and says so on stderr.
      if (signal !== undefined) setMaxListeners(0, signal);
      if (free > 0) {
        free--;
        return leave;
      }
      await new Promise<void>((resolve, reject) => {
        const take = () => {
          signal?.removeEventListener("abort", abort);
          resolve();
        };
        const abort = () => {
          waiting.splice(waiting.indexOf(take), 1);
          reject(signal?.reason);
        };
        waiting.push(take);
        signal?.addEventListener("abort", abort, { once: true });
      });
      return leave;
    },
  };
}
