import assert from "node:assert/strict";
import { test } from "node:test";
import { linkablePools, linkOf, poolOfNode, whyNotLinkable } from "#client/account/linkablePool.ts";
import { PoolLinks } from "#client/account/poolLinks.ts";
import type { PoolLink } from "#core";
import { emitter } from "../emitter.ts";
import { pool } from "../views/support.ts";

const place = { uri: "file:///w/t.yaml", range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };
const account = { account: "123456789012", region: "us-east-1" };

test("a pool can be linked that names no account, and no other Region", () => {
  const pools = [
    pool([], { name: "open", account: null, region: null }),
    pool([], { name: "here", account: null, region: "us-east-1" }),
    pool([], { name: "there", account: null, region: "eu-west-1" }),
    pool([], { name: "named", region: null }),
  ];
  assert.deepEqual(
    linkablePools(pools, "us-east-1").map(({ name }) => name),
    ["open", "here"],
  );
  assert.deepEqual(
    pools.map((each) => whyNotLinkable(each, account)),
    [
      undefined,
      undefined,
      "there is in eu-west-1, connected is us-east-1. Switch the Region first.",
      "named names account 123456789012 in its budget: it takes the values of that one.",
    ],
  );
});

test("a link is that of the budget file, else of the template", () => {
  assert.deepEqual(linkOf(pool([]), account), { uri: "file:///w/b.yaml", pool: "production", ...account });
  const { budget: _, ...template } = pool([], { name: "t.yaml", place });
  assert.deepEqual(linkOf(template, account), { uri: "file:///w/t.yaml", pool: "t.yaml", ...account });
  const { place: _place, ...nowhere } = template;
  assert.equal(linkOf(nowhere, account), undefined);
});

test("the pool of a node is found, and none in anything else", () => {
  const linked = pool([]);
  assert.equal(poolOfNode({ node: { subject: { kind: "pool", pool: linked } } }), linked);
  for (const other of [undefined, null, "pool", {}, { node: {} }, { node: { subject: { kind: "function" } } }]) {
    assert.equal(poolOfNode(other), undefined);
  }
});

test("a pool has one link, which is kept and told", async () => {
  const kept = new Map<string, unknown>();
  const changes = emitter<void>();
  let told = 0;
  changes.event(() => {
    told++;
  });
  const memory = {
    get: <T>(key: string, fallback?: T) => (kept.get(key) as T | undefined) ?? (fallback as T),
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
  const links = new PoolLinks(memory, changes);
  const link: PoolLink = { uri: "file:///w/b.yaml", pool: "production", ...account };
  await links.link(link);
  await links.link({ ...link, account: "999999999999" });
  await links.link({ ...link, pool: "other" });
  assert.deepEqual(links.all, [
    { ...link, account: "999999999999" },
    { ...link, pool: "other" },
  ]);
  await links.unlink(link);
  assert.deepEqual([links.all, told], [[{ ...link, pool: "other" }], 4]);
  assert.deepEqual(new PoolLinks(memory, changes).all, links.all);
});
