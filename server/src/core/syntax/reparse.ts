import { moveEntry, moveNodes, replaceComments } from "./move.ts";
import type { Comment, Dialect, MapNode, Pair, SyntaxTree } from "./nodes.ts";
import { parse } from "./parse.ts";
import { newSection } from "./sections.ts";
import { readPair } from "./yaml/block.ts";
import { readFlowPair } from "./yaml/flow.ts";
import { atLineContent, column, newState, SECTION_LEVELS, type State, skipToContent } from "./yaml/state.ts";

/** One edit: the text between the offsets `start` and `end` of the old text became `text`. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The tree of `newText`, the text after `change`, made from the tree of the text before it: only the smallest `key: value`
 * around the change is read again, and what stands behind it is moved IN PLACE (nothing else may hold nodes of the old tree).
 *
 * The reader is deterministic in (position, enclosing indentation): when reading the entry again ends exactly where the next
 * entry begins, at the same column, everything behind it reads as before. Where that does not hold, the next larger entry is
 * tried, at last the whole text.
 */
export function reparse(tree: SyntaxTree, newText: string, change: Change, dialect: Dialect): SyntaxTree {
  const independent = !tree.anchored && !tree.recovered && tree.problems.length === 0 && tree.documents.length === 1;
  if (!independent || newText.charCodeAt(0) === BYTE_ORDER_MARK) return parse(newText, dialect);
  const delta = change.text.length - (change.end - change.start);
  const path = entriesAround(tree, change);
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const entry = path[depth] as Entry;
    const read = readEntryAgain(tree, entry, newText, delta, dialect);
    if (read) return replaceEntry(tree, path.slice(0, depth + 1), read, delta);
  }
  return parse(newText, dialect);
}

/** A `key: value` around the change, by its mapping and index. */
interface Entry {
  /** 0 for an entry at the top of the document. */
  readonly depth: number;
  readonly map: MapNode;
  readonly index: number;
  readonly pair: Pair;
  /** Old offset where the next content begins: the next key, the closing bracket, or the end of the document. */
  readonly next: number;
  /** The entry on the path that the next content is a sibling of; undefined at a closing bracket and at the end. */
  readonly nextTo: Pair | undefined;
}

const BYTE_ORDER_MARK = 0xfeff;

interface Reading {
  readonly pair: Pair;
  readonly comments: readonly Comment[];
}

/** From the outermost entry to the innermost. Only mappings in mappings: an item of a list is read with its list. */
function entriesAround(tree: SyntaxTree, change: Change): Entry[] {
  const document = tree.documents[0];
  const path: Entry[] = [];
  let map = document?.root;
  let next = document?.end ?? 0;
  let nextTo: Pair | undefined;
  while (map?.kind === "map") {
    if (map.flow) {
      next = map.end - 1;
      nextTo = undefined;
    }
    const index = lastBefore(map.written, change.start);
    const pair = map.written[index];
    if (!pair) break;
    const sibling = map.written[index + 1];
    if (sibling) {
      next = entryStart(sibling);
      nextTo = pair;
    }
    if (change.end > next) break;
    path.push({ depth: path.length, map, index, pair, next, nextTo });
    map = pair.value.kind === "map" && pair.value.start < change.start ? pair.value : undefined;
  }
  return path;
}

