import assert from "node:assert/strict";
import { test } from "node:test";
import { codeLenses } from "#core";
import { type ShortSnapshot, snapshot } from "#support/snapshot.ts";
import { template } from "../pools/analyse.ts";
import { sceneOf, uriOf } from "./scene.ts";

const head = 'account: "123456789012"\nregion: us-east-1\nfloor: 100\nstacks: [{ template: t.yaml, name: shop }]\n';
const budget = `${head}reservations:
  shop/Pay: 30
  "shop/M*": 10
  legacy: 5
  reports: off
`;
const files = { "concurrency-budget.yaml": budget, "t.yaml": template({ Pay: 30, Mail: 10, Other: 4 }) };

/** The offers of a file, and everything else it shows. */
function lensesOf(name: string, functions: NonNullable<ShortSnapshot["functions"]>, texts = files) {
  const options = { snapshots: [snapshot({ functions })] };
  const offers = { setReservationCommand: "set" };
  const all = codeLenses(sceneOf(texts, options, offers).context, uriOf(name));
  const without = codeLenses(sceneOf(texts, options).context, uriOf(name));
  const isOffer = ({ command }: (typeof all)[number]) => command?.command === "set";
  assert.deepEqual(
    all.filter((lens) => !isOffer(lens)),
    without,
    "nothing else changes",
  );
  return all
    .filter(isOffer)
    .map(({ range, command }) => `${range.start.line}: ${command?.title} ${JSON.stringify(command?.arguments)}`);
}

const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

test("where the account differs from what budget and template agree on, both offer to set it", () => {
  const functions = {
    "pay-1": { reserved: 20, in: "shop/Pay" },
    "mail-1": { reserved: null, in: "shop/Mail" },
    "other-1": { reserved: 4, in: "shop/Other" },
    legacy: 9,
    reports: 1,
  };
  assert.deepEqual(lensesOf("concurrency-budget.yaml", functions), [
    `5: Set in AWS to 30 ["${arn("pay-1")}",30]`,
    `7: Set in AWS to 5 ["${arn("legacy")}",5]`,
    `8: Set in AWS to 0 ["${arn("reports")}",0]`,
  ]);
  const inTemplate = lensesOf("t.yaml", functions);
  assert.deepEqual(
    inTemplate.map((text) => text.replace(/^\d+: /, "")),
    [`Set in AWS to 30 ["${arn("pay-1")}",30]`, `Set in AWS to 10 ["${arn("mail-1")}",10]`],
  );
});

test("load is offered for each function that is alone in its place and not killed", () => {
  const killed = { killTags: { "lambda-concurrency:kill:1": "x" } };
  const functions = {
    "pay-1": { reserved: 30, in: "shop/Pay" },
    "mail-1": { reserved: 0, in: "shop/Mail", ...killed },
  };
  const { context } = sceneOf(files, { snapshots: [snapshot({ functions })] }, { throwLoadCommand: "throw" });
  const offered = codeLenses(context, uriOf("t.yaml")).flatMap(({ command }) =>
    command?.command === "throw" ? [[command.title, command.arguments]] : [],
  );
  assert.deepEqual(offered, [["Throw load…", [arn("pay-1")]]]);
});

test("nothing is offered where files disagree, where nothing is known, or where the kill switch was used", () => {
  const killTags = { "lambda-concurrency:kill:1": "x" };
  const functions = {
    "pay-1": { reserved: 20, in: "shop/Pay" },
    "mail-1": { reserved: { unknown: "not allowed" }, in: "shop/Mail" },
    "other-1": { reserved: 0, killTags, in: "shop/Other" },
    reports: 0,
  };
  const texts = { ...files, "concurrency-budget.yaml": budget.replace("shop/Pay: 30", "shop/Pay: 40") };
  assert.deepEqual(lensesOf("concurrency-budget.yaml", functions, texts), []);
  assert.deepEqual(lensesOf("t.yaml", functions, texts), []);
  assert.deepEqual(lensesOf("t.yaml", {}, texts), []);
});
