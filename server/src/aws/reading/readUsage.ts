import type { AccountUsage, ReadingProblem, Usage } from "#core";
import { AccountError, type AccountErrorKind } from "../accountError.ts";
import type { Session } from "../session.ts";
import { type MetricData, type MetricPoint, type MetricQuery, readMetricData } from "./metricData.ts";
import { type UsageWindow, usageWindow } from "./usageWindow.ts";

/** Failures after which nothing else could be read either. */
const final: ReadonlySet<AccountErrorKind> = new Set(["cancelled", "changed", "expired", "noCredentials"]);

/** What may be said about a reading of metrics. */
export interface UsageOptions {
  /** Length of the window, 1 to 336; default 3. */
  readonly hours?: number;
  /** When the window ends; default: now. */
  readonly now?: Date;
  /** The minute under way counts, and alone is "now": for a demo account, whose metrics are never late. */
  readonly running?: boolean;
  readonly signal?: AbortSignal;
}

/** What CloudWatch knows about the use of an account. */
export interface UsageReading {
  readonly account: AccountUsage;
  /** By name. A function whose metrics are not complete is missing; one without data is there, and has none. */
  readonly functions: ReadonlyMap<string, Usage>;
  readonly problems: readonly ReadingProblem[];
}

/**
 * Reads the use of an account and of these functions. Price: 3 metrics per function and 4 for the account, at $0.01 per 1,000 metrics
 * whatever the period. Concurrency is read per minute, which costs bytes but no money: a second query for the last minutes would cost a third more.
 * It is kept as the highest value of each five minutes. Throws an `AccountError` when cancelled or expired; anything else is a problem.
 */
export async function readUsage(
  session: Session,
  names: readonly string[],
  { hours = 3, now = new Date(), running = false, signal }: UsageOptions = {},
): Promise<UsageReading> {
  const window = usageWindow(hours, now, running);
  const unique = [...new Set(names)];
  const queries = [...accountQueries(window), ...unique.flatMap((name, index) => functionQueries(name, index, window))];
  const data = await metricData(session, queries, window, signal);
  const functions = new Map<string, Usage>();
  for (const [index, name] of unique.entries()) {
    const ids = [`c${index}`, `t${index}`, `i${index}`] as const;
    if (ids.every((id) => data.points.has(id))) functions.set(name, usageOf(data, ids, window));
  }
  const unreservedNow = highest(data.points.get("au")?.filter(({ at }) => at >= window.nowFrom));
  const account = {
    ...usageOf(data, ["ac", "at", "ai"], window),
    ...(unreservedNow === undefined ? {} : { unreservedNow }),
  };
  return { account, functions, problems: data.problems };
}

async function metricData(
  session: Session,
  queries: readonly MetricQuery[],
  window: UsageWindow,
  signal: AbortSignal | undefined,
): Promise<MetricData> {
  try {
    return await readMetricData(session, queries, window, signal);
  } catch (error) {
    if (!(error instanceof AccountError) || final.has(error.kind)) throw error;
    const { action = "cloudwatch:GetMetricData", message } = error;
    return { points: new Map(), problems: [{ action, message }] };
  }
}

function accountQueries({ period, grain }: UsageWindow): readonly MetricQuery[] {
  return [
    { id: "ac", metric: "ConcurrentExecutions", statistic: "Maximum", period },
    { id: "au", metric: "UnreservedConcurrentExecutions", statistic: "Maximum", period },
    { id: "at", metric: "Throttles", statistic: "Sum", period: grain },
    { id: "ai", metric: "Invocations", statistic: "Sum", period: grain },
  ];
}

function functionQueries(functionName: string, index: number, { period, grain }: UsageWindow): readonly MetricQuery[] {
  return [
    { id: `c${index}`, metric: "ConcurrentExecutions", statistic: "Maximum", period, functionName },
    { id: `t${index}`, metric: "Throttles", statistic: "Sum", period: grain, functionName },
    { id: `i${index}`, metric: "Invocations", statistic: "Sum", period: grain, functionName },
  ];
}

function usageOf(
  { points }: MetricData,
  [concurrencyId, throttlesId, invocationsId]: readonly [string, string, string],
  { start, end, grain, nowFrom }: UsageWindow,
): Usage {
  const concurrency = points.get(concurrencyId) ?? [];
  const maximum = highest(concurrency);
  const now = highest(concurrency.filter(({ at }) => at >= nowFrom));
  const throttles = sum(points.get(throttlesId));
  const invocations = sum(points.get(invocationsId));
  return {
    from: new Date(start).toISOString(),
    until: new Date(end).toISOString(),
    concurrency: curve(concurrency, grain * 1000),
    ...(maximum === undefined ? {} : { maximum }),
    ...(now === undefined ? {} : { now }),
    ...(throttles === undefined ? {} : { throttles }),
    ...(invocations === undefined ? {} : { invocations }),
  };
}

/** The highest value of each `length` milliseconds; where nothing was measured there is no point. */
function curve(points: readonly MetricPoint[], length: number): Usage["concurrency"] {
  const highestByStart = new Map<number, number>();
  for (const { at, value } of points) {
    const from = Math.floor(at / length) * length;
    highestByStart.set(from, Math.max(value, highestByStart.get(from) ?? value));
  }
  return [...highestByStart].map(([from, value]) => ({ time: new Date(from).toISOString(), value }));
}

function highest(points: readonly MetricPoint[] = []): number | undefined {
  return points.length === 0 ? undefined : points.reduce((most, { value }) => Math.max(most, value), 0);
}

function sum(points: readonly MetricPoint[] = []): number | undefined {
  return points.length === 0 ? undefined : points.reduce((total, { value }) => total + value, 0);
}
