import assert from "node:assert/strict";
import { test } from "node:test";
import { codeActions, codeLenses, complete, inlayHints, poolViews } from "#core";
import { type ShortSnapshot, snapshot } from "#support/snapshot.ts";
import { sceneAt, sceneOf, uriOf } from "./scene.ts";

const budget = `pool: production
account: "123456789012"
region: us-east-1
limit: 1000
floor: 100
stacks:
  - { template: t.yaml, name: shop }
reservations:
  shop/Orders: 500
`;
const template = `Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      ReservedConcurrentExecutions: 500
`;
const files = { "concurrency-budget.yaml": budget, "t.yaml": template };
const elsewhere: ShortSnapshot = { functions: { "blog-search": 600 } };
const everything = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };

const contextOf = (short: ShortSnapshot) => sceneOf(files, { snapshots: [snapshot(short)] }).context;
const lensesOf = (short: ShortSnapshot, name: string) =>
  codeLenses(contextOf(short), uriOf(name)).map(({ command }) => command?.title);

test("files that fit are not called fitting where what AWS has left is not enough", () => {
  const said = "500 of 1,000 claimed · cannot be deployed now: 200 too many in AWS · 400 unreserved in AWS";
  assert.deepEqual(lensesOf(elsewhere, "concurrency-budget.yaml"), [said]);
  assert.deepEqual(lensesOf(elsewhere, "t.yaml"), [`claims 500 in production · ${said}`]);
  assert.deepEqual(
    poolViews(contextOf(elsewhere)).map(({ verdict }) => verdict),
    ["over"],
  );
});

test("where they fit in AWS too, the headroom is the smaller one", () => {
  assert.deepEqual(lensesOf({ functions: { "blog-search": 350 } }, "concurrency-budget.yaml"), [
    "500 of 1,000 claimed · 50 left · fits · 650 unreserved in AWS",
  ]);
});

test("the largest number that can be written is the one that can be deployed now: hint, completion and fix", () => {
  const hints = inlayHints(contextOf(elsewhere), uriOf("t.yaml"), everything);
  assert.deepEqual(
    hints.map(({ label }) => label),
    ["max 300 now"],
  );
  const typing = { ...files, "t.yaml": template.replace("500", "|") };
  const cursor = sceneAt(typing, { snapshots: [snapshot(elsewhere)] });
  const choices = complete(cursor.context, cursor.uri, cursor.position);
  assert.deepEqual(
    choices.map(({ label, detail }) => `${label}: ${detail}`),
    [
      "500: granted by the budget of production (shop/Orders)",
      "300: the largest that fits now in production, where 100 stay unreserved",
    ],
  );
  const { context, uri, position } = sceneAt(
    { ...files, "t.yaml": template.replace("500", "|500") },
    { snapshots: [snapshot(elsewhere)] },
  );
  const fixes = codeActions(context, uri, { start: position, end: position });
  assert.deepEqual(
    fixes.flatMap(({ title, isPreferred }) => (isPreferred ? [title] : [])),
    ["Set Orders to 300, which fits"],
  );
});

test("what the stack's own function holds is free for it, also above the pool's headroom", () => {
  const held: ShortSnapshot = {
    functions: { "blog-search": 600, "shop-Orders-1": { reserved: 200, in: "shop/Orders" } },
  };
  assert.deepEqual(
    inlayHints(contextOf(held), uriOf("t.yaml"), everything).map(({ label }) => label),
    ["max 300 now"],
  );
  const enough: ShortSnapshot = {
    functions: { "blog-search": 400, "shop-Orders-1": { reserved: 200, in: "shop/Orders" } },
  };
  assert.deepEqual(
    inlayHints(contextOf(enough), uriOf("t.yaml"), everything).map(({ label }) => label),
    ["max 500 now"],
  );
});

test("where the account says no totals, lens and hint hold against what a stated limit leaves, and never say fits", () => {
  const short: ShortSnapshot = { totals: "denied", functions: { "blog-search": 600 } };
  const hintsOf = (text: string) => {
    const { context } = sceneOf({ ...files, "t.yaml": text }, { snapshots: [snapshot(short)] });
    const lenses = codeLenses(context, uriOf("concurrency-budget.yaml")).map(({ command }) => command?.title);
    return [...lenses, ...inlayHints(context, uriOf("t.yaml"), everything).map(({ label }) => label)];
  };
  assert.deepEqual(hintsOf(template), [
    "500 of 1,000 claimed · cannot be deployed now: 200 too many in AWS",
    "max 0 to 300 now",
  ]);
  assert.deepEqual(hintsOf(template.replace("500", "300")), [
    "300 of 1,000 claimed · cannot tell: the account does not say what AWS has left",
    "max 0 to 300 now",
  ]);
});
