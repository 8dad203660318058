import { deref } from "../lookup.ts";
import { moveNodes } from "../move.ts";
import { AliasNode, MapNode, type Node, type Pair, SeqNode } from "../nodes.ts";
import { newSection } from "../sections.ts";
import { readBlockScalar } from "./blockScalar.ts";
import { readFlow } from "./flow.ts";
import { keyColon, plainEnd, plainScalar, readPlain } from "./plain.ts";
import { type Properties, readProperty, readWord, withProperties } from "./properties.ts";
import { readQuoted } from "./quoted.ts";
import {
  atDocumentMarker,
  atEnd,
  atLineContent,
  atSequenceEntry,
  COLON,
  column,
  emptyScalar,
  isBlankOrEnd,
  isBreakOrEnd,
  isFlowOpening,
  MAX_DEPTH,
  problem,
  QUESTION,
  SECTION_LEVELS,
  type State,
  skipBlanks,
  skipLine,
  skipToContent,
} from "./state.ts";

/**
 * Reads the node behind `key:`, `- ` or the start of a document. Content on further lines belongs to it when it is indented
 * deeper than `indent`; behind a key also a sequence at `indent` (`sequenceAtIndent`). `compact`: a block collection may
 * start on this very line, as behind `- `.
 */
export function readNode(s: State, indent: number, sequenceAtIndent: boolean, compact: boolean): Node {
  s.depth++;
  const node = s.depth > MAX_DEPTH ? skipNode(s, indent) : readNodeInDepth(s, indent, sequenceAtIndent, compact);
  s.depth--;
  return node;
}

function readNodeInDepth(s: State, indent: number, sequenceAtIndent: boolean, compact: boolean): Node {
  let emptyAt = s.pos;
  let line = s.lineStart;
  let properties: Properties | undefined;
  /** Offset where a key would start when a property stands before it on the same line; −1 otherwise. */
  let keyStart = -1;
  let blockAllowed = compact;
  for (;;) {
    skipToContent(s);
    if (s.lineStart !== line || atLineContent(s)) {
      if (!belongs(s, indent, sequenceAtIndent)) return withProperties(s, emptyScalar(s, emptyAt), properties);
      if (s.lineStart !== line || !properties) {
        blockAllowed = true;
        keyStart = -1;
        line = s.lineStart;
      }
    } else if (atEnd(s)) return withProperties(s, emptyScalar(s, emptyAt), properties);
    const start = s.pos;
    const more = readProperty(s, properties, false);
    if (!more) break;
    if (keyStart < 0 && blockAllowed) keyStart = start;
    properties = more;
    emptyAt = s.pos;
  }
  return readContent(s, indent, blockAllowed, properties, keyStart);
}

function readContent(
  s: State,
  indent: number,
  blockAllowed: boolean,
  properties: Properties | undefined,
  keyStart: number,
): Node {
  const code = s.text.charCodeAt(s.pos);
  if (code === 124 || code === 62) return withProperties(s, readBlockScalar(s, indent), properties);
  if (atSequenceEntry(s)) {
    if (blockAllowed && keyStart < 0) return withProperties(s, readSequence(s, column(s)), properties);
    problem(s, s.pos, s.pos + 1, "A list cannot start behind a key; start it on the next line.");
  }
  if (!blockAllowed) return withProperties(s, readScalarOrFlow(s, indent), properties);
  if (keyStart >= 0) {
    // `!tag key: value`: the property is the key's.
    const mapColumn = keyStart - s.lineStart;
    const key = readKey(s, mapColumn);
    if (!key.colon) return withProperties(s, finishScalar(s, indent, key), properties);
    return readMapping(s, mapColumn, withProperties(s, key.node, properties), keyStart);
  }
  const mapColumn = column(s);
  const start = s.pos;
  if (isExplicitKey(s)) return withProperties(s, readMapping(s, mapColumn, undefined, start), properties);
  const key = readKey(s, mapColumn);
  if (!key.colon) return withProperties(s, finishScalar(s, indent, key), properties);
  return withProperties(s, readMapping(s, mapColumn, key.node, start), properties);
}

