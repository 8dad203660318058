import type { Span } from "../model.ts";
/**
 * The one place where text becomes Markdown. Names, reasons and what AWS answered may hold anything: nothing of it may become a link, a
 * picture or formatting.
 */

/** Text that Markdown shows as it is, in one line. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]<>~&|!$@]|:(?=\/\/)|(?<=www)\.|(?<=^ ?)[#+=-]|(?<=^ ?\d{1,9})[.)]/gi, "\\$&");
}

/** Inline code that holds any name, in one line: its fence is longer than every row of backticks in it. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([row]) => row.length));
  if (longest === 0) return line === "" ? "" : `\`${line}\``;
  const fence = "`".repeat(longest + 1);
  return `${fence} ${line} ${fence}`;
}

/** Markdown about a span of a file. */
export interface HoverText {
  readonly span: Span;
  readonly markdown: string;
}
