import type { KeyIndex, MapNode, Node, Pair, ScalarNode, SyntaxTree } from "./nodes.ts";

/** The node itself, or what an alias stands for (undefined for an alias to nothing). */
export function deref(node: Node | undefined): Exclude<Node, { kind: "alias" }> | undefined {
  let current = node;
  while (current?.kind === "alias") current = current.target;
  return current;
}

/** The mapping behind a node, or undefined. */
export function asMap(node: Node | undefined): MapNode | undefined {
  const target = deref(node);
  return target?.kind === "map" ? target : undefined;
}

/** The scalar behind a node, or undefined. */
export function asScalar(node: Node | undefined): ScalarNode | undefined {
  const target = deref(node);
  return target?.kind === "scalar" ? target : undefined;
}

/** The text that CloudFormation is sent for a scalar: `0x10`, `NO` and `1.10` are a number or a boolean before they become text. */
export function scalarText(node: ScalarNode): string {
  return node.typed ?? node.text;
}

/** The text of a scalar key. In a template keys are typed as values are: `NO:` is `false`. */
export function keyText({ key }: Pair): string | undefined {
  if (key.kind === "scalar") return scalarText(key);
  const scalar = asScalar(key);
  return scalar && scalarText(scalar);
}

/**
 * The pairs of a mapping as a loader sees them: `<<` merges resolved as SAM CLI does (PyYAML's `flatten_mapping`: own keys win,
 * earlier merges win over later ones) and of duplicate keys the last one.
 */
export function pairs(map: MapNode): readonly Pair[] {
  return plain(map) ? map.written : merged(map, 0);
}

/** The value of a key, merges and duplicates resolved; undefined when the key is not there. */
export function get(node: Node | undefined, key: string): Node | undefined {
  return getPair(node, key)?.value;
}

/** The pair of a key, merges and duplicates resolved. */
export function getPair(node: Node | undefined, key: string): Pair | undefined {
  const map = asMap(node);
  if (!map) return undefined;
  const { written } = map;
  if (written.length > FEW) {
    const index = indexOf(map);
    return index.pairs.get(key) ?? (index.merges ? inheritedPair(map, key, 0, { left: MAX_MERGED_MAPS }) : undefined);
  }
  let merges = false;
  for (let i = written.length - 1; i >= 0; i--) {
    const pair = written[i] as Pair;
    if (isMerge(pair)) merges = true;
    else if (keyText(pair) === key) return pair;
  }
  return merges ? inheritedPair(map, key, 0, { left: MAX_MERGED_MAPS }) : undefined;
}

/** The pair of a key that the mapping has itself, of duplicates the last one. */
function ownPair(map: MapNode, key: string): Pair | undefined {
  const { written } = map;
  if (written.length > FEW) return indexOf(map).pairs.get(key);
  for (let i = written.length - 1; i >= 0; i--) {
    const pair = written[i] as Pair;
    if (!isMerge(pair) && keyText(pair) === key) return pair;
  }
  return undefined;
}

function indexOf(map: MapNode): KeyIndex {
  if (map.index) return map.index;
  const pairs = new Map<string, Pair>();
  let merges = false;
  let computed = false;
  for (const pair of map.written) {
    if (isMerge(pair)) {
      merges = true;
      continue;
    }
    const text = keyText(pair);
    if (text === undefined) continue;
    pairs.set(text, pair);
    computed ||= isComputed(pair);
  }
  map.index = { pairs, computed, merges };
  return map.index;
}

function isComputed(pair: Pair): boolean {
  const text = keyText(pair);
  return text !== undefined && (text.startsWith("Fn::ForEach::") || text.includes("{"));
}

/** Has the mapping, or what is merged into it, keys that only loops of `Fn::ForEach` tell? */
export function hasComputedKeys(map: MapNode, depth = 0, budget = { left: MAX_MERGED_MAPS }): boolean {
  if (depth >= MAX_MERGE_DEPTH || --budget.left <= 0) return false;
  const { written } = map;
  if (written.length > FEW ? indexOf(map).computed : written.some(isComputed)) return true;
  return written.some(
    (pair) => isMerge(pair) && mergedBy(pair).some((source) => hasComputedKeys(source, depth + 1, budget)),
  );
}

/** From what is merged in, without putting the whole together: there may be many mappings with one merge each. */
function inheritedPair(map: MapNode, key: string, depth: number, budget: { left: number }): Pair | undefined {
  if (depth >= MAX_MERGE_DEPTH || --budget.left <= 0) return undefined;
  for (const pair of map.written) {
    if (!isMerge(pair)) continue;
    for (const source of mergedBy(pair)) {
      const found = ownPair(source, key) ?? inheritedPair(source, key, depth + 1, budget);
      if (found) return found;
    }
  }
  return undefined;
}

/** The mappings that a `<<` brings in. */
function mergedBy({ value }: Pair): readonly MapNode[] {
  const target = deref(value);
  const sources = target?.kind === "seq" ? target.items.map(asMap) : [asMap(target)];
  return sources.filter((source) => source !== undefined);
}

/** The root of the first document. */
export function rootOf(tree: SyntaxTree): Node | undefined {
  return tree.documents[0]?.root;
}

function isMerge(pair: Pair): boolean {
  return pair.key.kind === "scalar" && pair.key.style === "plain" && pair.key.text === "<<";
}

/** No merge and no duplicate: the pairs as written will do. */
function plain(map: MapNode): boolean {
  const { written } = map;
  if (written.length > FEW) return !written.some(isMerge) && new Set(written.map(keyText)).size === written.length;
  for (let i = 0; i < written.length; i++) {
    const pair = written[i] as Pair;
    if (isMerge(pair)) return false;
    const text = keyText(pair);
    for (let j = 0; j < i; j++) if (keyText(written[j] as Pair) === text) return false;
  }
  return true;
}

/** Up to this many keys comparing each with each is faster than a set. */
const FEW = 12;

/** Depth is bounded because an anchor can hold a merge of itself in half-typed text. */
const MAX_MERGE_DEPTH = 32;
/** Merges of merges multiply: this many mappings are read for one lookup. */
const MAX_MERGED_MAPS = 1_000;

function merged(map: MapNode, depth: number, budget = { left: MAX_MERGED_MAPS }): Pair[] {
  const byKey = new Map<string, Pair>();
  const rest: Pair[] = [];
  const put = (pair: Pair, replace: boolean) => {
    const text = keyText(pair);
    if (text === undefined) rest.push(pair);
    else if (replace || !byKey.has(text)) byKey.set(text, pair);
  };
  if (depth < MAX_MERGE_DEPTH && --budget.left > 0) {
    for (const pair of map.written.filter(isMerge)) {
      for (const source of mergedBy(pair)) {
        for (const inherited of merged(source, depth + 1, budget)) put(inherited, false);
      }
    }
  }
  for (const pair of map.written) if (!isMerge(pair)) put(pair, true);
  return [...byKey.values(), ...rest];
}
