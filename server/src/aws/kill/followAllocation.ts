import { qualifierText } from "#core";
import { type RetryPolicy, retryPolicy } from "../change/retryPolicy.ts";
import { readProvisioned } from "../change/setProvisioned.ts";
import type { Session } from "../session.ts";
import type { RestoredFunction } from "./restoredFunction.ts";

/** How long allocation is followed. */
export interface FollowOptions {
  readonly signal?: AbortSignal;
  readonly retryPolicy?: RetryPolicy;
  /** Milliseconds. Default: 10 minutes. */
  readonly longest?: number;
}

const EVERY = 5000;
const LONGEST = 10 * 60_000;

/**
 * Waits until the provisioned concurrency of a function that was restored `warming` is allocated or has failed. Gives the result with its
 * last outcome: `restored`, `partial` with the reason, or still `warming` when it took too long, was cancelled or could not be read.
 */
export async function followAllocation(
  session: Session,
  result: RestoredFunction,
  options: FollowOptions = {},
): Promise<RestoredFunction> {
  const { signal, longest = LONGEST } = options;
  const { wait } = options.retryPolicy ?? retryPolicy;
  const { name, record, outcome } = result;
  if (outcome !== "warming" || record === undefined) return result;
  for (let waited = 0; waited <= longest && !signal?.aborted; waited += EVERY) {
    try {
      const configs = await Promise.all(
        record.before.provisioned.map(({ qualifier }) => readProvisioned(session, name, qualifier)),
      );
      const failed = configs.find((config) => config?.status === "FAILED");
      if (failed) return { ...result, outcome: "partial", message: allocationFailed(failed) };
      if (!configs.some((config) => config?.status === "IN_PROGRESS")) {
        const { message: _, ...rest } = result;
        return { ...rest, outcome: "restored" };
      }
      await wait(EVERY, signal);
    } catch {
      return result;
    }
  }
  return result;
}

/** The sentence about provisioned concurrency that is requested and cannot be had. */
export function allocationFailed({
  qualifier,
  statusReason,
}: {
  readonly qualifier: string;
  readonly statusReason?: string;
}): string {
  const why = statusReason === undefined ? "" : `: ${statusReason}`;
  return `The provisioned concurrency of ${qualifierText(qualifier)} is requested again, but Lambda could not allocate it${why}.`;
}
