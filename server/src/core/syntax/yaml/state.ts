import { type Comment, type Dialect, type Node, ScalarNode, type SyntaxProblem } from "../nodes.ts";
import { newSection, type Section } from "../sections.ts";

/** Deeper nesting is not read: it exists in no real file and would cost the stack. */
export const MAX_DEPTH = 500;

/** Entries of mappings down to this level are sections of their own: top-level keys, and under them resources, parameters, … */
export const SECTION_LEVELS = 2;

/** Where the reader stands. One object per read; every function of this folder moves `pos` forward. */
export interface State {
  readonly text: string;
  readonly dialect: Dialect;
  /** Numbers by JSON's rules (`1e3` is a number): the document starts with a bracket. */
  json: boolean;
  /**
   * Second attempt, after a bracket or quote turned out not to be closed: brackets and quotes then end where the block
   * structure says that something new begins.
   */
  readonly recover: boolean;
  /** Set when only a second attempt can make sense of the text. */
  unclosed: boolean;
  pos: number;
  /** Offset of the first character of the current line. */
  lineStart: number;
  /** Offset of the first content of the current line, once a line was entered; −1 before. */
  contentStart: number;
  depth: number;
  /** The section of the nodes that are being read. */
  section: Section;
  /** No double quote closes from here on; -1 as long as none was missed. */
  openQuoteFrom: number;
  /** Brackets around `pos` that await their `}` and `]`. */
  openMaps: number;
  openLists: number;
  /** Anchors of the current document. */
  anchors: Map<string, Node> | undefined;
  /** Some document of the stream has an anchor. */
  anchored: boolean;
  /** How many aliases were met. */
  aliases: number;
  readonly problems: SyntaxProblem[];
  readonly comments: Comment[];
}

export function newState(text: string, dialect: Dialect, recover: boolean): State {
  return {
    text,
    dialect,
    json: false,
    recover,
    unclosed: false,
    pos: 0,
    lineStart: 0,
    contentStart: -1,
    depth: 0,
    section: newSection(),
    openQuoteFrom: -1,
    openMaps: 0,
    openLists: 0,
    anchors: undefined,
    anchored: false,
    aliases: 0,
    problems: [],
    comments: [],
  };
}

export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;
export const HASH = 35;
const DASH = 45;
export const COLON = 58;
export const QUESTION = 63;

export function isFlowOpening(code: number): boolean {
  return code === 91 || code === 123;
}

/** Blank, line break or end of text (NaN). */
export function isBlankOrEnd(code: number): boolean {
  return code === SPACE || code === LF || code === CR || code === TAB || Number.isNaN(code);
}

export function isBreakOrEnd(code: number): boolean {
  return code === LF || code === CR || Number.isNaN(code);
}

export function column(s: State): number {
  return s.pos - s.lineStart;
}

export function atEnd(s: State): boolean {
  return s.pos >= s.text.length;
}

/** Nothing but blanks stands before `pos` on its line. */
export function atLineContent(s: State): boolean {
  return s.pos === s.contentStart;
}

/** `- ` at `pos`. */
export function atSequenceEntry(s: State): boolean {
  return s.text.charCodeAt(s.pos) === DASH && isBlankOrEnd(s.text.charCodeAt(s.pos + 1));
}

/** `---` or `...` at the start of the line `pos` stands on. */
export function atDocumentMarker(s: State): boolean {
  if (s.pos !== s.lineStart) return false;
  return isDocumentMarker(s.text, s.pos);
}

export function isDocumentMarker(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code !== DASH && code !== 46) return false;
  if (text.charCodeAt(at + 1) !== code || text.charCodeAt(at + 2) !== code) return false;
  return isBlankOrEnd(text.charCodeAt(at + 3));
}

export function problem(s: State, start: number, end: number, message: string): void {
  s.problems.push({ start, end: Math.min(Math.max(end, start), s.text.length), message });
}

/** Steps over the line break at `pos`. */
export function stepBreak(s: State): void {
  if (s.text.charCodeAt(s.pos) === CR && s.text.charCodeAt(s.pos + 1) === LF) s.pos++;
  s.pos++;
  s.lineStart = s.pos;
  s.contentStart = -1;
}

/** Moves to the line break (or end) behind `pos`. */
export function skipLine(s: State): void {
  while (!isBreakOrEnd(s.text.charCodeAt(s.pos))) s.pos++;
}

export function skipBlanks(s: State): void {
  let code = s.text.charCodeAt(s.pos);
  while (code === SPACE || code === TAB) code = s.text.charCodeAt(++s.pos);
}

/** Moves over blanks, comments and line breaks to the next content (or the end). */
export function skipToContent(s: State, flow = false): void {
  const { text } = s;
  for (;;) {
    let code = text.charCodeAt(s.pos);
    let tab = -1;
    while (code === SPACE || code === TAB) {
      if (code === TAB && tab < 0) tab = s.pos;
      code = text.charCodeAt(++s.pos);
    }
    if (code === HASH && (s.pos === s.lineStart || isBlankOrEnd(text.charCodeAt(s.pos - 1)))) {
      const start = s.pos;
      skipLine(s);
      s.comments.push({ start, end: s.pos });
      code = text.charCodeAt(s.pos);
    }
    if (code === LF || code === CR) {
      stepBreak(s);
      continue;
    }
    if (s.contentStart < 0) {
      s.contentStart = s.pos;
      if (tab >= 0 && !flow && !Number.isNaN(code)) {
        problem(s, tab, tab + 1, "A tab cannot be used for indentation; use spaces.");
      }
    }
    return;
  }
}

/** Nothing was written: a scalar of width 0 at `at`. */
export function emptyScalar(s: State, at: number): ScalarNode {
  return new ScalarNode(s.section, at, at, "empty", "", null);
}
