import assert from "node:assert/strict";
import { test } from "node:test";
import { functionAt } from "#core";
import { type ShortSnapshot, snapshot } from "#support/snapshot.ts";
import { budgetName, sampleWith, templateName } from "./sample.ts";
import { sceneAt } from "./scene.ts";

const account: ShortSnapshot = {
  functions: { "orders-prod-Ingest-X": { reserved: 25, in: "orders-prod/Ingest" }, thumbnails: 400, reports: 5 },
};

function at(files: Readonly<Record<string, string>>, short: ShortSnapshot = account) {
  const { context, uri, position } = sceneAt(files, { snapshots: [snapshot(short)] });
  const found = functionAt(context, uri, position);
  return found && `${found.key} in ${found.pool}: ${found.name ?? "not live"}`;
}

const inTemplate = (from: string, to: string, short?: ShortSnapshot) => at(sampleWith(templateName, from, to), short);
const inBudget = (from: string, to: string, short?: ShortSnapshot) => at(sampleWith(budgetName, from, to), short);

test("anywhere in a resource: its function", () => {
  const ingest = "orders-prod/Ingest in production: orders-prod-Ingest-X";
  assert.equal(inTemplate("  Ingest:", "  Ing|est:"), ingest);
  assert.equal(inTemplate("!Ref N", "!Ref |N"), ingest);
  assert.equal(inTemplate("FunctionName: th", "Function|Name: th"), "orders-prod/Other in production: thumbnails");
  assert.equal(inTemplate("  Third:", "  Th|ird:"), "orders-prod/Third in production: not live");
  assert.equal(inTemplate("Globals:", "Glo|bals:"), undefined);
});

test("anywhere in a budget entry: the function that takes it, or that it alone names", () => {
  const ingest = "orders-prod/Ingest in production: orders-prod-Ingest-X";
  assert.equal(inBudget("orders-prod/Ingest", "orders-pr|od/Ingest"), ingest);
  assert.equal(inBudget("data-team", "data|-team"), ingest);
  assert.equal(inBudget("thumbnails: 350", "thumbnails: 3|50"), "orders-prod/Other in production: thumbnails");
  const files = {
    [budgetName]: 'account: "123456789012"\nregion: us-east-1\nreservations: { thumbnails: 350, rep|orts: 5 }\n',
  };
  assert.equal(at(files), "reports in 123456789012/us-east-1: reports");
  assert.equal(inBudget("floor: 100", "flo|or: 100"), undefined);
  assert.equal(inBudget("pay: [", "p|ay: ["), undefined);
});

test("an entry for several functions stands for none of them", () => {
  assert.equal(inBudget("  thumbnails: 350", '  "orders-prod/*": 3|50'), undefined);
});

test("a resource of several stacks names a live function only where there is but one", () => {
  const files = (marked: string) => ({
    ...sampleWith(budgetName, "name: orders-prod", "name: [orders-prod, orders-test]"),
    [templateName]: sampleWith(templateName, "  Ingest:", marked)[templateName] ?? "",
  });
  assert.equal(at(files("  Ing|est:")), "orders-prod/Ingest in production: orders-prod-Ingest-X");
  const both = { a: { reserved: 1, in: "orders-prod/Ingest" }, b: { reserved: 2, in: "orders-test/Ingest" } };
  assert.equal(at(files("  Ing|est:"), { functions: both }), "orders-prod/Ingest in production: not live");
});
