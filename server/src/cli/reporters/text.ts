import type { Severity } from "#core";
import type { Output } from "../io.ts";
import type { Range } from "../locate.ts";
import { type LocatedFinding, type ReportContext, type Reporter, shown } from "../report.ts";
import { type Paint, painter, type Style } from "./colours.ts";
import { poolTable } from "./poolTable.ts";
import { summaryLine } from "./summary.ts";
import { displayWidth, printable } from "./terminal.ts";

/** Longest piece of a source line that is shown, in columns. */
const WINDOW = 120;
const TAB = "    ";

/** A source line and the carets below it, cut to a window around the range when the line is long. */
export function excerpt(line: string, range: Range): { readonly text: string; readonly carets: string } {
  const from = range.start.character;
  const to = range.end.line === range.start.line ? Math.max(range.end.character, from) : line.length;
  const start = line.length > WINDOW ? Math.max(0, from - 30) : 0;
  const end = Math.min(line.length, start + WINDOW);
  const lead = start > 0 ? "…" : "";
  const text = lead + show(line.slice(start, end)) + (end < line.length ? "…" : "");
  const before = displayWidth(lead + show(line.slice(start, from)));
  const length = Math.max(1, displayWidth(show(line.slice(from, Math.min(to, end)))));
  return { text, carets: " ".repeat(before) + "^".repeat(length) };
}

function show(text: string): string {
  return printable(text.replaceAll("\t", TAB));
}

const severityStyles = { error: "red", warning: "yellow", information: "blue" } as const satisfies Record<
  Severity,
  Style
>;

/** For people: each finding with its source line, then the pools as a table, then one sentence. Why a file was not read stands on stderr. */
export function textReporter(output: Output, context: ReportContext): Reporter {
  const paint = painter(context.colour);
  return {
    report(report) {
      const blocks = shown(report).map((finding) => findingBlock(finding, context, paint));
      if (report.pools.length > 0) blocks.push(poolTable(report.pools, paint));
      blocks.push([paint("bold", summaryLine(report))]);
      output.write(`${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`);
    },
  };
}

function findingBlock(finding: LocatedFinding, { names, locator }: ReportContext, paint: Paint): string[] {
  const style = severityStyles[finding.severity];
  const { start } = finding.range;
  const { text, carets } = excerpt(locator.line(finding.uri, start.line), finding.range);
  const number = String(start.line + 1);
  const margin = " ".repeat(number.length);
  const at = paint("bold", `${printable(names.of(finding.uri))}:${start.line + 1}:${start.character + 1}`);
  return [
    `${at} ${paint(style, finding.severity)} ${paint("dim", finding.rule)} ${printable(finding.message)}`,
    ...(text.trim() === ""
      ? []
      : [` ${paint("dim", `${number} |`)} ${text}`, ` ${paint("dim", `${margin} |`)} ${paint(style, carets)}`]),
    ...finding.related.map(({ uri, range, message }) => {
      const where = `${printable(names.of(uri))}:${range.start.line + 1}:${range.start.character + 1}`;
      return ` ${margin} ${paint("dim", `= ${where}`)} ${printable(message)}`;
    }),
  ];
}
