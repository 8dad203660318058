import type { SourceFile } from "../sources.ts";
import { asMap, keyText } from "../syntax/lookup.ts";
import type { Node } from "../syntax/nodes.ts";
import { parse } from "../syntax/parse.ts";
import type { Cursor } from "./completion.ts";
import { pathAt } from "./treePath.ts";

/** Where in a budget document the cursor writes. */
export interface BudgetSpot {
  /** 0-based index of the document. */
  readonly document: number;
  /** Keys around the place; for a value the key it belongs to is the last. */
  readonly parents: readonly (string | number)[];
  readonly onKey: boolean;
  /** Other keys of the same mapping. */
  readonly siblings: ReadonlySet<string>;
  /** A colon already stands behind the word. */
  readonly colonFollows: boolean;
  readonly inFlow: boolean;
  /** The stack entry around the place. */
  readonly entry: Node | undefined;
}

/** A word that no budget file holds. */
const MARK = "x-cursor-x";

/**
 * Reads the file once more with a whole word where the cursor is. Half-typed text then has a place in the tree like any other,
 * which no amount of looking at the text before the cursor would give in flow notation.
 */
export function spotAt(file: SourceFile, cursor: Cursor): BudgetSpot | undefined {
  const colonFollows = /^["']?\s*:(?:\s|$)/.test(cursor.after);
  const startsLine = /^\s*(?:-\s+)*$/.test(cursor.before);
  const mark = startsLine && !colonFollows && cursor.after.trim() === "" ? `${MARK}:` : MARK;
  const text = file.text.slice(0, cursor.word.start) + mark + file.text.slice(cursor.word.end);
  const tree = parse(text, "budget");
  const path = pathAt(tree, cursor.word.start + 1);
  if (path?.node.kind !== "scalar" || !path.node.text.includes(MARK)) return undefined;
  const document = tree.documents.indexOf(path.document);
  const around = path.pairs.at(-1);
  const map = mapAround(path.document.root, path.keys);
  const stack = path.keys[0] === "stacks" ? path.keys[1] : undefined;
  const list = asMap(path.document.root)?.written.find((pair) => keyText(pair) === "stacks")?.value;
  const spot = {
    document,
    colonFollows,
    inFlow: map?.kind === "map" && map.flow,
    entry: list?.kind === "seq" && typeof stack === "number" ? list.items[stack] : undefined,
  };
  if (!path.onKey) return { ...spot, parents: path.keys, onKey: false, siblings: new Set() };
  const siblings =
    map?.kind === "map" ? map.written.filter((pair) => pair !== around).map((pair) => keyText(pair) ?? "") : [];
  return { ...spot, parents: path.keys.slice(0, -1), onKey: true, siblings: new Set(siblings) };
}

/** The innermost mapping on the way down. */
function mapAround(root: Node | undefined, keys: readonly (string | number)[]): Node | undefined {
  let node = root;
  let map = root;
  for (const key of keys) {
    if (node?.kind === "map") {
      map = node;
      node = node.written.find((pair) => (keyText(pair) ?? "") === key)?.value;
    } else if (node?.kind === "seq" && typeof key === "number") node = node.items[key];
  }
  return map;
}
