import { ScalarNode } from "../nodes.ts";
import { plainValue, typedText } from "./schema.ts";
import {
  atDocumentMarker,
  COLON,
  CR,
  column,
  HASH,
  isBlankOrEnd,
  isBreakOrEnd,
  LF,
  problem,
  SPACE,
  type State,
  stepBreak,
  TAB,
} from "./state.ts";

const QUOTE = 34;

/** `,` `[` `]` `{` `}` end a plain scalar inside brackets. */
export function isFlowIndicator(code: number): boolean {
  return code === 44 || code === 91 || code === 93 || code === 123 || code === 125;
}

/** End of the plain text that starts at `from`, on its line, trailing blanks excluded. `quoteEnds`: a `"` ends it too. */
export function plainEnd(text: string, from: number, flow: boolean, quoteEnds = false): number {
  let end = from;
  for (let at = from; ; at++) {
    const code = text.charCodeAt(at);
    if (code === SPACE || code === TAB) continue;
    if (isBreakOrEnd(code)) return end;
    if (code === HASH && at > from && isBlankOrEnd(text.charCodeAt(at - 1))) return end;
    if (code === COLON) {
      const next = text.charCodeAt(at + 1);
      if (isBlankOrEnd(next) || (flow && isFlowIndicator(next))) return end;
    }
    if (flow && isFlowIndicator(code)) return end;
    if (quoteEnds && code === QUOTE) return end;
    end = at + 1;
  }
}

/** Offset of the `:` that makes the plain text at `from` a key of a block mapping, or −1. */
export function keyColon(text: string, from: number): number {
  let at = plainEnd(text, from, false);
  while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB) at++;
  return text.charCodeAt(at) === COLON && isBlankOrEnd(text.charCodeAt(at + 1)) ? at : -1;
}

export function plainScalar(s: State, start: number, end: number): ScalarNode {
  const text = s.text.slice(start, end);
  const value = plainValue(text, s.dialect, s.json);
  const node = new ScalarNode(s.section, start, end, "plain", text, value);
  if (typeof value === "string" || s.dialect !== "template") return node;
  const typed = typedText(text, value, s.json);
  if (typed !== text) node.typed = typed;
  return node;
}

/** Reads a plain scalar that may go on over lines indented deeper than `indent` (inside brackets: over any lines). */
export function readPlain(s: State, indent: number, flow: boolean): ScalarNode {
  const start = s.pos;
  if (flow && s.recover && s.json) return jsonWord(s, start);
  s.pos = plainEnd(s.text, start, flow);
  if (!flow) takeRestOfLine(s, start);
  // Progress even on a character that cannot start a scalar.
  if (s.pos === start && start < s.text.length) s.pos++;
  if (!isBreakOrEnd(s.text.charCodeAt(blanksEnd(s.text, s.pos)))) return plainScalar(s, start, s.pos);
  return continued(s, start, indent, flow);
}

/** In recovery an unquoted word of JSON ends with its line and before a quote: behind it a comma is being typed. */
function jsonWord(s: State, start: number): ScalarNode {
  const end = plainEnd(s.text, start, true, true);
  s.pos = Math.max(end, Math.min(start + 1, s.text.length));
  return plainScalar(s, start, s.pos);
}

/** `key: some text: more`: a loader refuses it; we read the whole line as the value. */
function takeRestOfLine(s: State, start: number): void {
  const at = blanksEnd(s.text, s.pos);
  if (s.text.charCodeAt(at) !== COLON || !isBlankOrEnd(s.text.charCodeAt(at + 1))) return;
  problem(s, at, at + 1, "A colon followed by a blank cannot stand inside an unquoted value; put the value in quotes.");
  let end = at + 1;
  for (;;) {
    const more = blanksEnd(s.text, end);
    if (isBreakOrEnd(s.text.charCodeAt(more)) || s.text.charCodeAt(more) === HASH) break;
    end = Math.max(plainEnd(s.text, more, false), more + 1);
  }
  s.pos = Math.max(end, start);
}

function blanksEnd(text: string, at: number): number {
  while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB) at++;
  return at;
}

function continued(s: State, start: number, indent: number, flow: boolean): ScalarNode {
  const { text } = s;
  const firstEnd = s.pos;
  let end = firstEnd;
  let folded: string | undefined;
  for (;;) {
    const back = { pos: s.pos, lineStart: s.lineStart, contentStart: s.contentStart };
    let breaks = 0;
    s.pos = blanksEnd(text, s.pos);
    while (s.pos < text.length && isBreak(text.charCodeAt(s.pos))) {
      stepBreak(s);
      breaks++;
      if (atDocumentMarker(s)) break;
      s.pos = blanksEnd(text, s.pos);
    }
    const next = goesOn(s, indent, flow) ? plainEnd(text, s.pos, flow) : s.pos;
    if (breaks === 0 || next === s.pos) {
      Object.assign(s, back);
      break;
    }
    folded =
      (folded ?? text.slice(start, firstEnd)) +
      (breaks === 1 ? " " : "\n".repeat(breaks - 1)) +
      text.slice(s.pos, next);
    s.contentStart = s.pos;
    s.pos = next;
    end = next;
    if (!isBreakOrEnd(text.charCodeAt(blanksEnd(text, next)))) break;
  }
  if (folded === undefined) return plainScalar(s, start, end);
  return new ScalarNode(s.section, start, end, "plain", folded, plainValue(folded, s.dialect, s.json));
}

/** In recovery a line that reads like a key of the block around, no deeper than it, says that a bracket was never closed. */
export function leftOpen(s: State, indent: number): boolean {
  return s.recover && indent >= 0 && column(s) <= indent && keyColon(s.text, s.pos) >= 0;
}

function isBreak(code: number): boolean {
  return code === LF || code === CR;
}

function goesOn(s: State, indent: number, flow: boolean): boolean {
  const code = s.text.charCodeAt(s.pos);
  if (Number.isNaN(code) || code === HASH || atDocumentMarker(s)) return false;
  if (flow && (isFlowIndicator(code) || (code === COLON && isBlankOrEnd(s.text.charCodeAt(s.pos + 1))))) return false;
  if (flow) return !leftOpen(s, indent);
  // A line that reads `key: …` begins something new: the scalar was half-typed or wrongly indented.
  return column(s) > indent && keyColon(s.text, s.pos) < 0;
}
