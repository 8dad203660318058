import assert from "node:assert/strict";
import { test } from "node:test";
import type { AnalysisOptions, PoolLink } from "#core";
import { uriOf } from "#support/memoryFiles.ts";
import { type ShortSnapshot, snapshot } from "#support/snapshot.ts";
import { analyse, onlyPool, template } from "../pools/analyse.ts";

const here = { account: "123456789012", region: "us-east-1" };
const inBudget = (head: string) => ({
  "concurrency-budget.yaml": `pool: production\n${head}stacks:\n  - { template: t.yaml, name: shop }\n`,
  "t.yaml": template({ Fn: 20 }),
});
const named = `account: "${here.account}"\nregion: ${here.region}\n`;
const linkTo = (to: Partial<PoolLink> = {}): PoolLink => ({
  uri: uriOf("concurrency-budget.yaml"),
  pool: "production",
  ...here,
  ...to,
});

function isLive(head: string, options: AnalysisOptions = {}, short: ShortSnapshot = {}): boolean {
  const pool = onlyPool(analyse(inBudget(head), { snapshots: [snapshot(short)], ...options }));
  return pool.live !== undefined;
}

test("a pool takes the facts of the account and Region that its budget names, and of no other", () => {
  assert.equal(isLive(named), true);
  assert.equal(isLive(named, {}, { account: "999999999999" }), false);
  assert.equal(isLive(named, {}, { region: "eu-west-1" }), false);
});

test("a pool without account takes facts by a link or by linkAll only", () => {
  assert.equal(isLive(""), false);
  assert.equal(isLive("", { links: [linkTo()] }), true);
  assert.equal(isLive("", { links: [linkTo({ pool: "staging" })] }), false);
  assert.equal(isLive("", { links: [linkTo({ uri: uriOf("other/concurrency-budget.yaml") })] }), false);
  assert.equal(
    isLive("", { links: [linkTo({ account: "999999999999" })] }),
    false,
    "the link leads to another account",
  );
  assert.equal(isLive("", { linkAll: true }), true);
  assert.equal(isLive("region: us-east-1\n", { linkAll: true }), true);
});

test("neither a link nor linkAll brings the facts of another account or Region than the budget names", () => {
  const elsewhere = { region: "eu-west-1" };
  assert.equal(isLive("region: us-east-1\n", { linkAll: true }, elsewhere), false);
  assert.equal(isLive("region: us-east-1\n", { links: [linkTo(elsewhere)] }, elsewhere), false);
  assert.equal(isLive('account: "999999999999"\n', { linkAll: true }), false);
  assert.equal(isLive('account: "999999999999"\n', { links: [linkTo()] }), false);
  assert.equal(isLive(named, { linkAll: true, links: [linkTo(elsewhere)] }, elsewhere), false);
});

test("a pool with account but without Region needs a link or linkAll", () => {
  const account = `account: "${here.account}"\n`;
  assert.equal(isLive(account), false);
  assert.equal(isLive(account, { links: [linkTo()] }), true);
  assert.equal(isLive(account, { linkAll: true }), true);
});

test("two snapshots that would both do are not chosen between", () => {
  const demo = snapshot();
  const local = { ...demo, identity: { ...demo.identity, endpoint: "http://localhost:4566" } };
  assert.equal(isLive(named, { snapshots: [demo, local] }), false);
  assert.equal(isLive("", { snapshots: [demo, snapshot({ region: "eu-west-1" })], linkAll: true }), false);
});

test("a template without a budget takes facts by a link to it, or by linkAll", () => {
  const files = { "t.yaml": template({ Fn: 20 }) };
  const live = (options: AnalysisOptions) =>
    onlyPool(analyse(files, { snapshots: [snapshot()], ...options })).live !== undefined;
  const { name } = onlyPool(analyse(files));
  assert.equal(live({}), false);
  assert.equal(live({ links: [linkTo({ uri: uriOf("t.yaml"), pool: name })] }), true);
  assert.equal(live({ linkAll: true }), true);
  assert.equal(live({ linkAll: true, together: true }), true);
});

test("a limit that nobody states is the account's, and a floor the one that Lambda named", () => {
  const snapshots = [snapshot({ limit: 400, learnedFloor: 40 })];
  const pool = onlyPool(analyse(inBudget(named), { snapshots }));
  assert.deepEqual(
    [pool.limit, pool.limitSource, pool.floor, pool.floorSource, pool.assumptions],
    [400, "live", 40, "learned", []],
  );
  const stated = onlyPool(analyse(inBudget(`${named}limit: 900\nfloor: 90\n`), { snapshots }));
  assert.deepEqual(
    [stated.limit, stated.limitSource, stated.floor, stated.floorSource],
    [900, "given", 90, "configured"],
  );
  const estimated = onlyPool(analyse(inBudget(named), { snapshots: [snapshot({ limit: 60 })] }));
  assert.deepEqual([estimated.limit, estimated.floor, estimated.floorSource], [60, 60, "estimated"]);
});

test("totals alone give the limit while the functions are still being read", () => {
  const reading = snapshot({ limit: 400, state: "reading" });
  const analysis = analyse(inBudget(named), { snapshots: [reading] });
  const pool = onlyPool(analysis);
  assert.deepEqual([pool.limit, pool.limitSource], [400, "live"]);
  assert.deepEqual([...(pool.live?.functions.values() ?? [])], [{ unknown: "the account is still being read" }]);
  assert.deepEqual(
    analysis.findings.map(({ rule }) => rule),
    ["not-in-budget"],
  );
});
