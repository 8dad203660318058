import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "#core/syntax/parse.ts";
import { reparse } from "#core/syntax/reparse.ts";
import { corpusFiles, corpusTest } from "#support/corpus.ts";
import { randomEdits } from "#support/edits.ts";

const SMALL = [
  "Resources:\n  A:\n    Type: X\n    Properties:\n      R: 5\n  B:\n    Type: Y\nOutputs:\n  O: 1\n",
  "A: {b: [1, 2], c: {d: e}}\nB:\n  - x: 1\n    y: |\n      text\n\n      more\n  - z\n# end\nC: 'q'\n",
  '{\n  "Resources": {"A": {"Type": "X", "P": [1, {"r": 2}]}, "B": {}},\n  "Z": "s"\n}\n',
  "a:\n- b\n- c: d\n  e: !Sub |\n    x\nf: >-\n  g\n\n\nh: &i j\nk: *i\n",
  "a:\r\n  b: 1 # c\r\n  d:\r\n    e: f\r\n",
];

function assertSameUnderEdits(text: string, seed: number, count: number): void {
  let current = text;
  let tree = parse(current, "template");
  for (const change of randomEdits(text, seed, count)) {
    const next = current.slice(0, change.start) + change.text + current.slice(change.end);
    tree = reparse(tree, next, change, "template");
    assert.deepEqual(tree, parse(next, "template"), `after ${JSON.stringify(change)} on ${JSON.stringify(current)}`);
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
