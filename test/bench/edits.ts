import type { Node, Pair } from "#core/syntax/nodes.ts";
import { parse } from "#core/syntax/parse.ts";

/** One edit as an editor sends it: replace the text between two offsets. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * 40 edits inside values, 10 in keys and comments, 5 new lines, spread over the text. All are insertions that keep the structure, in the
 * order from the end of the text to its start, so that none moves the place of another. JSON has no comments: blank lines stand for them.
 */
export function typicalEdits(text: string): Edit[] {
  const json = text.trimStart().startsWith("{");
  const pairs = ownLinePairs(text);
  const before = (key: Node, line: string) =>
    insertion(lineStart(text, key.start), json ? "\n" : `${indentation(text, key.start)}${line}\n`);
  const values = spread(
    pairs.filter(({ value }) => value.kind === "scalar" && value.style === (json ? "double" : "plain") && !value.tag),
    40,
  ).map(({ value }) => insertion(json ? value.end - 1 : value.end, "7"));
  const keys = spread(pairs, 5).map(({ key }) => insertion(json ? key.end - 1 : key.end, "x"));
  const comments = spread(pairs, 5).map(({ key }) => before(key, "# a note"));
  const lines = spread(pairs, 5).map(({ key }) => before(key, `New${key.start}: 1`));
  return [...values, ...keys, ...comments, ...lines].sort((a, b) => b.start - a.start);
}

/** Edits that break the structure, each with the one that undoes it: an open bracket, an open quote, a line pushed out of its block. */
export function breakingEdits(text: string): [Edit, Edit][] {
  const pairs = ownLinePairs(text);
  return spread(pairs, 5).map(({ key, value }, index) => {
    const [at, broken] = [
      [value.start, "["],
      [value.start, '"'],
      [lineStart(text, key.start), "x\n"],
      [key.start, " "],
      [value.start, "{"],
    ][index] as [number, string];
    return [insertion(at, broken), { start: at, end: at + broken.length, text: "" }];
  });
}

function insertion(start: number, text: string): Edit {
  return { start, end: start, text };
}

function* walk(node: Node | undefined): Generator<Pair> {
  if (node?.kind === "map") {
    for (const pair of node.written) {
      if (!node.flow) yield pair;
      yield* walk(pair.value);
    }
  } else if (node?.kind === "seq") for (const item of node.items) yield* walk(item);
}

/** The pairs whose key begins its line; in JSON, where there is no block mapping, those inside brackets. */
function ownLinePairs(text: string): Pair[] {
  const root = parse(text, "template").documents[0]?.root;
  const pairs = [...walk(root)];
  const all = pairs.length > 0 ? pairs : [...flowPairs(root)];
  return all.filter(({ key }) => /^ *$/.test(text.slice(lineStart(text, key.start), key.start)));
}

function* flowPairs(node: Node | undefined): Generator<Pair> {
  if (node?.kind === "map") {
    for (const pair of node.written) {
      yield pair;
      yield* flowPairs(pair.value);
    }
  } else if (node?.kind === "seq") for (const item of node.items) yield* flowPairs(item);
}

function spread<T>(all: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, index) => all[Math.floor(((index + 0.5) * all.length) / count)] as T);
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

function indentation(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), offset);
}
