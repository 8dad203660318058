import type { Sample, Timeline } from "#core";
import { sweep } from "./inFlight.ts";

/** Lengths that people can read off an axis, in seconds. */
const LENGTHS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60];
const MOST_PARTS = 300;

/** The run in parts of equal length, at most 300 of them. */
export function timelineOf(samples: Iterable<Sample>, seconds: number): Timeline {
  const length = LENGTHS.find((candidate) => seconds / candidate <= MOST_PARTS) ?? seconds / MOST_PARTS;
  const parts = Math.max(1, Math.ceil(seconds / length));
  const partAt = (milliseconds: number) => Math.min(parts - 1, Math.floor(milliseconds / 1000 / length));
  const counts = { served: zeros(parts), throttled: zeros(parts), failed: zeros(parts) };
  const ran: Sample[] = [];
  for (const sample of samples) {
    const counted = sample.outcome === "timed-out" ? counts.failed : counts[sample.outcome];
    const part = partAt(sample.ended);
    counted[part] = (counted[part] ?? 0) + 1;
    if (sample.ran) ran.push(sample);
  }
  const inFlight = zeros(parts);
  const starts = Float64Array.from(ran, ({ started }) => started);
  const ends = Float64Array.from(ran, ({ ended }) => ended);
  sweep(starts, ends, (from, until, running) => {
    // What ends where a part begins was not there in it.
    const last = Math.min(parts - 1, Math.ceil(until / 1000 / length) - 1);
    for (let part = partAt(from); part <= last; part++) inFlight[part] = Math.max(inFlight[part] ?? 0, running);
  });
  return { seconds: length, ...counts, inFlight };
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}
