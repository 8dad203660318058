import type { RetryPolicy } from "#aws";
import type { LoadGenerator } from "./loadGenerator.ts";

/** A change of a reservation; `null`: none. */
export interface ReservationChange {
  readonly from: number | null;
  readonly to: number | null;
}

const LONGEST = 60_000;
const PAUSE = 1000;
const RESERVED = "ReservedFunctionConcurrentInvocationLimitExceeded";

/**
 * Waits until invocations meet a new reservation, which AWS does not promise a time for: a lower one shows when one request more than it
 * lets through at once is throttled for it, a higher one when one more than the old one lets through is not. False: not seen within 60 s.
 */
export async function seenInEffect(
  generator: LoadGenerator,
  { from, to }: ReservationChange,
  wait: RetryPolicy["wait"],
  signal: AbortSignal,
): Promise<boolean> {
  const isLower = to !== null && (from === null || to < from);
  const probes = (isLower ? to : (from ?? 0)) + 1;
  for (let waited = 0; waited <= LONGEST && !signal.aborted; waited += PAUSE) {
    const shape = { kind: "closed", requests: probes, workers: probes } as const;
    const { reasons } = await generator.run(shape, { signal, onProgress() {} });
    if (signal.aborted) return false;
    if ((reasons[RESERVED] !== undefined) === isLower) return true;
    await wait(PAUSE, signal).catch(() => {});
  }
  return false;
}