interface Key {
  readonly node: Node;
  /** `pos` stands behind the colon. */
  readonly colon: boolean;
  /** Where to begin again when it was no key. */
  readonly start: number;
}

/** Reads what may be a key of a block mapping. */
function readKey(s: State, indent: number): Key {
  const start = s.pos;
  const code = s.text.charCodeAt(start);
  if (code === COLON && isBlankOrEnd(s.text.charCodeAt(start + 1))) {
    s.pos++;
    return { node: emptyScalar(s, start), colon: true, start };
  }
  if (code === 34 || code === 39 || code === 42 || isFlowOpening(code)) {
    const line = s.lineStart;
    const node = readScalarOrFlow(s, indent);
    const end = s.pos;
    if (s.lineStart === line) {
      skipBlanks(s);
      if (s.text.charCodeAt(s.pos) === COLON && isBlankOrEnd(s.text.charCodeAt(s.pos + 1))) {
        s.pos++;
        return { node, colon: true, start };
      }
      s.pos = end;
    }
    return { node, colon: false, start };
  }
  const colon = keyColon(s.text, start);
  if (colon < 0) return { node: plainScalar(s, start, start), colon: false, start };
  s.pos = colon + 1;
  return { node: plainScalar(s, start, plainEnd(s.text, start, false)), colon: true, start };
}

/** It was no key: a quoted, alias or bracket node is complete, plain text may go on over lines. */
function finishScalar(s: State, indent: number, key: Key): Node {
  if (key.node.kind !== "scalar" || key.node.style !== "plain") return key.node;
  s.pos = key.start;
  return readPlain(s, indent, false);
}

function readScalarOrFlow(s: State, indent: number): Node {
  const code = s.text.charCodeAt(s.pos);
  if (isFlowOpening(code)) return readFlow(s, indent);
  if (code === 34 || code === 39) return readQuoted(s, indent);
  if (code !== 42) return readPlain(s, indent, false);
  const start = s.pos;
  const name = readWord(s, false).slice(1).replace(/:$/, "");
  s.pos = start + 1 + name.length;
  // Straight to what is meant: aliases of aliases would make a chain that every reader follows again.
  const target = deref(s.anchors?.get(name));
  s.aliases++;
  if (!target) problem(s, start, s.pos, `No anchor &${name} stands before this alias.`);
  return new AliasNode(s.section, start, s.pos, name, target);
}

/** Reads the pairs of a mapping whose keys stand at `indent`. With `firstKey`, `pos` stands behind its colon. */
export function readMapping(s: State, indent: number, firstKey: Node | undefined, start: number): MapNode {
  const written: Pair[] = [];
  const map = new MapNode(s.section, start, start, false, written);
  const around = s.section;
  let key = firstKey;
  do {
    if (s.depth <= SECTION_LEVELS) {
      s.section = newSection();
      if (key) moveNodes(key, 0, s.section);
    }
    const pair = key ? { key, value: readNode(s, indent, true, false) } : readPair(s, indent);
    written.push(pair);
    key = undefined;
    map.endAt(Math.max(pair.value.end, pair.key.end));
  } while (atNextEntry(s, indent, map, written));
  s.section = around;
  return map;
}

/** Reads one `key: value` at `indent`. A key without a colon is taken for one that is being typed. */
export function readPair(s: State, indent: number): Pair {
  if (isExplicitKey(s)) return readExplicitPair(s, indent);
  let properties: Properties | undefined;
  for (;;) {
    const more = readProperty(s, properties, false);
    if (!more) break;
    properties = more;
    skipBlanks(s);
  }
  const read = readKey(s, indent);
  if (read.colon) return { key: withProperties(s, read.node, properties), value: readNode(s, indent, true, false) };
  let { node } = read;
  if (node.kind === "scalar" && node.style === "plain") {
    s.pos = Math.max(plainEnd(s.text, read.start, false), read.start);
    if (s.pos === read.start && !atEnd(s)) s.pos++;
    node = plainScalar(s, read.start, s.pos);
  }
  problem(s, node.start, node.end, "A colon is missing behind this key.");
  return { key: withProperties(s, node, properties), value: emptyOrDeeper(s, indent) };
}

