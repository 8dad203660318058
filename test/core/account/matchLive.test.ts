import assert from "node:assert/strict";
import { test } from "node:test";
import type { LiveMatch, Pool } from "#core";
import { type ShortSnapshot, snapshot } from "#support/snapshot.ts";
import { analyse, onlyPool, template } from "../pools/analyse.ts";

const head = 'pool: production\naccount: "123456789012"\nregion: us-east-1\n';

function poolOf(budget: string, files: Readonly<Record<string, string>>, short: ShortSnapshot): Pool {
  return onlyPool(analyse({ "concurrency-budget.yaml": head + budget, ...files }, { snapshots: [snapshot(short)] }));
}

/** The name of the live function, `missing`, or why it is unknown. */
function shown(match: LiveMatch | undefined): string {
  if (match === undefined) return "no live facts";
  if (match === null) return "missing";
  return "name" in match ? match.name : `unknown: ${match.unknown}`;
}

const claims = (pool: Pool) => pool.claims.map((claim) => `${claim.key}: ${shown(pool.live?.functions.get(claim))}`);
const grants = (pool: Pool) =>
  pool.onlyBudgeted.map((only) => `${only.grant.pattern}: ${shown(pool.live?.budgeted.get(only))}`);
const unclaimed = (pool: Pool) => pool.live?.unclaimed.map(({ name }) => name);

const one = "stacks:\n  - { template: t.yaml, name: shop }\n";

test("a function is found by its FunctionName, whatever its tags say", () => {
  const files = { "t.yaml": template({ Fn: "FunctionName: pay", Other: "FunctionName: gone" }) };
  const pool = poolOf(one, files, { functions: { pay: { reserved: 5, in: "elsewhere/Fn" } } });
  assert.deepEqual(claims(pool), ["shop/Fn: pay", "shop/Other: missing"]);
});

test("a function whose name CloudFormation invents is found by the tags of its stack", () => {
  const functions = {
    "shop-Fn-1": { reserved: 5, in: "shop/Fn" },
    "shop-dev-Fn-1": { reserved: 5, in: "shop-dev/Fn" },
    "shop-Gone-x": { reserved: 5, in: "shop/Other" },
  };
  const pool = poolOf(one, { "t.yaml": template({ Fn: 5, Gone: 5 }) }, { functions });
  assert.deepEqual(claims(pool), ["shop/Fn: shop-Fn-1", "shop/Gone: missing"]);
  assert.deepEqual(unclaimed(pool), ["shop-dev-Fn-1", "shop-Gone-x"]);
});

test("a function of a nested stack is found by the beginning of the live stack's name", () => {
  const parent =
    "Resources:\n  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: ./c.yaml }\n";
  const middle =
    "Resources:\n  Deep:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: ./d.yaml }\n  Fn:\n    Type: AWS::Lambda::Function\n";
  const files = { "t.yaml": parent, "c.yaml": middle, "d.yaml": template({ Fn: 5 }) };
  const functions = {
    a: { reserved: 5, in: "shop-Child-1RBNZAZPRDQWF/Fn" },
    b: { reserved: 5, in: "shop-Child-1RBNZAZPRDQWF-Deep-1A2B3C4D5E6F/Fn" },
    c: { reserved: 5, in: "other-Child-1RBNZAZPRDQWF/Fn" },
    d: { reserved: 5, in: "shop/Fn" },
    e: { reserved: 5, in: "shop-Child/Fn" },
  };
  assert.deepEqual(claims(poolOf(one, files, { functions })), ["shop/Child/Fn: a", "shop/Child/Deep/Fn: b"]);
});

test("a nested stack whose name CloudFormation cuts is not said to be missing", () => {
  const parent = `Resources:\n  ${"Child".repeat(22)}:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: ./c.yaml }\n`;
  const [found] = claims(poolOf(one, { "t.yaml": parent, "c.yaml": template({ Fn: 5 }) }, {}));
  assert.match(found ?? "", /unknown: CloudFormation cuts the name of its nested stack$/);
});

test("copies of a stack: one live function is the one, several are unknown, none is missing", () => {
  const copies = 'stacks:\n  - { template: t.yaml, name: "dev*", instances: 4 }\n';
  const files = { "t.yaml": template({ Fn: 5 }) };
  const dev = (...numbers: number[]) =>
    Object.fromEntries(numbers.map((n) => [`dev${n}-Fn-x`, { reserved: 5, in: `dev${n}/Fn` }]));
  assert.deepEqual(claims(poolOf(copies, files, { functions: dev(2) })), ["dev*/Fn: dev2-Fn-x"]);
  const three = poolOf(copies, files, { functions: dev(1, 2, 3) });
  assert.deepEqual(claims(three), ["dev*/Fn: unknown: 3 live functions match"]);
  assert.deepEqual(unclaimed(three), [], "they all stand for it");
  assert.deepEqual(claims(poolOf(copies, files, { functions: {} })), ["dev*/Fn: missing"]);
});

