import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type TakenOver, takeOver, Workspace } from "#core";
import { MemoryFiles, uriOf } from "#support/memoryFiles.ts";
import { type ShortSnapshot, snapshot } from "#support/snapshot.ts";
import { template } from "../pools/analyse.ts";

/** A budget that takes over what an account reserves: the new text, and what is said of it. */
function takenOver(
  budget: string,
  files: Readonly<Record<string, string>>,
  short: ShortSnapshot,
): TakenOver & { readonly text: string } {
  const texts = { "concurrency-budget.yaml": budget, ...files };
  const sources = new Workspace(new MemoryFiles(texts));
  const analysis = sources.analyse({
    budgets: [uriOf("concurrency-budget.yaml")],
    templates: [],
    options: { snapshots: [snapshot(short)] },
  });
  const [pool] = analysis.pools;
  const taken = pool && takeOver({ sources, analysis, options: {} }, pool);
  assert.ok(taken !== undefined);
  const text = [...taken.edits]
    .sort((a, b) => b.start - a.start)
    .reduce((whole, edit) => whole.slice(0, edit.start) + edit.text + whole.slice(edit.end), budget);
  return { ...taken, text };
}

const head = 'pool: production   # ours\naccount: "123456789012"\nregion: us-east-1\n';

test("values are replaced where they stand, new entries come last, comments and order stay", () => {
  const budget = `${head}stacks:
  - { template: t.yaml, name: shop }
reservations:
  zeta: 5          # asked for by finance
  shop/Pay: { reserved: 30, owner: shop }   # peak
  "shop/*": 10
  asleep: 7
  gone: 4
# the end
`;
  const functions = {
    zeta: 6,
    asleep: 0,
    "shop-Pay-1": { reserved: 20, in: "shop/Pay" },
    "shop-Mail-1": { reserved: 12, in: "shop/Mail" },
    "shop-Same-1": { reserved: 10, in: "shop/Same" },
    "other-Fn-1": { reserved: 3, in: "other/Fn" },
    stranger: 9,
    free: null,
  };
  const files = { "t.yaml": template({ Pay: 25, Mail: 5, Same: 10, New: 5 }) };
  const { text, entries, left } = takenOver(budget, files, { functions });
  assert.equal(
    text,
    `${head}stacks:
  - { template: t.yaml, name: shop }
reservations:
  zeta: 6          # asked for by finance
  shop/Pay: { reserved: 20, owner: shop }   # peak
  "shop/*": 10
  asleep: off
  gone: 4
  shop/Mail: 12
  other/Fn: 3
  stranger: 9
# the end
`,
  );
  assert.deepEqual(entries, [
    { key: "shop/Pay", from: 30, to: 20 },
    { key: "shop/Mail", from: null, to: 12 },
    { key: "zeta", from: 5, to: 6 },
    { key: "asleep", from: 7, to: 0 },
    { key: "other/Fn", from: null, to: 3 },
    { key: "stranger", from: null, to: 9 },
  ]);
  assert.deepEqual(left, []);
});

test("a budget without entries gets them, and what then agrees changes nothing more", () => {
  const functions = { a: 5, b: { reserved: 7, in: "shop/B" } };
  const { text } = takenOver(head, {}, { functions });
  assert.equal(text, `${head}reservations:\n  a: 5\n  shop/B: 7\n`);
  assert.deepEqual(takenOver(text, {}, { functions }).edits, []);
});

test("what is killed, unknown, or reserves nothing keeps its entry, and that is said", () => {
  const functions = {
    killed: { reserved: 0, killTags: { "lambda-concurrency:kill:1": "x" } },
    unread: { reserved: { unknown: "not allowed" } },
    bare: null,
  };
  const { edits, left } = takenOver(`${head}reservations: { killed: 9, unread: 4, bare: 3 }\n`, {}, { functions });
  assert.deepEqual(edits, []);
  assert.deepEqual(left, [
    "killed: it was switched off by the kill switch; its entry stays as it is.",
    "unread: its reservation is not known: not allowed.",
    "bare: the account reserves nothing for it; its grant of 3 stays.",
  ]);
});

test("entries that share a value by an anchor do not change each other", () => {
  const functions = { a: 6, b: 7, c: 5, d: 8 };
  const budget = `${head}reservations:\n  a: &n 5\n  b: *n\n  c: *n\n  d: { reserved: *n, owner: x }\n`;
  const { text, left } = takenOver(budget, {}, { functions });
  assert.equal(text, `${head}reservations:\n  a: &n 6\n  b: 7\n  c: 5\n  d: { reserved: 8, owner: x }\n`);
  assert.deepEqual(left, []);
});

test("a budget with a mistake is left alone: an entry that cannot be read must not be added again", () => {
  const budget = `${head}reservations:\n  a: 5\n  b: many\n`;
  const { edits, left } = takenOver(budget, {}, { functions: { a: 6, b: 7 } });
  assert.deepEqual(edits, []);
  assert.equal(left.length, 1);
  assert.match(left[0] ?? "", /^The budget file has mistakes; mend them first\. /);
});

test("whatever is written around them, only numbers change, and the budget then grants what the account reserves", () => {
  const number = fc.integer({ min: 0, max: 50 });
  const shape = fc.constantFrom(
    (value: string) => value,
    (value: string) => `${value}   # why`,
    (value: string) => `{ reserved: ${value}, owner: "a: b" }`,
    (value: string) => `{owner: x, reserved: ${value}} # {}`,
    (value: string) => `\n    # above\n    reserved: ${value}\n    reason: "5"`,
  );
  const entry = fc.record({ granted: number, live: number, shape, line: fc.constantFrom("", "\n", "  # between\n") });
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 8 }), (list) => {
      const write = (values: readonly number[]) =>
        `${head}reservations:\n${list.map(({ shape, line }, i) => `${line}  fn${i}: ${shape(values[i] === 0 ? "off" : String(values[i]))}\n`).join("")}# end\n`;
      const before = write(list.map(({ granted }) => granted));
      const functions = Object.fromEntries(list.map(({ live }, i) => [`fn${i}`, live]));
      const { text, left } = takenOver(before, {}, { functions });
      assert.equal(text, write(list.map(({ live }) => live)));
      assert.deepEqual(left, []);
    }),
  );
});
