import { ScalarNode } from "../nodes.ts";
import {
  CR,
  HASH,
  isBlankOrEnd,
  isBreakOrEnd,
  isDocumentMarker,
  LF,
  problem,
  SPACE,
  type State,
  skipBlanks,
  skipLine,
  stepBreak,
} from "./state.ts";

/** Reads a `|` or `>` scalar; `pos` stands on the indicator. `indent`: of the block around it. */
export function readBlockScalar(s: State, indent: number): ScalarNode {
  const start = s.pos;
  const literal = s.text[start] === "|";
  const header = readHeader(s);
  let end = s.pos;
  const lines: string[] = [];
  let blockIndent = header.indent > 0 ? Math.max(indent, 0) + header.indent : -1;
  let leading = 0;
  while (!isEnd(s)) {
    stepBreak(s);
    if (isEnd(s)) break;
    const at = indentationEnd(s.text, s.pos, blockIndent);
    const width = at - s.pos;
    const code = s.text.charCodeAt(at);
    const blank = isBreakOrEnd(code);
    if (!blank) {
      if (blockIndent < 0 && width > indent) blockIndent = Math.max(width, leading);
      if (blockIndent < 0 || width < blockIndent || isDocumentMarker(s.text, s.pos)) {
        // Not ours: back before the break, so that the caller finds a fresh line.
        rewindBreak(s);
        break;
      }
    } else if (blockIndent < 0) leading = Math.max(leading, width);
    const from = blank && blockIndent < 0 ? at : s.pos + Math.min(width, blockIndent < 0 ? width : blockIndent);
    skipLine(s);
    lines.push(s.text.slice(Math.min(from, s.pos), s.pos));
    if (!blank) end = s.pos;
  }
  // A text that ends without a line break has none to keep.
  const text = chomp(lines, end === s.text.length && header.chomp !== "+" ? "-" : header.chomp, literal);
  return new ScalarNode(s.section, start, end, literal ? "literal" : "folded", text, text);
}

function isEnd(s: State): boolean {
  return s.pos >= s.text.length;
}

function indentationEnd(text: string, from: number, upTo: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE && (upTo < 0 || at - from < upTo)) at++;
  return at;
}

function rewindBreak(s: State): void {
  s.pos = s.lineStart - 1;
  if (s.text.charCodeAt(s.pos) === LF && s.text.charCodeAt(s.pos - 1) === CR) s.pos--;
}

function readHeader(s: State): { chomp: string; indent: number } {
  let chomp = "";
  let indent = 0;
  s.pos++;
  for (;;) {
    const char = s.text[s.pos] ?? "";
    if (char === "+" || char === "-") chomp = char;
    else if (char >= "1" && char <= "9") indent = Number(char);
    else break;
    s.pos++;
  }
  const end = s.pos;
  skipBlanks(s);
  const code = s.text.charCodeAt(s.pos);
  if (code === HASH && isBlankOrEnd(s.text.charCodeAt(s.pos - 1))) {
    const start = s.pos;
    skipLine(s);
    s.comments.push({ start, end: s.pos });
  } else if (!isBreakOrEnd(code)) {
    skipLine(s);
    problem(s, end, s.pos, "The text of a block scalar starts on the next line.");
  }
  return { chomp, indent };
}

function chomp(lines: string[], mode: string, literal: boolean): string {
  let count = lines.length;
  while (count > 0 && /^[ \t]*$/.test(lines[count - 1] as string)) count--;
  const content = lines.slice(0, count);
  const body = literal ? content.join("\n") : foldLines(content);
  if (mode === "-") return body;
  if (mode === "+") return body + "\n".repeat(lines.length - count + (count > 0 ? 1 : 0));
  return count > 0 ? `${body}\n` : "";
}

/** `>`: a single break between lines of text becomes a blank; more-indented lines keep theirs. */
function foldLines(lines: readonly string[]): string {
  let out = "";
  let breaks = 0;
  let previousIndented = true;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string;
    if (i > 0) breaks++;
    if (line === "") continue;
    const indented = line.startsWith(" ") || line.startsWith("\t");
    if (i > 0) {
      if (previousIndented || indented) out += "\n".repeat(breaks);
      else out += breaks === 1 ? " " : "\n".repeat(breaks - 1);
    }
    out += line;
    breaks = 0;
    previousIndented = indented;
  }
  return out;
}
