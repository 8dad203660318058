import { setMaxListeners } from "node:events";

/** Lets only so many in at the same time; the others wait in the order in which they came. */
export interface Gate {
  /** Resolves with the way out, to be called once; rejects with the signal's reason when it is aborted first. */
  enter(signal?: AbortSignal): Promise<() => void>;
}

/** A gate for so many. */
export function createGate(places: number): Gate {
  let free = places;
  const waiting: (() => void)[] = [];
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) free++;
    else next();
  };
  return {
    async enter(signal) {
      signal?.throwIfAborted();
      // Many wait with one signal, which Node 20 takes for a leak and says so on stderr.
      if (signal !== undefined) setMaxListeners(0, signal);
      if (free > 0) {
        free--;
        return leave;
      }
      await new Promise<void>((resolve, reject) => {
        const enter = () => {
          signal?.removeEventListener("abort", abort);
          resolve();
        };
        const abort = () => {
          waiting.splice(waiting.indexOf(enter), 1);
          reject(signal?.reason);
        };
        waiting.push(enter);
        signal?.addEventListener("abort", abort, { once: true });
      });
      return leave;
    },
  };
}
