import { deref } from "../lookup.ts";
import { AliasNode, MapNode, type Node, type Pair, SeqNode } from "../nodes.ts";
import { newSection } from "../sections.ts";
import { isFlowIndicator, leftOpen, readPlain } from "./plain.ts";
import { type Properties, readProperty, readWord, withProperties } from "./properties.ts";
import { readQuoted } from "./quoted.ts";
import {
  atDocumentMarker,
  atEnd,
  atLineContent,
  COLON,
  emptyScalar,
  isBlankOrEnd,
  isFlowOpening,
  MAX_DEPTH,
  problem,
  QUESTION,
  SECTION_LEVELS,
  type State,
  skipToContent,
} from "./state.ts";

const COMMA = 44;
const CLOSE_SEQ = 93;
const OPEN_MAP = 123;
const CLOSE_MAP = 125;

/** Reads `[…]` or `{…}`; `pos` stands on the bracket. `indent`: of the block around it. */
export function readFlow(s: State, indent: number): MapNode | SeqNode {
  const start = s.pos;
  const map = s.text.charCodeAt(start) === OPEN_MAP;
  const pairs: Pair[] = [];
  const items: Node[] = [];
  const close = map ? CLOSE_MAP : CLOSE_SEQ;
  const around = s.section;
  s.pos++;
  s.depth++;
  if (s.depth > MAX_DEPTH) skipDeep(s, start);
  else {
    const awaited = map ? "openMaps" : "openLists";
    s[awaited]++;
    let entered = false;
    while (!endsHere(s, start, indent, close)) {
      const before = s.pos;
      if (s.text.charCodeAt(s.pos) === COMMA) {
        if (!entered) problem(s, before, before + 1, "Nothing stands before this comma; remove it.");
        entered = false;
        s.pos++;
        continue;
      }
      entered = true;
      // Brackets count one level more than blocks.
      if (map && s.depth <= SECTION_LEVELS + 1) s.section = newSection();
      readEntry(s, indent, map, pairs, items);
      if (s.pos === before && !atEnd(s)) s.pos++;
      expectSeparator(s, indent);
    }
    s[awaited]--;
  }
  s.section = around;
  s.depth--;
  const end = s.text.charCodeAt(s.pos - 1) === close ? s.pos : lastEnd(start, pairs, items);
  return map ? new MapNode(around, start, end, true, pairs) : new SeqNode(around, start, end, true, items);
}

/** A collection that is left open ends with what was read of it. */
function lastEnd(start: number, pairs: readonly Pair[], items: readonly Node[]): number {
  const last = pairs[pairs.length - 1];
  return Math.max(start + 1, last?.key.end ?? 0, last?.value.end ?? 0, items[items.length - 1]?.end ?? 0);
}

/** Reads one `key: value` between the braces of a mapping. */
export function readFlowPair(s: State): Pair {
  const pairs: Pair[] = [];
  s.openMaps++;
  readEntry(s, -1, true, pairs, []);
  s.openMaps--;
  return pairs[0] as Pair;
}

/** Stands at the next entry, or has consumed the closing bracket, or the collection is left open. */
function endsHere(s: State, start: number, indent: number, close: number): boolean {
  for (;;) {
    skipToContent(s, true);
    const code = s.text.charCodeAt(s.pos);
    if (code === close) {
      s.pos++;
      return true;
    }
    const closesOuter = (code === CLOSE_MAP && s.openMaps > 0) || (code === CLOSE_SEQ && s.openLists > 0);
    if (atEnd(s) || atDocumentMarker(s) || closesOuter || (atLineContent(s) && leftOpen(s, indent))) {
      if (!closesOuter) s.unclosed = true;
      problem(s, start, start + 1, `This "${s.text[start]}" is not closed.`);
      return true;
    }
    if (code !== CLOSE_MAP && code !== CLOSE_SEQ) return false;
    problem(s, s.pos, s.pos + 1, `This "${s.text[s.pos]}" closes nothing.`);
    s.pos++;
  }
}

function readEntry(s: State, indent: number, map: boolean, pairs: Pair[], items: Node[]): void {
  const explicit = s.text.charCodeAt(s.pos) === QUESTION && isBlankOrEnd(s.text.charCodeAt(s.pos + 1));
  if (explicit) {
    s.pos++;
    skipToContent(s, true);
  }
  const key = readFlowNode(s, indent);
  const afterKey = s.pos;
  skipToContent(s, true);
  if (s.text.charCodeAt(s.pos) !== COLON) {
    s.pos = Math.max(afterKey, s.pos);
    if (map || explicit) pushPair(s, map, pairs, items, { key, value: emptyScalar(s, afterKey) });
    else items.push(key);
    return;
  }
  const colon = s.pos++;
  const value = readFlowNode(s, indent, colon + 1);
  pushPair(s, map, pairs, items, { key, value });
}

/** `[a: b]` is a list of one-pair mappings. */
function pushPair(s: State, map: boolean, pairs: Pair[], items: Node[], pair: Pair): void {
  if (map) pairs.push(pair);
  else {
    items.push(new MapNode(s.section, pair.key.start, pair.value.end, true, [pair]));
  }
}

function readFlowNode(s: State, indent: number, emptyAt = s.pos): Node {
  let properties: Properties | undefined;
  for (;;) {
    skipToContent(s, true);
    const more = readProperty(s, properties, true);
    if (!more) break;
    properties = more;
    emptyAt = more.end;
  }
  return withProperties(s, flowContent(s, indent, emptyAt), properties);
}

function flowContent(s: State, indent: number, emptyAt: number): Node {
  const code = s.text.charCodeAt(s.pos);
  if (isFlowOpening(code)) return readFlow(s, indent);
  if (Number.isNaN(code) || isFlowIndicator(code) || (atLineContent(s) && leftOpen(s, indent)) || atDocumentMarker(s))
    return emptyScalar(s, emptyAt);
  if (code === COLON && isBlankOrEnd(s.text.charCodeAt(s.pos + 1))) return emptyScalar(s, emptyAt);
  if (code === 34 || code === 39) return readQuoted(s, indent);
  if (code === 42) {
    const start = s.pos;
    const name = readWord(s, true).slice(1).replace(/:$/, "");
    s.pos = start + 1 + name.length;
    s.aliases++;
    return new AliasNode(s.section, start, s.pos, name, deref(s.anchors?.get(name)));
  }
  return readPlain(s, indent, true);
}

/** Between entries stands a comma; a missing one is said and passed over. */
function expectSeparator(s: State, indent: number): void {
  const end = s.pos;
  skipToContent(s, true);
  const code = s.text.charCodeAt(s.pos);
  if (Number.isNaN(code) || code === COMMA || code === CLOSE_MAP || code === CLOSE_SEQ) return;
  if ((atLineContent(s) && leftOpen(s, indent)) || atDocumentMarker(s)) return;
  s.unclosed = true;
  problem(s, end, end + 1, "A comma is missing here.");
}

/** Passes over a collection that is nested too deep, minding quotes. */
function skipDeep(s: State, start: number): void {
  problem(s, start, start + 1, `Nested deeper than ${MAX_DEPTH} levels; what is inside is not read.`);
  let open = 1;
  while (open > 0 && !atEnd(s)) {
    const code = s.text.charCodeAt(s.pos);
    if (code === 34 || code === 39) {
      readQuoted(s, -1);
      continue;
    }
    if (isFlowOpening(code)) open++;
    else if (code === CLOSE_MAP || code === CLOSE_SEQ) open--;
    else if (code === 10 || code === 13) s.lineStart = s.pos + 1;
    s.pos++;
  }
}
