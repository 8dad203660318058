import type { Dialect, Document, Node, SyntaxTree } from "./nodes.ts";
import { readNode } from "./yaml/block.ts";
import {
  atDocumentMarker,
  atEnd,
  atLineContent,
  emptyScalar,
  isFlowOpening,
  newState,
  problem,
  type State,
  skipLine,
  skipToContent,
} from "./yaml/state.ts";

/**
 * Reads a YAML or JSON text into a tree. Never throws; whatever can be read is read, the rest is in `problems`.
 * A text with a bracket or quote that is never closed is read a second time with the block structure as the judge of where it ends.
 */
export function parse(text: string, dialect: Dialect): SyntaxTree {
  const first = readStream(newState(text, dialect, false));
  return first.unclosed ? readStream(newState(text, dialect, true)).tree : first.tree;
}

function readStream(s: State): { tree: SyntaxTree; unclosed: boolean } {
  const documents: Document[] = [];
  if (s.text.charCodeAt(0) === 0xfeff) {
    s.pos = 1;
    s.lineStart = 1;
  }
  for (;;) {
    const before = s.pos;
    skipToContent(s, true);
    skipDirectives(s);
    const started = skipMarkers(s);
    if (atEnd(s) && !started && documents.length > 0) break;
    documents.push(readDocument(s, documents.length === 0 ? 0 : before));
    if (atEnd(s)) break;
  }
  const anchored = s.anchored;
  return {
    tree: { documents, problems: s.problems, comments: s.comments, anchored, recovered: s.recover },
    unclosed: s.unclosed,
  };
}

/** `%YAML 1.1` lines before a document. */
function skipDirectives(s: State): void {
  while (s.text[s.pos] === "%" && s.pos === s.lineStart) {
    skipLine(s);
    skipToContent(s, true);
  }
}

/** `...` ends a document and `---` starts one. True when one was started. */
function skipMarkers(s: State): boolean {
  let started = false;
  while (!started && atDocumentMarker(s)) {
    started = s.text[s.pos] === "-";
    s.pos += 3;
    if (started) break;
    skipToContent(s, true);
    skipDirectives(s);
  }
  return started;
}

function readDocument(s: State, start: number): Document {
  s.anchors = undefined;
  s.depth = 0;
  skipToContent(s);
  s.json = s.dialect === "template" && isFlowOpening(s.text.charCodeAt(s.pos));
  let root: Node | undefined = readNode(s, -1, false, true);
  if (root.kind === "scalar" && root.style === "empty" && root.tag === undefined) root = undefined;
  for (;;) {
    skipToContent(s);
    if (atEnd(s) || atDocumentMarker(s)) break;
    root = joinStray(root, readStray(s));
  }
  if (s.anchors) s.anchored = true;
  return { start, end: s.pos, root };
}

function readStray(s: State): Node {
  const start = s.pos;
  const node = atLineContent(s) ? readNode(s, -1, false, true) : emptyScalar(s, start);
  if (s.pos === start) skipLine(s);
  problem(s, start, Math.min(start + 1, s.text.length), "This does not belong to what stands before it.");
  s.unclosed = true;
  return node;
}

function joinStray(root: Node | undefined, stray: Node): Node | undefined {
  if (!root) return stray;
  if (root.kind !== "map" || stray.kind !== "map") return root;
  // In place: a text of many stray parts is read in one pass.
  for (const pair of stray.written) root.written.push(pair);
  root.endAt(stray.end);
  return root;
}