function emptyOrDeeper(s: State, indent: number): Node {
  skipBlanks(s);
  const at = s.pos;
  if (isBreakOrEnd(s.text.charCodeAt(at)) || s.text[at] === "#") return readNode(s, indent, false, false);
  skipLine(s);
  return emptyScalar(s, at);
}

function isExplicitKey(s: State): boolean {
  return s.text.charCodeAt(s.pos) === QUESTION && isBlankOrEnd(s.text.charCodeAt(s.pos + 1));
}

function readExplicitPair(s: State, indent: number): Pair {
  s.pos++;
  const key = readNode(s, indent, false, true);
  skipToContent(s);
  if (column(s) === indent && s.text.charCodeAt(s.pos) === COLON && isBlankOrEnd(s.text.charCodeAt(s.pos + 1))) {
    s.pos++;
    return { key, value: readNode(s, indent, true, true) };
  }
  return { key, value: emptyScalar(s, key.end) };
}

/** Reads the items of a sequence whose dashes stand at `indent`. */
function readSequence(s: State, indent: number): SeqNode {
  const items: Node[] = [];
  const seq = new SeqNode(s.section, s.pos, s.pos, false, items);
  do {
    s.pos++;
    const item = readNode(s, indent, false, true);
    items.push(item);
    seq.endAt(Math.max(item.end, seq.end));
  } while (atNextItem(s, indent, items));
  return seq;
}

function atNextItem(s: State, indent: number, items: Node[]): boolean {
  for (;;) {
    toFreshLine(s, items[items.length - 1]);
    if (atEnd(s) || atDocumentMarker(s)) return false;
    if (column(s) < indent) return false;
    if (column(s) === indent) return atSequenceEntry(s);
    items.push(readMisplaced(s, indent));
  }
}

/** Stands at the next key of the mapping, passing over what is wrongly indented. */
function atNextEntry(s: State, indent: number, map: MapNode, written: Pair[]): boolean {
  for (;;) {
    toFreshLine(s, written[written.length - 1]?.value);
    if (atEnd(s) || atDocumentMarker(s) || column(s) < indent) return false;
    if (column(s) === indent && !atSequenceEntry(s)) return true;
    adopt(readMisplaced(s, indent), map, written);
  }
}

/** What stands at a column where nothing can stand is read all the same, and said. */
function readMisplaced(s: State, indent: number): Node {
  const start = s.pos;
  problem(s, start, start + 1, "This line is indented differently from the lines it belongs with.");
  const node = readNode(s, indent - 1, false, true);
  if (s.pos === start) skipLine(s);
  return node;
}

/** Misplaced keys go where they were most likely meant: into the mapping before them, else into this one. */
function adopt(stray: Node, map: MapNode, written: Pair[]): void {
  if (stray.kind !== "map") return;
  const last = written[written.length - 1]?.value;
  const target = last?.kind === "map" && !last.flow ? last : map;
  target.written.push(...stray.written);
  target.endAt(Math.max(target.end, stray.end));
  map.endAt(Math.max(map.end, stray.end));
}

/** Behind a value the line must end. */
function toFreshLine(s: State, value: Node | undefined): void {
  skipToContent(s);
  if (atEnd(s) || atLineContent(s)) return;
  const start = s.pos;
  skipLine(s);
  problem(s, start, s.pos, "This does not belong behind the value.");
  if (value && value.kind !== "alias") s.unclosed = true;
  skipToContent(s);
}

/** Does the content at `pos`, on a fresh line, belong to a node of a block at `indent`? */
function belongs(s: State, indent: number, sequenceAtIndent: boolean): boolean {
  if (atEnd(s) || atDocumentMarker(s)) return false;
  const at = column(s);
  return at > indent || (sequenceAtIndent && at === indent && atSequenceEntry(s));
}

function skipNode(s: State, indent: number): Node {
  const start = s.pos;
  if (s.depth === MAX_DEPTH + 1) {
    problem(s, start, start + 1, `Nested deeper than ${MAX_DEPTH} levels; what is inside is not read.`);
  }
  skipLine(s);
  for (;;) {
    skipToContent(s);
    if (atEnd(s) || column(s) <= indent) return emptyScalar(s, start);
    skipLine(s);
  }
}
