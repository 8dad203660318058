import assert from "node:assert/strict";
import { test } from "node:test";
import type { ViewNode } from "#client/tree/node.ts";
import { visibleFunctions } from "#client/views/visibleFunctions.ts";
import { fn } from "./support.ts";

function row(name: string): ViewNode {
  return { id: name, label: name, context: "", spoken: name, subject: { kind: "function", fn: fn(name, 1) } };
}

function group(id: string, names: readonly string[]): ViewNode {
  return { id, label: id, context: "", spoken: id, children: names.map(row) };
}

test("use is read for what is selected, then for the members of open groups, each once", () => {
  const nodes = [group("attention", ["b"]), group("reserved", ["a", "b"]), group("unreserved", ["c"])];
  const open = (id: string) => id !== "unreserved";
  assert.deepEqual(visibleFunctions(nodes, [row("c")], open), ["c", "b", "a"]);
  assert.deepEqual(
    visibleFunctions(nodes, [], () => false),
    [],
  );
});

test("of very many functions the first 1,000 count, as many as the setting allows at most", () => {
  const names = Array.from({ length: 1500 }, (_, index) => `f${index}`);
  assert.deepEqual(
    visibleFunctions([group("g", names)], [], () => true),
    names.slice(0, 1000),
  );
});
