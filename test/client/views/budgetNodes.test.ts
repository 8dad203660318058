import assert from "node:assert/strict";
import { test } from "node:test";
import { budgetNodes } from "#client/views/budgetNodes.ts";
import { arnOf, child, identity, lines, pool, poolRow } from "./support.ts";

test("each pool says what is claimed, granted and live, and its functions what account, budget and template say", () => {
  const rows = [
    poolRow("same", { declared: 100, live: 100, arn: arnOf("same") }),
    poolRow("by-hand", { declared: 100, live: 50, arn: arnOf("by-hand"), difference: "Changed by hand." }),
    poolRow("off", { granted: 0, off: true, declared: 0, live: 0, arn: arnOf("off") }),
    poolRow("on", { granted: 0, off: true, declared: 0, live: 7, arn: arnOf("on"), difference: "Switched on." }),
    poolRow("new", { declared: 100, live: "missing", difference: "Not deployed yet." }),
    poolRow("three", { declared: 80, live: null, difference: "Not deployed yet." }),
    poolRow("wait", { declared: 100, live: { unknown: "not read yet" } }),
    poolRow("later", { declared: { unknown: "parameter Stage" }, live: { unknown: "not read yet" } }),
    poolRow("gone", { granted: null, live: 10, arn: arnOf("gone"), difference: "Still reserved.", places: {} }),
  ];
  assert.deepEqual(lines(budgetNodes({ pools: [pool(rows, { liveClaimed: 550 })], identity })), [
    "production  600 of 1,000 · 5 differ · granted 700 · in AWS: 550",
    "  by-hand  50 in AWS, 100 planned",
    "  gone  in AWS: 10, not in the files",
    "  new  100, not deployed",
    "  on  7 in AWS, off planned",
    "  three  in AWS: none · 80 of 100 granted",
    "  later  in AWS unknown · granted 100 · declared unknown",
    "  off  off",
    "  same  100",
    "  wait  100 · in AWS: unknown",
  ]);
});

test("a function on which all agree has a tick, one on which they do not has a warning and its cause", () => {
  const rows = [
    poolRow("same", { declared: 100, live: 100 }),
    poolRow("by-hand", { declared: 100, live: 50, difference: "Changed by hand." }),
  ];
  const nodes = budgetNodes({ pools: [pool(rows, { liveClaimed: 550 })], identity });
  assert.equal(child(nodes, "production", "same").icon?.id, "pass");
  const other = child(nodes, "production", "by-hand");
  assert.equal(other.icon?.id, "warning");
  assert.equal(other.spoken, "by-hand, in AWS 50, granted 100, declared 100, Changed by hand.");
  assert.match(other.tooltip?.(new Date(0)) ?? "", /^\*\*by-hand\*\*\n\nChanged by hand\.\n\n/);
});

test("a function without a name is called by its logical id, with the stack where that is not enough", () => {
  const unnamed = (key: string) => {
    const { name: _, ...row } = poolRow("x", { key, declared: 100 });
    return row;
  };
  const rows = [unnamed("orders/Api"), unnamed("orders/Child/Worker"), unnamed("shop/Api")];
  assert.deepEqual(lines(budgetNodes({ pools: [pool(rows, { live: false })] })).slice(2), [
    "  orders/Api  100",
    "  shop/Api  100",
    "  Worker  100",
  ]);
});

test("a pool without live values says why", () => {
  const why = (more: Parameters<typeof pool>[1], connected = true) =>
    lines(budgetNodes({ pools: [pool([], { live: false, ...more })], ...(connected ? { identity } : {}) })).slice(1);
  assert.deepEqual(why({}, false), ["  Not connected  no values from AWS"]);
  assert.deepEqual(why({ account: "210987654321" }), ["  Account 210987654321  no values from AWS"]);
  assert.deepEqual(why({ region: "eu-west-1" }), ["  Region eu-west-1  no values from AWS"]);
  assert.deepEqual(why({ account: null, region: null }), ["  Names no account  no values from AWS"]);
});

