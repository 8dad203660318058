import type { LoadRun, Sample } from "#core";

const PARTS = 10;

/** How often the served took how long, in ten equal parts from the shortest to the longest latency. */
export function distributionOf(samples: Iterable<Sample>): LoadRun["distribution"] {
  const latencies: number[] = [];
  for (const { outcome, intended, ended } of samples) if (outcome === "served") latencies.push(ended - intended);
  if (latencies.length === 0) return [];
  const [min, max] = latencies.reduce(
    ([least, most], latency) => [Math.min(least, latency), Math.max(most, latency)],
    [Number.POSITIVE_INFINITY, 0],
  ) as [number, number];
  const width = (max - min) / PARTS;
  if (width === 0) return [{ upTo: max, count: latencies.length }];
  const counts = new Array<number>(PARTS).fill(0);
  for (const latency of latencies) {
    const part = Math.min(PARTS - 1, Math.floor((latency - min) / width));
    counts[part] = (counts[part] ?? 0) + 1;
  }
  return counts.map((count, part) => ({ upTo: part === PARTS - 1 ? max : min + width * (part + 1), count }));
}
