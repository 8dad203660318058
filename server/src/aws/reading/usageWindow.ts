const MINUTE = 60;
const GRAIN = 300;
/** So many points make a curve. */
const POINTS = 36;
/** Lambda's metrics are a minute or two late: fewer minutes would often show nothing. */
const NOW_MINUTES = 3;
const LONGEST = 14 * 24;

/** A window of time and how finely it is read. Times in milliseconds since 1970, lengths in seconds. */
export interface UsageWindow {
  readonly start: number;
  readonly end: number;
  /** Period in which the highest concurrency is asked for: a minute up to three hours, so that the last minutes can be told apart. */
  readonly period: number;
  /** Period of sums, and of the points of the curve. */
  readonly grain: number;
  /** Minutes that begin here are "now". */
  readonly nowFrom: number;
}

/**
 * The window that ends with the last complete minute, or with `running` the one that is under way, which then is all of "now". `hours`
 * is brought between 1 and 336.
 */
export function usageWindow(hours: number, now: Date, running = false): UsageWindow {
  const length = Math.min(LONGEST, Math.max(1, Number.isFinite(hours) ? hours : 1)) * 3600;
  const period = length <= 3 * 3600 ? MINUTE : length <= 24 * 3600 ? GRAIN : 3600;
  const grain = Math.max(period, Math.ceil(length / POINTS / GRAIN) * GRAIN);
  const end = (Math.floor(now.getTime() / (MINUTE * 1000)) + (running ? 1 : 0)) * MINUTE;
  // CloudWatch prefers windows that begin where a period begins, and then no period is cut at its beginning.
  const start = Math.floor((end - length) / grain) * grain;
  return {
    start: start * 1000,
    end: end * 1000,
    period,
    grain,
    nowFrom: (end - Math.max(running ? MINUTE : NOW_MINUTES * MINUTE, period)) * 1000,
  };
}
