import assert from "node:assert/strict";
import { isAlias, isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { Node } from "#core/syntax/nodes.ts";
import { parse } from "#core/syntax/parse.ts";
import { corpusFiles, corpusTest } from "#support/corpus.ts";

/** Structure, tags and text of a tree: what a well-kept YAML library and this reader must agree on. */
type Shape = string | Shape[] | { tag: string; of: Shape };

function ours(node: Node | undefined): Shape {
  if (!node) return "";
  if (node.kind === "alias") return `*${node.name}`;
  const of: Shape =
    node.kind === "scalar"
      ? node.text
      : node.kind === "seq"
        ? node.items.map(ours)
        : node.written.map((pair) => [ours(pair.key), ours(pair.value)]);
  return node.tag ? { tag: node.tag, of } : of;
}

function library(node: unknown): Shape {
  if (isAlias(node)) return `*${node.source}`;
  let of: Shape = "";
  if (isScalar(node)) of = node.source ?? String(node.value ?? "");
  else if (isSeq(node)) of = node.items.map(library);
  else if (isMap(node)) of = node.items.map((pair) => [library(pair.key), library(pair.value)]);
  const tag = (node as { tag?: string } | null)?.tag;
  return tag?.startsWith("!") && tag !== "!" ? { tag, of } : of;
}

/** A last line without a line break: PyYAML keeps none behind a block scalar, the library invents one. Templates are read as PyYAML does. */
const NO_FINAL_BREAK = ["serverless-patterns/lambda-layer-ssm-parameters/parameters/template.yml"];

corpusTest("texts that the yaml library reads without an error are read alike, and without a problem", () => {
  const disagreeing: string[] = [];
  let compared = 0;
  for (const { path, text } of corpusFiles()) {
    const document = parseDocument(text, { version: "1.1", schema: "failsafe", uniqueKeys: false, logLevel: "silent" });
    if (document.errors.length > 0) continue;
    compared++;
    const tree = parse(text, "template");
    try {
      assert.deepEqual(tree.problems, []);
      assert.deepEqual(ours(tree.documents[0]?.root), library(document.contents));
    } catch {
      disagreeing.push(path);
    }
  }
  assert.deepEqual(disagreeing, NO_FINAL_BREAK);
  assert.ok(compared > 1000);
});
