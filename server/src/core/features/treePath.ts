import type { Span } from "../model.ts";
import { keyText } from "../syntax/lookup.ts";
import type { Document, Node, Pair, SyntaxTree } from "../syntax/nodes.ts";

/** Where an offset lies in a tree. */
export interface TreePath {
  readonly document: Document;
  /** Keys and sequence indices from the root inwards; a key that is not a scalar is `""`. */
  readonly keys: readonly (string | number)[];
  /** The pairs around the offset, outermost first. */
  readonly pairs: readonly Pair[];
  /** The innermost node: the key when the offset is on one. */
  readonly node: Node;
  readonly onKey: boolean;
}

/** Deeper than any template; half-typed text must not make us descend for ever. */
const MAX_DEPTH = 200;

/** The way from the root to an offset, or undefined outside every document. An offset right behind a word is still on it. */
export function pathAt(tree: SyntaxTree, offset: number): TreePath | undefined {
  const document = tree.documents.find((each) => each.start <= offset && offset <= each.end);
  const root = document?.root;
  if (!document || !root) return undefined;
  const keys: (string | number)[] = [];
  const pairs: Pair[] = [];
  let node: Node = root;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    if (node.kind === "map") {
      const pair: Pair | undefined = node.written.find((each) => contains(pairSpan(each), offset));
      if (!pair) break;
      keys.push(keyText(pair) ?? "");
      pairs.push(pair);
      if (contains(nodeSpan(pair.key), offset)) return { document, keys, pairs, node: pair.key, onKey: true };
      if (!contains(nodeSpan(pair.value), offset)) break;
      node = pair.value;
    } else if (node.kind === "seq") {
      const index: number = node.items.findIndex((item) => contains(nodeSpan(item), offset));
      const item: Node | undefined = node.items[index];
      if (!item) break;
      keys.push(index);
      node = item;
    } else break;
  }
  return { document, keys, pairs, node, onKey: false };
}

/** Key to end of value, tags included. */
export function pairSpan(pair: Pair): Span {
  const key = nodeSpan(pair.key);
  return { start: key.start, end: Math.max(key.end, nodeSpan(pair.value).end) };
}

/** A node with its tag. */
export function nodeSpan(node: Node): Span {
  return { start: Math.min(node.tagStart ?? node.start, node.start), end: node.end };
}

/** True at both ends too: a cursor behind a word belongs to it. */
export function contains(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** True when `inner` lies in `outer`. */
export function covers(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