test("only a pool that names no account can be linked, and only to one that is connected", () => {
  const context = (of: string | null, connected: boolean) => {
    const pools = [pool([], { live: false, account: of })];
    const nodes = budgetNodes({ pools, ...(connected ? { identity } : {}) });
    return nodes[0]?.children?.[0]?.context;
  };
  assert.equal(context(null, true), "noLive.linkable");
  assert.equal(context(null, false), "noLive");
  assert.equal(context("123456789012", true), "noLive");
  assert.equal(budgetNodes({ pools: [pool([], { account: null })] })[0]?.context, "pool.live.linked");
  assert.equal(budgetNodes({ pools: [pool([])] })[0]?.context, "pool.live");
});

test("without live values nothing is said to be live", () => {
  const nodes = budgetNodes({ pools: [pool([poolRow("a", { declared: 100 })], { live: false })] });
  assert.equal(child(nodes, "production", "a").description, "100");
  assert.equal(child(nodes, "production", "a").icon?.id, "circle-filled");
});

test("templates without a budget are a closed group at the end", () => {
  const { budget: _, ...template } = pool([poolRow("a", { granted: null, declared: 5 })], {
    id: "t",
    name: "t.yaml",
    liveClaimed: 550,
  });
  const nodes = budgetNodes({ pools: [template, pool([], { liveClaimed: 550 })], identity });
  assert.deepEqual(lines(nodes), [
    "production  600 of 1,000 · granted 700 · in AWS: 550",
    "Templates without a budget  1",
    "  t.yaml  600 of 1,000 · in AWS: 550",
    "    a  5",
  ]);
  assert.equal(nodes[1]?.open, undefined);
});

test("claims that cannot be decided are not a number", () => {
  const nodes = budgetNodes({
    pools: [pool([], { claimed: { unknown: "u", min: 300 }, verdict: "depends", liveClaimed: 550 })],
    identity,
  });
  assert.deepEqual(lines(nodes), ["production  at least 300 of 1,000 · granted 700 · in AWS: 550"]);
});

test("rows open their budget entry on a click, else the template; rows without a place open nothing", () => {
  const place = { uri: "file:///t.yaml", range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } };
  const rows = [poolRow("a"), poolRow("b", { places: { template: place } }), poolRow("c", { places: {} })];
  const nodes = budgetNodes({ pools: [pool(rows, { liveClaimed: 550 })], identity });
  const [a, b, c] = ["a", "b", "c"].map((name) => child(nodes, "production", name));
  assert.deepEqual(a?.command?.arguments, [rows[0]?.places.budget]);
  assert.deepEqual(b?.command?.arguments, [place]);
  assert.equal(c?.command, undefined);
  assert.deepEqual([a?.context, b?.context, c?.context], ["row.inBudget", "row.inTemplate", "row"]);
});

test("a pool that cannot be deployed now says by how much, and is an error", () => {
  const inAws = { unreserved: 400, verdict: "over", short: 200 } as const;
  const [node] = budgetNodes({ pools: [pool([], { claimed: 500, granted: 500, verdict: "over", inAws })] });
  assert.match(node?.description ?? "", /^500 of [\d,]+ · 200 too many now/);
  assert.deepEqual(node?.icon, { id: "error", color: "list.errorForeground" });
  assert.match(
    String(node?.tooltip?.(new Date())),
    /It cannot be deployed now: 200 too many, with 400 unreserved in AWS\./,
  );
});

test("what is known of an account that does not answer any more was last read, and is not live", () => {
  const rows = [
    poolRow("by-hand", { declared: 100, live: 50, arn: arnOf("by-hand"), difference: "Changed by hand." }),
    poolRow("same", { declared: 100, live: 100, arn: arnOf("same") }),
  ];
  const nodes = budgetNodes({ pools: [pool(rows, { outdated: true, liveClaimed: 550 })] });
  assert.deepEqual(lines(nodes), [
    "production  600 of 1,000 · 1 differ · granted 700 · last read: 550",
    "  by-hand  50 last read, 100 planned",
    "  same  100",
  ]);
  assert.equal(
    child(nodes, "production", "by-hand").spoken,
    "by-hand, last read 50, granted 100, declared 100, Changed by hand.",
  );
});
