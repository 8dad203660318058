import assert from "node:assert/strict";
import { test } from "node:test";
import type { ViewNode } from "#client/tree/node.ts";
import { NodeTree } from "#client/tree/nodeTree.ts";

function node(id: string, description = "", children?: readonly ViewNode[]): ViewNode {
  return { id, label: id, description, context: "", spoken: id, ...(children === undefined ? {} : { children }) };
}

/** What a second tree laid over the first one asks to be drawn. */
function changes(before: readonly ViewNode[], after: readonly ViewNode[]): "all" | readonly string[] {
  const tree = new NodeTree();
  tree.update(before);
  const changed = tree.update(after);
  return changed === "all" ? changed : changed.map((handle) => handle.node.id);
}

test("the same tree again draws nothing", () => {
  const make = () => [node("g", "1", [node("a"), node("b")])];
  assert.deepEqual(changes(make(), make()), []);
});

test("a row that changes is drawn alone", () => {
  const make = (a: string) => [node("g", "1", [node("a", a), node("b")]), node("h", "", [node("c")])];
  assert.deepEqual(changes(make("1"), make("2")), ["a"]);
});

test("a group whose members or order change is drawn, and what is below it not once more", () => {
  const before = [node("g", "1", [node("a", "1"), node("b")])];
  assert.deepEqual(changes(before, [node("g", "1", [node("b"), node("a", "2")])]), ["g"]);
  assert.deepEqual(changes(before, [node("g", "2", [node("a", "2"), node("b", "2"), node("c")])]), ["g"]);
});

test("another list of groups draws everything", () => {
  assert.equal(changes([node("a")], [node("a"), node("b")]), "all");
  assert.equal(changes([node("a"), node("b")], [node("b"), node("a")]), "all");
  assert.equal(changes([], [node("a")]), "all");
});

test("a leaf that gets children is drawn", () => {
  assert.deepEqual(changes([node("a")], [node("a", "", [])]), ["a"]);
});

test("a node keeps its handle while what it shows changes, and knows its parent", () => {
  const tree = new NodeTree();
  tree.update([node("g", "", [node("a", "1")])]);
  const handle = tree.find("a");
  tree.update([node("g", "", [node("a", "2")])]);
  assert.equal(tree.find("a"), handle);
  assert.equal(handle?.node.description, "2");
  assert.equal(handle?.parent, tree.find("g"));
  assert.equal(
    tree.search(({ description }) => description === "2"),
    handle,
  );
});

test("a node that moves to another parent is another handle", () => {
  const tree = new NodeTree();
  tree.update([node("g", "", [node("a")]), node("h", "", [])]);
  const before = tree.find("a");
  const changed = tree.update([node("g", "", []), node("h", "", [node("a")])]);
  assert.notEqual(tree.find("a"), before);
  assert.equal(tree.find("a")?.parent, tree.find("h"));
  assert.deepEqual(changed === "all" ? changed : changed.map((handle) => handle.node.id), ["g", "h"]);
});

test("a second node with an id is left out", () => {
  const tree = new NodeTree();
  tree.update([node("a", "first"), node("a", "second")]);
  assert.deepEqual(
    tree.roots.map((handle) => handle.node.description),
    ["first"],
  );
});

test("a row whose click leads to another place is drawn again, although it looks the same", () => {
  const at = (line: number): ViewNode => ({
    ...node("a"),
    command: { id: "open", title: "Open", arguments: [{ line }] },
  });
  assert.deepEqual(changes([at(1)], [at(1)]), []);
  assert.deepEqual(changes([at(1)], [at(2)]), ["a"]);
});
