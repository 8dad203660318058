import { asMap, asScalar, deref, getPair, hasComputedKeys, keyText, pairs } from "../syntax/lookup.ts";
import type { MapNode, Node, Pair } from "../syntax/nodes.ts";
import { num } from "../wording/words.ts";
import type { Evaluated, Scope } from "./evaluated.ts";
import { loopPrefix } from "./intrinsic.ts";
import { fillIn } from "./scope.ts";

/** A member of a mapping after loops are expanded. */
export interface Entry {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node;
  readonly scope: Scope;
}

/** The members of a mapping; `problems` are what hides members. */
export interface Entries {
  readonly entries: readonly Entry[];
  readonly problems: readonly LoopProblem[];
}

/** A loop that cannot be expanded, or a mapping that is too long. */
export interface LoopProblem {
  readonly node: Node;
  readonly reason: string;
  /** More stands there than is read. */
  readonly cut?: true;
}

type Evaluate = (node: Node | undefined, scope: Scope) => Evaluated;

/** CloudFormation allows 500 resources in a template; this leaves room for loops that are too large. */
const maxEntries = 10_000;
/** CloudFormation's bound for nested `Fn::ForEach`. */
const maxLoopDepth = 5;

/** All members of a mapping, `Fn::ForEach` expanded (bounded), merges and duplicates resolved. */
export function entriesOf(map: MapNode, scope: Scope, evaluate: Evaluate): Entries {
  const entries: Entry[] = [];
  const problems: LoopProblem[] = [];
  const reported = new Set<Node>();
  let rounds = 0;

  const walk = (body: MapNode, inner: Scope, depth: number) => {
    for (const pair of pairs(body)) {
      const key = keyText(pair);
      if (key === undefined) continue;
      if (rounds > maxEntries) return;
      if (entries.length >= maxEntries) return cutAt(pair.key);
      if (key.startsWith(loopPrefix)) repeat(pair, key, inner, depth + 1);
      else entries.push({ key: fillIn(key, inner), keyNode: pair.key, value: pair.value, scope: inner });
    }
  };

  const cutAt = (node: Node) => {
    if (problems.some(({ cut }) => cut)) return;
    problems.push({ node, reason: `mapping of more than ${num(maxEntries)} entries: the rest is not read`, cut: true });
  };

  const repeat = (pair: Pair, key: string, outer: Scope, depth: number) => {
    const refuse = (reason: string, cut?: true) => {
      if (reported.has(pair.key)) return;
      reported.add(pair.key);
      problems.push({ node: pair.key, reason: `loop ${key.slice(loopPrefix.length)} ${reason}`, ...(cut && { cut }) });
    };
    if (depth > maxLoopDepth) return refuse(`is nested more than ${maxLoopDepth} deep`);
    const value = deref(pair.value);
    const [identifier, collection, body] = value?.kind === "seq" ? value.items : [];
    const name = asScalar(identifier)?.text;
    const map = asMap(body);
    if (!name || !/^[A-Za-z0-9]+$/.test(name) || !collection || !map) {
      return refuse("is not [identifier, list, mapping]");
    }
    const items = itemsOf(evaluate(collection, outer));
    if (typeof items === "string") return refuse(items);
    for (const item of items) {
      if (++rounds > maxEntries)
        return refuse(`makes more than ${num(maxEntries)} entries: the rest is not read`, true);
      walk(map, new Map([...(outer ?? []), [name, item]]), depth);
    }
  };

  walk(map, scope, 0);
  return { entries, problems };
}

/** The texts a loop runs over, or why they cannot be told. */
function itemsOf(collection: Evaluated): readonly string[] | string {
  if (collection.kind === "undecided") return `runs over a list that is not decided: ${collection.reason}`;
  if (collection.kind !== "list") return "does not run over a list";
  const items: string[] = [];
  for (const item of collection.items) {
    if (item.kind === "undecided") return `runs over an item that is not decided: ${item.reason}`;
    if (item.kind !== "scalar") return "runs over an item that is not a text";
    items.push(item.text);
  }
  return items;
}

/** One member of a mapping, merges, duplicates and loops resolved; undefined when it is not there. */
export function memberOf(map: MapNode, scope: Scope, key: string, evaluate: Evaluate): Entry | undefined {
  const pair = getPair(map, key);
  if (pair) return { key, keyNode: pair.key, value: pair.value, scope };
  if (!hasComputedKeys(map)) return undefined;
  return entriesOf(map, scope, evaluate).entries.find((entry) => entry.key === key);
}
