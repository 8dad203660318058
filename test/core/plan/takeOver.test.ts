import assert from "node:assert/strict";
import { test } from "node:test";
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
