import { ScalarNode } from "../nodes.ts";
import { isBreakOrEnd, isDocumentMarker, problem, type State, skipLine } from "./state.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  " ": " ",
  '"': '"',
  "/": "/",
  "\\": "\\",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};
const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Reads a `"…"` or `'…'` scalar; `pos` stands on the opening quote. `indent`: of the block around it. */
export function readQuoted(s: State, indent: number): ScalarNode {
  const { text } = s;
  const start = s.pos;
  const double = text[start] === '"';
  const close = closingQuote(s, start, double, indent);
  const style = double ? "double" : "single";
  if (close < 0) {
    skipLine(s);
    s.unclosed = true;
    problem(s, start, s.pos, `This ${double ? "double" : "single"} quote is not closed.`);
    const value = text.slice(start + 1, s.pos).trimEnd();
    return new ScalarNode(s.section, start, s.pos, style, value, value);
  }
  const raw = text.slice(start + 1, close);
  s.pos = close + 1;
  const multiline = noteBreaks(s, raw, start + 1);
  const folded = multiline ? fold(raw, double) : raw;
  const value = double
    ? folded.includes("\\")
      ? resolveEscapes(s, folded, start)
      : folded
    : folded.replaceAll("''", "'");
  return new ScalarNode(s.section, start, s.pos, style, value, value);
}

/** Offset of the closing quote, or −1. */
function closingQuote(s: State, start: number, double: boolean, indent: number): number {
  const { text } = s;
  const quote = double ? '"' : "'";
  if (double && s.openQuoteFrom >= 0 && start >= s.openQuoteFrom) return -1;
  let checked = start;
  for (let at = start + 1; ; at++) {
    at = text.indexOf(quote, at);
    if (at < 0 && double) s.openQuoteFrom = start;
    if (at < 0 || (s.recover && leavesBlock(text, checked, at, indent))) return -1;
    checked = at;
    if (double) {
      let slashes = 0;
      while (text.charCodeAt(at - 1 - slashes) === 92 && at - 1 - slashes > start) slashes++;
      if (slashes % 2 === 0) return at;
    } else if (text[at + 1] === "'") at++;
    else return at;
  }
}

/** In recovery a quote reaches over the lines that are indented deeper than the block around it (in JSON: over none). */
function leavesBlock(text: string, from: number, to: number, indent: number): boolean {
  for (let at = from; at < to; at++) {
    if (!isBreakOrEnd(text.charCodeAt(at))) continue;
    if (indent < 0) return true;
    let next = at + 1;
    while (text.charCodeAt(next) === 32) next++;
    if (!isBreakOrEnd(text.charCodeAt(next)) && next - at - 1 <= indent) return true;
  }
  return false;
}

/** Keeps `lineStart` right when the scalar spans lines; a document marker inside is a mistake. */
function noteBreaks(s: State, raw: string, start: number): boolean {
  if (!raw.includes("\n") && !raw.includes("\r")) return false;
  for (let at = 0; at < raw.length; at++) {
    if (!isBreakOrEnd(raw.charCodeAt(at))) continue;
    s.lineStart = start + at + 1;
    s.contentStart = 0;
    if (isDocumentMarker(s.text, s.lineStart)) s.unclosed = true;
  }
  return true;
}

/** Line folding: blanks around breaks go, one break becomes a blank, n breaks become n − 1 line feeds. */
function fold(raw: string, double: boolean): string {
  const lines = raw.split(/\r\n|\n|\r/);
  let out = trimRight(lines[0] ?? "", double);
  let pending = 0;
  let joined = double && endsEscaped(out);
  if (joined) out = out.slice(0, -1);
  for (let i = 1; i < lines.length; i++) {
    const last = i === lines.length - 1;
    let line = (lines[i] as string).replace(/^[ \t]+/, "");
    if (!last) line = trimRight(line, double);
    pending++;
    if (line === "" && !last) continue;
    if (joined) out += "\n".repeat(Math.max(0, pending - 1));
    else out += pending === 1 ? " " : "\n".repeat(pending - 1);
    pending = 0;
    joined = double && !last && endsEscaped(line);
    out += joined ? line.slice(0, -1) : line;
  }
  return out;
}

function trimRight(line: string, double: boolean): string {
  let end = line.length;
  while (line[end - 1] === " " || line[end - 1] === "\t") end--;
  const trimmed = line.slice(0, end);
  return double && endsEscaped(trimmed) && trimmed !== line ? `${trimmed}${line[trimmed.length]}` : trimmed;
}

/** An odd number of backslashes at the end: the last one escapes what follows. */
function endsEscaped(line: string): boolean {
  let slashes = 0;
  while (line.charCodeAt(line.length - 1 - slashes) === 92) slashes++;
  return slashes % 2 === 1;
}

function resolveEscapes(s: State, raw: string, start: number): string {
  return raw.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g,
    (whole, x: string | undefined, u: string | undefined, long: string | undefined, char: string | undefined) => {
      const hex = x ?? u ?? long;
      if (hex !== undefined) {
        const code = Number.parseInt(hex, 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
      }
      const known = ESCAPES[char as string];
      if (known !== undefined) return known;
      const digits = HEX_LENGTH[char as string];
      problem(
        s,
        start,
        s.pos,
        digits ? `"\\${char}" needs ${digits} hexadecimal digits.` : `"${whole}" is not an escape.`,
      );
      return char as string;
    },
  );
}
