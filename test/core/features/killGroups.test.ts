import assert from "node:assert/strict";
import { test } from "node:test";
import { type KillGroupView, poolViews } from "#core";
import { type ShortSnapshot, snapshot } from "#support/snapshot.ts";
import { sceneOf } from "./scene.ts";

const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Ingest:
    Type: AWS::Serverless::Function
  Export:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: shop-export
  Later:
    Type: AWS::Serverless::Function
`;

const budget = `account: "123456789012"
region: us-east-1
stacks:
  - template: template.yaml
    name: shop
kill-groups:
  stack: [shop/*]
  by name: [shop-*, legacy]
  nobody: [nobody, none-*]
  twice: [legacy, legacy, "*egacy"]
`;

const account: ShortSnapshot = {
  functions: {
    "shop-Ingest-1A2B": { reserved: 25, in: "shop/Ingest" },
    "shop-export": { reserved: null },
    "shop-Forgotten-3C4D": { reserved: null, in: "shop/Forgotten" },
    legacy: { reserved: null },
  },
};

function groups(short?: ShortSnapshot): readonly KillGroupView[] | undefined {
  const { context } = sceneOf(
    { "concurrency-budget.yaml": budget, "template.yaml": template },
    short === undefined ? {} : { snapshots: [snapshot(short)] },
  );
  return poolViews(context)[0]?.killGroups;
}

test("a kill group means the live functions of its patterns, by key and by name, and says what it does not find", () => {
  assert.deepEqual(groups(account), [
    {
      name: "stack",
      names: ["shop-Forgotten-3C4D", "shop-Ingest-1A2B", "shop-export"],
      unmatched: ["shop/Later"],
    },
    {
      name: "by name",
      names: ["legacy", "shop-Forgotten-3C4D", "shop-Ingest-1A2B", "shop-export"],
      unmatched: [],
    },
    { name: "nobody", names: [], unmatched: ["nobody", "none-*"] },
    { name: "twice", names: ["legacy"], unmatched: [] },
  ]);
});

test("without live facts there is no kill group to offer", () => {
  assert.equal(groups(), undefined);
});
