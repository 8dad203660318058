import { decimal, type LoadRun, many, measuredTime, num, percent, shapeText, type Value, valueText } from "#core";
import type { LoadOutcome } from "#operations";
import { alignColumns, printable } from "./terminal.ts";

type Section = readonly (readonly string[])[];

const BAR = 40;

/** What was measured, as text like that of `hey`. */
export function loadLines({ runs, says, expected }: Omit<LoadOutcome, "kind">): string {
  const sections = runs.map(({ reserved, run }) => runLines(run, reserved, expected?.throttledShare));
  return `${printable(says)}\n\n${sections.join("\n")}`;
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
