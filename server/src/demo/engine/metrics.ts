/** What CloudWatch keeps of one minute. */
export interface Minute {
  count: number;
  sum: number;
  minimum: number;
  maximum: number;
  /** Some of the values, for percentiles. */
  readonly sample: number[];
}

/** One metric with its dimensions in the namespace `AWS/Lambda`. */
export interface Series {
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** By number of the minute since 1970. */
  readonly minutes: Map<number, Minute>;
}

const MINUTE = 60_000;
const MINUTES_KEPT = 24 * 60;
const SAMPLE_SIZE = 30;

/** The metrics of one Region, minute by minute, for the last day. */
export class Metrics {
  readonly series = new Map<string, Series>();

  /** Adds a value at a moment (milliseconds since 1970), `times` times over. */
  add(metric: string, dimensions: Readonly<Record<string, string>>, at: number, value: number, times = 1): void {
    const minutes = this.find(metric, dimensions, true).minutes;
    const number = Math.floor(at / MINUTE);
    const minute = minutes.get(number);
    if (minute) {
      minute.count += times;
      minute.sum += value * times;
      minute.minimum = Math.min(minute.minimum, value);
      minute.maximum = Math.max(minute.maximum, value);
      if (minute.sample.length < SAMPLE_SIZE) minute.sample.push(value);
      return;
    }
    minutes.set(number, { count: times, sum: value * times, minimum: value, maximum: value, sample: [value] });
    for (const old of minutes.keys()) {
      if (old >= number - MINUTES_KEPT) break;
      minutes.delete(old);
    }
  }

  /** The series of a metric with exactly these dimensions. */
  find(metric: string, dimensions: Readonly<Record<string, string>>, make: true): Series;
  find(metric: string, dimensions: Readonly<Record<string, string>>): Series | undefined;
  find(metric: string, dimensions: Readonly<Record<string, string>>, make = false): Series | undefined {
    const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify([metric, sorted]);
    const known = this.series.get(key);
    if (known || !make) return known;
    const made: Series = { metric, dimensions, minutes: new Map() };
    this.series.set(key, made);
    return made;
  }
}

/** A point of a graph: start of its period in milliseconds, and value. */
export type Point = readonly [at: number, value: number];

/** Points of a series from `start` to before `end`, oldest first; periods without data have none. Period in seconds. */
export function points(
  series: Series,
  statistic: string,
  period: number,
  start: number,
  end: number,
): readonly Point[] {
  const length = period * 1000;
  const periods = new Map<number, Minute[]>();
  for (const [number, minute] of series.minutes) {
    const at = number * MINUTE;
    const from = Math.floor(at / length) * length;
    if (at < start || at >= end) continue;
    periods.set(from, [...(periods.get(from) ?? []), minute]);
  }
  return [...periods].sort(([a], [b]) => a - b).map(([at, minutes]) => [at, statisticOf(minutes, statistic)]);
}

/** Can this be asked for? */
export function isStatistic(statistic: string): boolean {
  return /^(?:Average|Maximum|Minimum|SampleCount|Sum|p\d{1,2}(?:\.\d+)?|p100)$/.test(statistic);
}

function statisticOf(minutes: readonly Minute[], statistic: string): number {
  const sum = minutes.reduce((total, minute) => total + minute.sum, 0);
  const count = minutes.reduce((total, minute) => total + minute.count, 0);
  if (statistic === "Sum") return sum;
  if (statistic === "SampleCount") return count;
  if (statistic === "Average") return sum / count;
  if (statistic === "Maximum") return Math.max(...minutes.map(({ maximum }) => maximum));
  if (statistic === "Minimum") return Math.min(...minutes.map(({ minimum }) => minimum));
  const values = minutes.flatMap(({ sample }) => sample).sort((a, b) => a - b);
  const rank = Math.ceil((Number(statistic.slice(1)) / 100) * values.length);
  return values[Math.max(0, rank - 1)] ?? 0;
}
