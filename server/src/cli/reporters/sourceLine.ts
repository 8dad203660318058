import type { Range } from "../locate.ts";
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
