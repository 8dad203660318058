import type { LiveFunction } from "#core";
import type { Session } from "../session.ts";
import { readMetricData } from "./metricData.ts";
import { readFunction } from "./readFunction.ts";
import { totalsIfOffered } from "./totals.ts";
import { usageWindow } from "./usageWindow.ts";

/** What has to be known before load is thrown at a function. */
export interface LoadFacts {
  readonly function: LiveFunction;
  /** Concurrency that no function has reserved; absent: not known. */
  readonly unreserved?: number;
  /** The most of it that was in use at once in the last hour; absent: not known, also where nothing ran. */
  readonly unreservedPeak?: number;
  /** How long its invocations took in the last hour on average, in milliseconds; absent: not known. */
  readonly averageDuration?: number;
}

const HOURS = 1;

/** Reads a function and the pool it runs in afresh. Metrics that may not be read are unknown. Throws an `AccountError`. */
export async function readLoadFacts(
  session: Session,
  name: string,
  { signal, now = new Date() }: { readonly signal?: AbortSignal; readonly now?: Date } = {},
): Promise<LoadFacts> {
  const found = await readFunction(session, name, signal);
  const totals = await totalsIfOffered(session, signal);
  const { peak, duration } = await metrics(session, name, now, signal);
  return {
    function: found,
    ...("unreserved" in totals && { unreserved: totals.unreserved }),
    ...(peak !== undefined && { unreservedPeak: peak }),
    ...(duration !== undefined && { averageDuration: duration }),
  };
}

async function metrics(session: Session, functionName: string, now: Date, signal: AbortSignal | undefined) {
  const window = usageWindow(HOURS, now);
  const { period } = window;
  const queries = [
    { id: "u", metric: "UnreservedConcurrentExecutions", statistic: "Maximum", period },
    { id: "d", metric: "Duration", statistic: "Sum", period, functionName },
    { id: "i", metric: "Invocations", statistic: "Sum", period, functionName },
  ] as const;
  try {
    const { points } = await readMetricData(session, queries, window, signal);
    const values = (id: string) => (points.get(id) ?? []).map(({ value }) => value);
    const sum = (id: string) => values(id).reduce((total, value) => total + value, 0);
    const peak = values("u").reduce<number | undefined>((most, value) => Math.max(most ?? 0, value), undefined);
    return { peak, duration: sum("i") === 0 ? undefined : sum("d") / sum("i") };
  } catch (error) {
    if (signal?.aborted) throw error;
    // They make the guard stricter; what else is wrong is found out by the calls that matter.
    return {};
  }
}
