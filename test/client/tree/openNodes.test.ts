import assert from "node:assert/strict";
import { test } from "node:test";
import { OpenNodes } from "#client/tree/openNodes.ts";

test("a node is open once its children are asked for or the user opens it, until the user closes it", () => {
  const nodes = new OpenNodes();
  assert.equal(nodes.isOpen("a"), false);
  nodes.asked("a");
  nodes.fold("b", true);
  assert.deepEqual([nodes.isOpen("a"), nodes.isOpen("b")], [true, true]);
  nodes.fold("a", false);
  assert.deepEqual([nodes.isOpen("a"), nodes.isClosed("a"), nodes.isClosed("b")], [false, true, false]);
});

test("a node that is opened again says so, also when its children were asked for first", () => {
  const nodes = new OpenNodes();
  assert.equal(nodes.fold("a", true), false);
  assert.equal(nodes.fold("a", false), false);
  nodes.asked("a");
  assert.equal(nodes.isOpen("a"), false, "the editor has not said so yet");
  assert.equal(nodes.fold("a", true), true);
  assert.equal(nodes.isOpen("a"), true);
});
