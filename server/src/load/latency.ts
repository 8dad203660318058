import { build } from "hdr-histogram-js";
import type { Latency } from "#core";

/** Latencies of one outcome. Percentiles are right to three digits, as an HDR histogram keeps them; mean and maximum are exact. */
export interface LatencyHistogram {
  /** In milliseconds. */
  add(latency: number): void;
  readonly count: number;
  /** `null` while it is empty. */
  figures(): Latency | null;
}

const MICROSECONDS = 1000;

/** An empty histogram. */
export function createLatencyHistogram(): LatencyHistogram {
  const histogram = build({ numberOfSignificantValueDigits: 3, autoResize: true, useWebAssembly: false });
  let count = 0;
  let sum = 0;
  let max = 0;
  return {
    add(latency) {
      histogram.recordValue(Math.max(0, Math.round(latency * MICROSECONDS)));
      count++;
      sum += latency;
      max = Math.max(max, latency);
    },
    get count() {
      return count;
    },
    figures() {
      if (count === 0) return null;
      const at = (percentile: number) => {
        const value = histogram.getValueAtPercentile(percentile) / MICROSECONDS;
        return Math.min(max, Number(value.toPrecision(3)));
      };
      return { p50: at(50), p90: at(90), p95: at(95), p99: at(99), max, mean: sum / count };
    },
  };
}
