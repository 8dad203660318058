import type { Answer, LoadTarget } from "./model.ts";

/** Invokes a function once and waits for its result; it repeats nothing and resolves also where the call fails. */
export type Invoke = (signal: AbortSignal) => Promise<Answer>;

/** A function, invoked by name, as target. */
export function functionTarget(name: string, invoke: Invoke, close: () => void = () => {}): LoadTarget {
  return {
    name: `function ${name}`,
    send(done) {
      const controller = new AbortController();
      invoke(controller.signal).then(done, (error: unknown) =>
        done({ outcome: "failed", status: 0, reason: error instanceof Error ? error.name : "error", ran: false }),
      );
      return () => controller.abort();
    },
    async close() {
      close();
    },
  };
}
