import type { Place, Uri } from "../model.ts";
import type { SourceFile } from "../sources.ts";
import { asMap, asScalar, deref, get, getPair, keyText, pairs } from "../syntax/lookup.ts";
import type { MapNode, Node, Pair } from "../syntax/nodes.ts";
import { CoveredLines } from "./coveredLines.ts";

/** One rule that a comment or metadata asks to ignore. */
export interface Suppression {
  /** As written; may be no rule. */
  readonly rule: string;
  /** Empty when none was given. */
  readonly reason: string;
  /** The rule's name in the comment or metadata; the comment itself when it names none. */
  readonly place: Place;
  /** A finding that starts inside is covered. */
  readonly covers: readonly { readonly start: number; readonly end: number }[];
}

/** Nested `Fn::ForEach` loops are followed this deep; CloudFormation allows 5. */
const MAX_LOOPS = 8;

/** Everything that a file asks to ignore, in the order of the file. */
export function suppressionsOf(file: SourceFile): Suppression[] {
  const inComments = file.text.includes("lambda-concurrency-ignore") ? commentSuppressions(file) : [];
  const inMetadata =
    file.kind !== "budget" && file.text.includes("LambdaConcurrency") ? metadataSuppressions(file) : [];
  return [...inComments, ...inMetadata].sort((a, b) => a.place.start - b.place.start);
}

const comment = /^(?:#|\/\/)\s*lambda-concurrency-ignore(?![\w-])[ \t]*/;

function commentSuppressions({ uri, text, tree }: SourceFile): Suppression[] {
  const found: Suppression[] = [];
  const lines = new CoveredLines(text);
  // Backwards: a comment above comments covers what the last of them covers.
  for (const { start, end } of tree.comments.toReversed()) {
    const written = text.slice(start, end);
    const opening = comment.exec(written)?.[0];
    if (opening === undefined) continue;
    const covers = lines.coveredBy(start);
    const { names, reason } = readIgnore(written.slice(opening.length));
    if (names.length === 0) found.push({ rule: "", reason, place: { uri, start, end }, covers });
    for (const { name, at } of names) {
      const from = start + opening.length + at;
      found.push({ rule: name, reason, place: { uri, start: from, end: from + name.length }, covers });
    }
  }
  return found;
}

/** `RULE, RULE: reason`; a missing colon is forgiven. */
function readIgnore(text: string): { names: readonly { name: string; at: number }[]; reason: string } {
  const names: { name: string; at: number }[] = [];
  const name = /[ \t]*([^\s,:]+)[ \t]*(,?)/y;
  for (let match = name.exec(text); match; match = name.exec(text)) {
    const [whole, word = "", comma] = match;
    names.push({ name: word, at: match.index + whole.indexOf(word) });
    if (!comma) return { names, reason: text.slice(name.lastIndex).replace(/^\s*:/, "").trim() };
  }
  return {
    names,
    reason: text
      .slice(names.length === 0 ? 0 : text.lastIndexOf(",") + 1)
      .replace(/^\s*:/, "")
      .trim(),
  };
}

/** `Metadata.LambdaConcurrency.ignore` of resources, and of the template for the whole file. */
function metadataSuppressions({ uri, tree }: SourceFile): Suppression[] {
  const found: Suppression[] = [];
  for (const { root, start, end } of tree.documents) {
    found.push(...ignoredIn(uri, root, [{ start, end }]));
    visitResources(asMap(get(root, "Resources")), 0, (pair) => {
      found.push(...ignoredIn(uri, pair.value, [{ start: pair.key.start, end: pair.value.end }]));
    });
  }
  return found;
}

function visitResources(resources: MapNode | undefined, depth: number, visit: (pair: Pair) => void): void {
  if (!resources || depth > MAX_LOOPS) return;
  for (const pair of pairs(resources)) {
    if (!keyText(pair)?.startsWith("Fn::ForEach::")) {
      visit(pair);
      continue;
    }
    const loop = deref(pair.value);
    if (loop?.kind === "seq") visitResources(asMap(loop.items[2]), depth + 1, visit);
  }
}

/** Forms of `ignore`: `RULE: reason` with or without the reason, a list of them, or a mapping of rules to reasons. */
function ignoredIn(uri: Uri, owner: Node | undefined, covers: Suppression["covers"]): Suppression[] {
  const ignore = deref(getPair(get(get(owner, "Metadata"), "LambdaConcurrency"), "ignore")?.value);
  const at = ({ start, end }: Node, rule: string, reason: string): Suppression => {
    return { rule, reason, place: { uri, start, end }, covers };
  };
  const one = (node: Node): Suppression[] => {
    const text = asScalar(node)?.text;
    if (text === undefined) return [];
    const colon = text.search(/:\s/);
    if (colon < 0) return [at(node, text, "")];
    return [at(node, text.slice(0, colon).trimEnd(), text.slice(colon + 1).trim())];
  };
  const item = (node: Node): Suppression[] => {
    const map = asMap(node);
    if (!map) return one(node);
    const rule = asScalar(get(map, "rule"))?.text;
    if (rule !== undefined) return [at(node, rule, asScalar(get(map, "reason"))?.text ?? "")];
    return reasons(map).map(({ key, reason }) => at(node, key, reason));
  };
  if (ignore?.kind === "seq") return ignore.items.flatMap(item);
  const map = asMap(ignore);
  if (map) return reasons(map).map(({ node, key, reason }) => at(node, key, reason));
  return ignore ? one(ignore) : [];
}

/** A mapping of rules to reasons. */
function reasons(map: MapNode): { readonly node: Node; readonly key: string; readonly reason: string }[] {
  return pairs(map).flatMap((pair) => {
    const key = keyText(pair);
    return key === undefined ? [] : { node: pair.key, key, reason: asScalar(pair.value)?.text ?? "" };
  });
}
