import assert from "node:assert/strict";
import { test } from "node:test";
import { isOld, meantPools } from "#client/changes/meantPools.ts";
import type { PoolView } from "#protocol";
import { identity, pool, snapshot } from "../views/support.ts";

const one = pool([], { id: "one", name: "one" });
const two = pool([], { id: "two", name: "two" });
const away = pool([], { id: "away", name: "away", live: false, account: "999999999999", region: "eu-west-1" });
const { budget: _, ...template } = pool([], { id: "template", name: "t.yaml", live: false });
const node = (of: PoolView, kind: "pool" | "row" = "pool") => ({ node: { subject: { kind, pool: of } } });

test("without a node all pools are meant whose budgets are compared with the account", () => {
  assert.deepEqual(meantPools([away, one, template, two], identity, undefined), [one, two]);
  // A view's own nodes and what other callers hand over name no pool.
  for (const other of [null, "one", {}, { node: {} }, { node: { subject: { kind: "function" } } }])
    assert.deepEqual(meantPools([one, away], identity, other), [one]);
});

test("a pool's node and each of its rows mean that pool, as it is known now", () => {
  const before = { ...two, claimed: 1 };
  assert.deepEqual(meantPools([one, two], identity, node(before)), [two]);
  assert.deepEqual(meantPools([one, two], identity, node(before, "row")), [two]);
  assert.deepEqual(meantPools([], identity, node(two)), [two]);
});

test("a pool that is not compared with the account is refused with why", () => {
  const where = "production (123456789012) · us-east-1";
  const refusals: readonly (readonly [PoolView, string])[] = [
    [template, `t.yaml is not compared with ${where}: no budget file lists it.`],
    [away, `away is not compared with ${where}: its budget is for account 999999999999 in eu-west-1.`],
    [{ ...away, region: null }, `away is not compared with ${where}: its budget is for account 999999999999.`],
    [
      { ...away, account: null },
      `away is not compared with ${where}: its budget names no account. Link it first, or write account and region in it.`,
    ],
  ];
  for (const [of, message] of refusals)
    assert.throws(() => meantPools([one], identity, node(of)), { name: "UserError", message });
  assert.throws(() => meantPools([away, template], identity, undefined), {
    message: `No budget file of this workspace belongs to ${where}. Write its account and region in a budget, or link a pool to it.`,
  });
});

test("an account that is being read, or was read more than a minute ago, is read again before it is compared", () => {
  const now = Date.parse("2026-01-02T03:01:00.000Z");
  assert.equal(isOld(snapshot([]), now), false);
  assert.equal(isOld(snapshot([]), now + 1), true);
  assert.equal(isOld(snapshot([], { reading: { state: "reading", known: 0, listed: 0 } }), now), true);
});