test("two live functions with the same tags are unknown", () => {
  const functions = { a: { reserved: 1, in: "shop/Fn" }, b: { reserved: 2, in: "shop/Fn" } };
  const pool = poolOf(one, { "t.yaml": template({ Fn: 5 }) }, { functions });
  assert.deepEqual(claims(pool), ["shop/Fn: unknown: 2 live functions match"]);
});

test("what is not found is unknown until the list is complete", () => {
  const files = { "t.yaml": template({ Fn: 5, Named: "FunctionName: pay" }) };
  const state = (state: "reading" | "partial") => claims(poolOf(one, files, { state }));
  assert.deepEqual(state("reading"), [
    "shop/Fn: unknown: the account is still being read",
    "shop/Named: unknown: the account is still being read",
  ]);
  assert.deepEqual(state("partial"), [
    "shop/Fn: unknown: not all functions could be read",
    "shop/Named: unknown: not all functions could be listed",
  ]);
});

test("a stack that is only called after its folder is not said to lack a function", () => {
  const folder = "stacks:\n  - template: orders/t.yaml\n";
  const files = { "orders/t.yaml": template({ Fn: 5, Named: "FunctionName: pay" }) };
  assert.deepEqual(claims(poolOf(folder, files, {})), [
    "orders/Fn: unknown: the name of stack orders is not stated",
    "orders/Named: missing",
  ]);
  const functions = { x: { reserved: 5, in: "orders/Fn" } };
  assert.equal(claims(poolOf(folder, files, { functions }))[0], "orders/Fn: x");
});

test("a FunctionName that is not decided is looked for by its stack, and never missing", () => {
  const text = template({ Fn: "FunctionName: !Ref Name" }, "Parameters: { Name: { Type: String } }\n");
  const without = claims(poolOf(one, { "t.yaml": text }, {}));
  assert.match(without[0] ?? "", /^shop\/Fn: unknown: its FunctionName is not decided \(.*Name.*\)$/);
  const functions = { pay: { reserved: 5, in: "shop/Fn" } };
  assert.deepEqual(claims(poolOf(one, { "t.yaml": text }, { functions })), ["shop/Fn: pay"]);
});

test("grants that no template declares are found by name, or by stack and logical id", () => {
  const budget =
    "reservations: { pay: 5, gone: 5, billing/Fn: 5, billing/Child/Fn: 5, billing/Gone: 5, elsewhere/Fn: off }\n";
  const functions = {
    pay: 5,
    a: { reserved: 5, in: "billing/Fn" },
    b: { reserved: 5, in: "billing-Child-1A2B3C4D5E6F/Fn" },
  };
  assert.deepEqual(grants(poolOf(budget, {}, { functions })), [
    "pay: pay",
    "gone: missing",
    "billing/Fn: a",
    "billing/Child/Fn: b",
    "billing/Gone: missing",
    "elsewhere/Fn: missing",
  ]);
});

test("unclaimed are live functions with a reservation that neither a function, an entry nor a pattern stands for", () => {
  const functions = {
    pay: 5,
    "thumb-a": 5,
    free: null,
    unread: { reserved: { unknown: "not read yet" } },
    managed: { reserved: 5, outsidePool: "runs on Managed Instances" },
    off: 0,
    other: 5,
    tagged: { reserved: 5, in: "billing/Any" },
    mapped: { reserved: 7, in: "shop/Fn" },
  };
  const budget = `${one}reservations: { pay: 5, "thumb-*": 5, "billing/*": 5 }\n`;
  const pool = poolOf(budget, { "t.yaml": template({ Fn: 7 }) }, { functions });
  assert.deepEqual(unclaimed(pool), ["off", "other"]);
});

test("a function outside the pool stands for its live function too", () => {
  const outside = template({ Fn: "FunctionName: managed, CapacityProviderConfig: { A: 1 }" });
  const pool = poolOf(one, { "t.yaml": outside }, { functions: { managed: 5 } });
  assert.deepEqual([pool.outside.length, unclaimed(pool)], [1, []]);
});

test("functions in hundreds of nested stacks with one logical id are each found in theirs", () => {
  const count = 400;
  const parent = `Resources:\n${Array.from({ length: count }, (_, i) => `  C${i}:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: ./c.yaml }\n`).join("")}`;
  const functions = Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`f${i}`, { reserved: 1, in: `shop-C${i}-1A2B3C4D5E6F/Fn` }]),
  );
  const pool = poolOf(one, { "t.yaml": parent, "c.yaml": template({ Fn: 1 }) }, { functions });
  assert.deepEqual([...(pool.live?.functions.values() ?? [])].map(shown), Object.keys(functions));
});
