import assert from "node:assert/strict";
import { test } from "node:test";
import type { Place } from "#core/model.ts";
import type { Node, SyntaxTree } from "#core/syntax/nodes.ts";
import { parse } from "#core/syntax/parse.ts";
import { reparse } from "#core/syntax/reparse.ts";
import type { Section } from "#core/syntax/sections.ts";
import { corpusFiles, corpusTest } from "#support/corpus.ts";
import { randomEdits } from "#support/edits.ts";

const SMALL = [
  "Resources:\n  A:\n    Type: X\n    Properties:\n      R: 5\n  B:\n    Type: Y\nOutputs:\n  O: 1\n",
  "A: {b: [1, 2], c: {d: e}}\nB:\n  - x: 1\n    y: |\n      text\n\n      more\n  - z\n# end\nC: 'q'\n",
  '{\n  "Resources": {"A": {"Type": "X", "P": [1, {"r": 2}]}, "B": {}},\n  "Z": "s"\n}\n',
  "a:\n- b\n- c: d\n  e: !Sub |\n    x\nf: >-\n  g\n\n\nh: &i j\nk: *i\n",
  "a:\r\n  b: 1 # c\r\n  d:\r\n    e: f\r\n",
];

/** A tree with offsets in the whole text, however its nodes hold them. */
function places(tree: SyntaxTree): unknown {
  return { ...tree, documents: tree.documents.map(({ root, ...ends }) => ({ ...ends, root: root && placesOf(root) })) };
}

function placesOf(node: Node): unknown {
  const { kind, start, end, tag, tagStart } = node;
  const own = { kind, start, end, tag, tagStart };
  if (kind === "map") {
    const written = node.written.map(({ key, value }) => [placesOf(key), placesOf(value)]);
    return { ...own, flow: node.flow, index: node.index, written };
  }
  if (kind === "seq") return { ...own, flow: node.flow, items: node.items.map(placesOf) };
  if (kind === "alias") return { ...own, name: node.name, target: node.target && placesOf(node.target) };
  return { ...own, style: node.style, text: node.text, value: node.value, typed: node.typed };
}

/** The text of each part that moves as one, and a place that was given out for it. */
function sectionsOf(tree: SyntaxTree, text: string) {
  const sections = new Map<Section, { readonly text: string; readonly place: Place }>();
  const look = (node: Node | undefined, depth: number) => {
    if (node?.kind !== "map" || depth > 2) return;
    for (const { key, value } of node.written) {
      if (value.section === node.section) continue;
      look(value, depth + 1);
      // What is in sections of their own is not part of this one.
      const own = value.kind !== "map" || value.written.every((pair) => pair.value.section === value.section);
      const place = key.placeIn("x");
      assert.deepEqual([place.start, place.end], [key.tagStart ?? key.start, key.end]);
      sections.set(value.section, { text: text.slice(key.start, own ? value.end : key.end), place });
    }
  };
  look(tree.documents[0]?.root, 1);
  return sections;
}

function assertSameUnderEdits(text: string, seed: number, count: number): void {
  let current = text;
  let tree = parse(current, "template");
  for (const change of randomEdits(text, seed, count)) {
    const next = current.slice(0, change.start) + change.text + current.slice(change.end);
    const before = sectionsOf(tree, current);
    tree = reparse(tree, next, change, "template");
    for (const [section, now] of sectionsOf(tree, next)) {
      const known = before.get(section);
      if (known) assert.deepEqual(now, known, "a section that was not edited says what it said, and its places moved");
    }
    assert.deepEqual(
      places(tree),
      places(parse(next, "template")),
      `after ${JSON.stringify(change)} on ${JSON.stringify(current)}`,
    );
    current = next;
  }
}

test("a tree read again after an edit equals a tree read from scratch, on small texts", () => {
  SMALL.forEach((text, index) => {
    for (let seed = 0; seed < 60; seed++) assertSameUnderEdits(text, seed * 31 + index, 12);
  });
});

corpusTest("a tree read again after an edit equals a tree read from scratch, on the corpus", () => {
  corpusFiles()
    .filter((_, index) => index % 9 === 0)
    .forEach(({ text }, index) => {
      if (text.length < 40_000) assertSameUnderEdits(text, index, 6);
    });
});
