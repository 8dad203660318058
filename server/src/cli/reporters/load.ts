import {
  decimal,
  type Latency,
  type LoadRun,
  many,
  measuredTime,
  num,
  percent,
  shapeText,
  type Value,
  valueText,
} from "#core";
import type { LoadOutcome } from "#operations";
import { alignColumns, printable } from "./terminal.ts";

type Section = readonly (readonly string[])[];

const BAR = 40;

/** What was measured, as text like that of `hey`; of several runs side by side, then each. */
export function loadLines(outcome: Omit<LoadOutcome, "kind">): string {
  const { runs, says, expected } = outcome;
  const [only, ...others] = runs;
  if (only !== undefined && others.length === 0 && only.label === "run")
    return `${printable(says)}\n\n${runLines(only.run, only.reserved, expected?.throttledShare)}`;
  const each = runs.map(({ label, reserved, run }) => {
    const share = label === "B" ? expected?.throttledShare : undefined;
    return `${title(label, reserved)}\n\n${runLines(run, reserved, share)}`;
  });
  return `${printable(says)}\n\n${sideBySide(outcome)}${each.join("")}`;
}

function title(label: string, reserved: Value): string {
  return `${label}: ${reserved === null ? "no reservation" : `reservation ${valueText(reserved)}`}`;
}

function sideBySide({ runs, expected, seenInEffect, restored }: Omit<LoadOutcome, "kind">): string {
  const row = (name: string, of: (run: LoadRun) => string) => [name, ...runs.map(({ run }) => of(run))];
  const served = (of: (latency: Latency) => number) => (run: LoadRun) => {
    const { latency } = run.outcomes.served;
    return latency === null ? "" : measuredTime(of(latency));
  };
  const rows = [
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
  const notes = [
    ...(seenInEffect === false
      ? ["The reservation was not seen in effect within 60 s: run B may have met the old one."]
      : []),
    ...(restored ? [] : ["The reservation is NOT as it was."]),
  ];
  return `${[...alignColumns(rows, new Set([1, 2, 3])), ...notes].join("\n")}\n\n`;
}

function runLines(run: LoadRun, reserved: Value, expected: number | undefined): string {
  const { outcomes, distribution, reasons, failures, statuses } = run;
  const longest = Math.max(...distribution.map(({ count }) => count));
  return [
    section("Summary", summary(run, reserved, expected)),
    section("Latency of the served", latency(outcomes.served.latency)),
    section(
      "Histogram of the served",
      distribution.map(({ upTo, count }) => [
        `up to ${measuredTime(upTo)}`,
        num(count),
        "■".repeat(Math.ceil((count / longest) * BAR)),
      ]),
    ),
    section("Throttled by", counts(reasons)),
    section("Failed", counts(failures)),
    section("Status codes", counts(statuses)),
  ].join("");
}

function summary(run: LoadRun, reserved: Value, expected: number | undefined): Section {
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

function latency(latency: LoadRun["outcomes"]["served"]["latency"]): Section {
  if (latency === null) return [];
  const { p50, p90, p95, p99, max } = latency;
  return Object.entries({ p50, p90, p95, p99, max }).map(([name, value]) => [name, measuredTime(value)]);
}

/** The most frequent first. */
function counts(by: Readonly<Record<string, number>>): Section {
  const sorted = Object.entries(by).sort(([, a], [, b]) => b - a);
  return sorted.map(([name, count]) => [printable(name), num(count)]);
}

function section(title: string, rows: Section): string {
  if (rows.length === 0) return "";
  return `${title}\n${alignColumns(rows, new Set())
    .map((line) => `  ${line}\n`)
    .join("")}\n`;
}
