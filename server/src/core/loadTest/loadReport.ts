import type { Value } from "../model.ts";
import { decimal, measuredTime, percent } from "../wording/measures.ts";
import { valueText } from "../wording/values.ts";
import { many, num } from "../wording/words.ts";
import type { Latency, LoadRun } from "./loadRun.ts";
import { shapeText } from "./loadShape.ts";
import { differenceText, type ServedDifference } from "./servedDifference.ts";

/** What was measured. */
export interface LoadFigures {
  readonly runs: readonly { readonly label: string; readonly reserved: Value; readonly run: LoadRun }[];
  /** What the formula expects of the run with the reservation. */
  readonly expected?: { readonly throttledShare: number };
  /** Of the runs with the reservation to those before it. */
  readonly difference?: ServedDifference;
  readonly seenInEffect?: boolean;
  readonly restored: boolean;
}

/** Rows of cells; the first cell of a row names it. */
export interface LoadSection {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

/** Figures as tables, for people. */
export interface LoadTables {
  /** Runs side by side, under their titles; absent where there is one. */
  readonly comparison?: readonly (readonly string[])[];
  /** What has to be known about the comparison, a sentence each. */
  readonly notes: readonly string[];
  readonly runs: readonly { readonly title: string; readonly sections: readonly LoadSection[] }[];
}

const BAR = 40;

/** What was measured, in the order in which a reader needs it; sections without rows are absent. */
export function loadTables(figures: LoadFigures): LoadTables {
  const { runs, expected, difference, seenInEffect, restored } = figures;
  const [only] = runs;
  const isOne = runs.length === 1 && only?.label === "run";
  const notes = [
    ...(difference === undefined ? [] : [differenceText(difference)]),
    ...(seenInEffect === false
      ? ["The reservation was not seen in effect within 60 s: run B may have met the old one."]
      : []),
    ...(restored ? [] : ["The reservation is NOT as it was."]),
  ];
  return {
    ...(!isOne && { comparison: sideBySide(figures) }),
    notes: isOne ? [] : notes,
    runs: runs.map(({ label, reserved, run }) => ({
      title: title(label, reserved),
      sections: sections(run, reserved, isOne || label === "B" ? expected?.throttledShare : undefined),
    })),
  };
}

function title(label: string, reserved: Value): string {
  return `${label}: ${reserved === null ? "no reservation" : `reservation ${valueText(reserved)}`}`;
}

function sideBySide({ runs, expected }: LoadFigures): readonly (readonly string[])[] {
  const row = (name: string, of: (run: LoadRun) => string) => [name, ...runs.map(({ run }) => of(run))];
  const served = (of: (latency: Latency) => number) => (run: LoadRun) => {
    const { latency } = run.outcomes.served;
    return latency === null ? "" : measuredTime(of(latency));
  };
  return [
    ["", ...runs.map(({ label, reserved }) => title(label, reserved))],
    row("served per second", ({ servedPerSecond }) => decimal(servedPerSecond)),
    row("throttled", ({ throttledShare }) => percent(throttledShare)),
    ...(expected === undefined
      ? []
      : [["expected", ...runs.map(({ label }) => (label === "B" ? percent(expected.throttledShare) : ""))]]),
    row("in flight", ({ inFlight }) => num(inFlight.median)),
    row("failed", ({ outcomes }) => num(outcomes.failed.count + outcomes["timed-out"].count)),
    row(
      "p50 of the served",
      served(({ p50 }) => p50),
    ),
    row(
      "p99 of the served",
      served(({ p99 }) => p99),
    ),
  ];
}

function sections(run: LoadRun, reserved: Value, expected: number | undefined): readonly LoadSection[] {
  const { outcomes, distribution, reasons, failures, statuses } = run;
  const longest = Math.max(...distribution.map(({ count }) => count));
  const all: readonly LoadSection[] = [
    { title: "Summary", rows: summary(run, reserved, expected) },
    { title: "Latency of the served", rows: latency(outcomes.served.latency) },
    {
      title: "Histogram of the served",
      rows: distribution.map(({ upTo, count }) => [
        `up to ${measuredTime(upTo)}`,
        num(count),
        "■".repeat(Math.ceil((count / longest) * BAR)),
      ]),
    },
    { title: "Throttled by", rows: counts(reasons) },
    { title: "Failed", rows: counts(failures) },
    { title: "Status codes", rows: counts(statuses) },
  ];
  return all.filter(({ rows }) => rows.length > 0);
}

function summary(run: LoadRun, reserved: Value, expected: number | undefined): LoadSection["rows"] {
  const { outcomes, requests, seconds, shape, inFlight, connections, maybeThrottled, late, interrupted, givenUp } = run;
  const share = (count: number) => (requests === 0 ? "" : percent(count / requests));
  const throttle = expected === undefined ? "" : `, expected ${percent(expected)}`;
  const answered =
    outcomes.throttled.latency === null ? "" : `, answered after ${measuredTime(outcomes.throttled.latency.mean)}`;
  return [
    ["load", shapeText(shape)],
    ["requests", `${num(requests)} in ${measuredTime(seconds * 1000)}`],
    ...(interrupted ? [["interrupted", `${many(givenUp, "request")} given up`]] : []),
    ["served", `${num(outcomes.served.count)}, ${decimal(run.servedPerSecond)} per second`],
    ["throttled", `${num(outcomes.throttled.count)}, ${share(outcomes.throttled.count)}${throttle}${answered}`],
    ["failed", num(outcomes.failed.count)],
    ...(maybeThrottled === 0 ? [] : [["", `${num(maybeThrottled)} of them by API Gateway: failed, maybe throttled`]]),
    ["timed out", num(outcomes["timed-out"].count)],
    ["in flight", `${num(inFlight.median)} usually, ${num(inFlight.max)} at most${reservationText(reserved)}`],
    ...(connections === null
      ? []
      : [["connections", `${num(connections.opened)} opened, ${measuredTime(connections.milliseconds)} lost with it`]]),
    ...(shape.kind === "open"
      ? [["started late", `p99 ${measuredTime(late.p99)}, ${measuredTime(late.max)} at most`]]
      : []),
  ];
}

function reservationText(reserved: Value): string {
  if (reserved === null) return "; no reservation";
  return typeof reserved === "number" ? `; reservation ${valueText(reserved)}` : "";
}

function latency(latency: LoadRun["outcomes"]["served"]["latency"]): LoadSection["rows"] {
  if (latency === null) return [];
  const { p50, p90, p95, p99, max } = latency;
  return Object.entries({ p50, p90, p95, p99, max }).map(([name, value]) => [name, measuredTime(value)]);
}

/** The most frequent first. */
function counts(by: Readonly<Record<string, number>>): LoadSection["rows"] {
  const sorted = Object.entries(by).sort(([, a], [, b]) => b - a);
  return sorted.map(([name, count]) => [name, num(count)]);
}
