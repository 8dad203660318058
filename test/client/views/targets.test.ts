import assert from "node:assert/strict";
import { test } from "node:test";
import { poolFacts } from "#client/pools/poolFacts.ts";
import type { ViewNode } from "#client/tree/node.ts";
import { functionsOf, placesOf, targetNodes } from "#client/views/targets.ts";
import { arnOf, fn, pool, poolRow } from "./support.ts";

function node(id: string, subject?: ViewNode["subject"]): ViewNode {
  return { id, label: id, context: "", spoken: id, ...(subject && { subject }) };
}

const [a, b, c] = [node("a"), node("b"), node("c")];
const handle = (of: ViewNode) => ({ node: of, children: [] });

test("a command works on all selected nodes, else on that of the menu, else on the selection of the tree", () => {
  const targets = (of: unknown, selected: unknown) => targetNodes({ node: of, selected }, [c]);
  assert.deepEqual(targets(handle(a), [handle(a), handle(b)]), [a, b]);
  assert.deepEqual(targets(handle(a), undefined), [a]);
  assert.deepEqual(targets(handle(a), []), [a]);
  assert.deepEqual(targets(undefined, undefined), [c]);
  assert.deepEqual(targets("a", [null, 3]), [c]);
});

test("functions of nodes are named once, with the ARN where the account has them", () => {
  const nodes = [
    node("live", { kind: "function", fn: fn("orders", 5) }),
    node("row", { kind: "row", row: poolRow("orders", { arn: arnOf("orders") }), pool: pool([]) }),
    node("declared", { kind: "row", row: poolRow("later"), pool: pool([]) }),
    node("pool", { kind: "pool", pool: pool([]) }),
    node("nothing"),
  ];
  assert.deepEqual(
    functionsOf(nodes).map(({ name, arn }) => [name, arn]),
    [
      ["orders", arnOf("orders")],
      ["later", undefined],
    ],
  );
});

test("places of a live function are those of every pool that has it, each once", () => {
  const at = (uri: string) => {
    return { uri, range: { start: { line: 3, character: 0 }, end: { line: 3, character: 4 } } };
  };
  const places = { budget: at("file:///w/b.yaml"), template: at("file:///w/t.yaml") };
  const row = poolRow("orders", { arn: arnOf("orders"), places });
  const facts = poolFacts([pool([row]), pool([{ ...row, places: { ...places, budget: at("file:///w/c.yaml") } }])]);
  const live = node("live", { kind: "function", fn: fn("orders", 5) });
  assert.deepEqual(
    placesOf(live, "budget", facts).map(({ place }) => place.uri),
    ["file:///w/b.yaml", "file:///w/c.yaml"],
  );
  assert.deepEqual(placesOf(live, "template", facts), [{ place: places.template, label: "production: shop/orders" }]);
  assert.deepEqual(placesOf(node("row", { kind: "row", row, pool: pool([]) }), "budget", facts), [
    { place: places.budget, label: "production: shop/orders" },
  ]);
  const of = pool([], { place: places.budget });
  assert.deepEqual(placesOf(node("pool", { kind: "pool", pool: of }), "template", facts), [
    { place: places.budget, label: "production" },
  ]);
  assert.deepEqual(placesOf(node("nothing"), "budget", facts), []);
});
