import type { Place, Uri } from "../model.ts";
import type { SourceFile } from "../sources.ts";
import { asMap, asScalar, deref, get, getPair, keyText, pairs } from "../syntax/lookup.ts";
import type { MapNode, Node, Pair } from "../syntax/nodes.ts";

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

const comment = /^(?:#|\/\/)\s*lambda-concurrency-ignore(?![\w-])[^\S\n]*([^:\n]*)(?::(.*))?/;

function commentSuppressions({ uri, text, tree }: SourceFile): Suppression[] {
  return tree.comments.flatMap(({ start, end }) => {
    const match = comment.exec(text.slice(start, end));
    if (!match) return [];
    const [, names = "", reason = ""] = match;
    const covers = coveredBy(text, start);
    const from = start + match[0].indexOf(names, match[0].indexOf("lambda-concurrency-ignore") + 25);
    const rules = [...names.matchAll(/[^\s,]+/g)].map(({ 0: rule, index }) => ({
      rule,
      place: { uri, start: from + index, end: from + index + rule.length },
    }));
    if (rules.length === 0) rules.push({ rule: "", place: { uri, start, end } });
    return rules.map(({ rule, place }) => ({ rule, reason: reason.trim(), place, covers }));
  });
}

/** A comment covers its own line, and when it stands alone the next line that is no comment. */
function coveredBy(text: string, start: number): Suppression["covers"] {
  const line = lineAt(text, start);
  if (text.slice(line.start, start).trim() !== "") return [line];
  let next = lineAfter(text, line.end);
  while (next && /^\s*(#|\/\/)/.test(text.slice(next.start, next.end))) next = lineAfter(text, next.end);
  if (!next) return [line];
  // A value that stands below its key (`Fn::If: […]`) belongs to the key's line.
  const below = /:\s*(#.*)?$/.test(text.slice(next.start, next.end)) ? lineAfter(text, next.end) : undefined;
  return below ? [line, next, below] : [line, next];
}

function lineAt(text: string, offset: number): { start: number; end: number } {
  const end = text.indexOf("\n", offset);
  return { start: text.lastIndexOf("\n", offset - 1) + 1, end: end < 0 ? text.length : end };
}

function lineAfter(text: string, end: number): { start: number; end: number } | undefined {
  return end < text.length ? lineAt(text, end + 1) : undefined;
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

/** Forms of `ignore`: one rule, a list of rules, or a mapping of rules to reasons. */
function ignoredIn(uri: Uri, owner: Node | undefined, covers: Suppression["covers"]): Suppression[] {
  const ignore = deref(getPair(get(get(owner, "Metadata"), "LambdaConcurrency"), "ignore")?.value);
  const one = (node: Node, reason: string): Suppression[] => {
    const rule = asScalar(node)?.text;
    return rule === undefined ? [] : [{ rule, reason, place: { uri, start: node.start, end: node.end }, covers }];
  };
  if (ignore?.kind === "seq") return ignore.items.flatMap((item) => one(item, ""));
  if (ignore?.kind === "map") return pairs(ignore).flatMap(({ key, value }) => one(key, asScalar(value)?.text ?? ""));
  return ignore ? one(ignore, "") : [];
}
