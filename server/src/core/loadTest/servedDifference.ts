import { decimal } from "../wording/measures.ts";
import { many } from "../wording/words.ts";
import type { LoadRun } from "./loadRun.ts";

/** By how much more was served per second with a reservation than without; negative: less. */
export interface ServedDifference {
  readonly mean: number;
  /** The least and the most of the repeats; the same number where there is one. */
  readonly min: number;
  readonly max: number;
  readonly repeats: number;
}

/** The difference of each pair of runs, the first before with the first after; undefined without any pair. */
export function servedDifference(
  before: readonly Pick<LoadRun, "servedPerSecond">[],
  after: readonly Pick<LoadRun, "servedPerSecond">[],
): ServedDifference | undefined {
  const each = after.flatMap(({ servedPerSecond }, index) => {
    const first = before[index];
    return first === undefined ? [] : [servedPerSecond - first.servedPerSecond];
  });
  if (each.length === 0) return undefined;
  const mean = each.reduce((sum, one) => sum + one, 0) / each.length;
  return { mean, min: Math.min(...each), max: Math.max(...each), repeats: each.length };
}

/** `B served 203.3 per second less than A (between 198.1 less and 209.0 less over 3 repeats).` */
export function differenceText({ mean, min, max, repeats }: ServedDifference): string {
  const spread = repeats === 1 ? "" : ` (between ${signed(min)} and ${signed(max)} over ${many(repeats, "repeat")})`;
  return `B served ${decimal(Math.abs(mean))} per second ${mean < 0 ? "less" : "more"} than A${spread}.`;
}

function signed(value: number): string {
  return `${decimal(Math.abs(value))} ${value < 0 ? "less" : "more"}`;
}