/** Index of the last pair that starts before the offset. */
function lastBefore(pairs: readonly Pair[], offset: number): number {
  let low = 0;
  let high = pairs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entryStart(pairs[middle] as Pair) < offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function entryStart(pair: Pair): number {
  return pair.key.tagStart ?? pair.key.start;
}

function readEntryAgain(
  tree: SyntaxTree,
  entry: Entry,
  text: string,
  delta: number,
  dialect: Dialect,
): Reading | undefined {
  const { key } = entry.pair;
  if (key.kind !== "scalar" || key.style === "empty" || key.tag !== undefined) return undefined;
  // `,# x`: no comment, but only because of the character before it.
  if (text[key.start] === "#") return undefined;
  if (!entry.map.flow) return readBlockAgain(entry, text, delta, dialect);
  const root = tree.documents[0]?.root;
  return readFlowAgain(entry, text, delta, dialect, root?.kind === "map" && root.flow);
}

function readBlockAgain(entry: Entry, text: string, delta: number, dialect: Dialect): Reading | undefined {
  const { start } = entry.pair.key;
  const lineStart = lineStartOf(text, start);
  const next = entry.next + delta;
  const s = newState(detach(text.slice(lineStart, lineEndOf(text, next))), dialect, false);
  s.depth = entry.depth + 1;
  s.pos = start - lineStart;
  s.contentStart = s.pos;
  const pair = readPair(s, column(s));
  skipToContent(s);
  if (s.pos !== next - lineStart) return undefined;
  if (!entry.nextTo) return next === text.length ? accept(s, entry, pair, lineStart) : undefined;
  const sibling = entryStart(entry.nextTo);
  const asBefore = atLineContent(s) && column(s) === sibling - lineStartOf(text, sibling);
  return asBefore ? accept(s, entry, pair, lineStart) : undefined;
}

function readFlowAgain(
  entry: Entry,
  text: string,
  delta: number,
  dialect: Dialect,
  json: boolean,
): Reading | undefined {
  const { start } = entry.pair.key;
  const next = entry.next + delta;
  const s = newState(detach(text.slice(start, next + 1)), dialect, false);
  s.depth = entry.depth + 2;
  s.json = json && dialect === "template";
  s.lineStart = -1;
  s.contentStart = 0;
  const pair = readFlowPair(s);
  skipToContent(s, true);
  if (s.text[s.pos] === ",") {
    s.pos++;
    skipToContent(s, true);
  } else if (entry.nextTo) return undefined;
  return s.pos === next - start ? accept(s, entry, pair, start) : undefined;
}

/** Takes what was read from a part of the text that begins at `base`. */
function accept(s: State, entry: Entry, pair: Pair, base: number): Reading | undefined {
  if (s.problems.length > 0 || s.unclosed || s.anchors || s.aliases > 0) return undefined;
  const { section } = entry.map;
  if (entry.depth < SECTION_LEVELS) moveEntry(pair, section, base);
  else {
    moveNodes(pair.key, base, section);
    moveNodes(pair.value, base, section);
  }
  return { pair, comments: s.comments.map(({ start, end }) => ({ start: start + base, end: end + base })) };
}

function replaceEntry(tree: SyntaxTree, path: readonly Entry[], read: Reading, delta: number): SyntaxTree {
  const { pair, next } = path[path.length - 1] as Entry;
  const from = entryStart(pair);
  replacePair(path[path.length - 1] as Entry, read.pair);
  for (const { pair: around } of path.slice(0, Math.min(path.length - 1, SECTION_LEVELS))) renewSection(around);
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const { map, index } = path[depth] as Entry;
    map.index = undefined;
    if (delta !== 0) {
      for (let later = index + 1; later < map.written.length; later++) {
        moveEntry(map.written[later] as Pair, map.section, delta);
      }
    }
    const last = map.written[map.written.length - 1] as Pair;
    map.endAt(map.flow ? map.end + delta : Math.max(last.key.end, last.value.end));
  }
  const document = tree.documents[0];
  if (document) document.end += delta;
  replaceComments(tree.comments, from, next, read.comments, delta);
  return { ...tree };
}

function replacePair({ map, index }: Entry, pair: Pair): void {
  map.written[index] = pair;
}

/** What is edited is another section, so that nothing that was worked out from it is taken for what it says now. */
function renewSection({ key, value }: Pair): void {
  const section = newSection();
  moveNodes(key, 0, section);
  moveNodes(value, 0, section);
}

/** A copy that does not keep the whole text alive behind the slices that nodes take from it. */
function detach(slice: string): string {
  return ` ${slice}`.slice(1);
}

function lineStartOf(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text[at - 1] !== "\n" && text[at - 1] !== "\r") at--;
  return at;
}

function lineEndOf(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && text[at] !== "\n" && text[at] !== "\r") at++;
  return at;
}
