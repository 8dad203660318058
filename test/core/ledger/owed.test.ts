import assert from "node:assert/strict";
import { test } from "node:test";
import { owedOf, owedTo, roomText } from "#core";

const before = { reserved: 150, provisioned: [{ qualifier: "live", requested: 20 }], targets: [], mappings: [] };

test("a restore takes the reservation, else the provisioned total, less what is reserved now", () => {
  assert.deepEqual([owedTo(before, 0), owedTo(before, 1), owedTo(before, 200)], [150, 149, 0]);
  assert.equal(owedTo({ ...before, reserved: null }, 0), 20);
});

test("the room says how much of it restores need, and how much is missing", () => {
  const owed = owedOf([{ name: "orders", owed: 50 }, { name: "blog-search", owed: 150 }, { name: "running" }]);
  assert.equal(roomText(450, owed), "450, of which 200 are needed to restore blog-search and orders");
  assert.equal(roomText(120, owed), "120, but 200 are needed to restore blog-search and orders: 80 too few");
  assert.equal(roomText(1450, undefined), "1,450");
  const five = owedOf(["a", "b", "c", "d", "e"].map((name) => ({ name, owed: 1 })));
  assert.equal(roomText(5, five), "5, of which 5 are needed to restore a, b, c and 2 more");
});
