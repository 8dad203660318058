import { decimal, percent } from "../wording/measures.ts";
import { isoText } from "../wording/times.ts";
import { valueText } from "../wording/values.ts";
import { many, num } from "../wording/words.ts";
import type { LoadProgress, LoadRun } from "./loadRun.ts";

/** The two numbers that matter first: `Served 71.4 per second; 89.1 % throttled.` */
export function firstLine({ servedPerSecond, throttledShare }: LoadRun): string {
  return `Served ${decimal(servedPerSecond)} per second; ${percent(throttledShare)} throttled.`;
}

/** Why no load was sent after a warm-up. */
export function brokenText({ target, requests, outcomes, failures }: LoadRun): string {
  const failed = outcomes.failed.count + outcomes["timed-out"].count;
  const [most] = Object.entries(failures).sort(([, a], [, b]) => b - a);
  const why = most === undefined ? "" : `, mostly ${most[0]}`;
  return `${target} is broken: ${num(failed)} of ${many(requests, "request")} of the warm-up failed${why}. The load was not sent.`;
}

/** What a load test has to put back, in a line; `at` is when it was begun. */
export function putBackText(
  {
    name,
    before,
    reserved,
    at,
  }: Readonly<Record<"name" | "at", string>> & {
    readonly before: number | null;
    readonly reserved: number;
  },
  now: Date,
): string {
  return `${name}: ${num(reserved)} → ${valueText(before)}, as before the load test of ${isoText(at, now)}`;
}

/** How far a run is, in a line. */
export function progressText({ ended, total, counts, inFlight }: LoadProgress): string {
  const { served, throttled } = counts;
  return `${num(ended)} of ${many(total, "request")}, ${num(served)} served, ${num(throttled)} throttled, ${num(inFlight)} under way`;
}
