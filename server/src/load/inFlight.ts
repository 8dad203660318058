/** Invocations that ran at the same time. */
export interface Concurrency {
  readonly max: number;
  /** Half of the time from the first start to the last end at least as many ran. */
  readonly median: number;
}

/** Counts how many of these intervals hold each moment. At a moment when one ends and another starts, the end comes first. */
export function sweep(
  starts: Float64Array,
  ends: Float64Array,
  visit: (from: number, until: number, running: number) => void,
): void {
  starts.sort();
  ends.sort();
  let running = 0;
  let at = starts[0] ?? 0;
  for (let begun = 0, over = 0; over < ends.length; ) {
    const start = starts[begun] ?? Number.POSITIVE_INFINITY;
    const end = ends[over] ?? 0;
    const next = Math.min(start, end);
    if (next > at) visit(at, next, running);
    at = next;
    if (end <= start) {
      running--;
      over++;
    } else {
      running++;
      begun++;
    }
  }
}

/** The highest and the usual number of intervals that overlap. */
export function concurrency(starts: Float64Array, ends: Float64Array): Concurrency {
  const times = new Map<number, number>();
  sweep(starts, ends, (from, until, running) => times.set(running, (times.get(running) ?? 0) + until - from));
  const levels = [...times].sort(([a], [b]) => b - a);
  const half = levels.reduce((sum, [, time]) => sum + time, 0) / 2;
  let passed = 0;
  for (const [running, time] of levels) {
    passed += time;
    if (passed >= half) return { max: levels[0]?.[0] ?? 0, median: running };
  }
  return { max: 0, median: 0 };
}
