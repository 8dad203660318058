import assert from "node:assert/strict";
import { test } from "node:test";
import { selectedKills } from "#client/kills/killArguments.ts";
import { killNodes } from "#client/kills/killNodes.ts";
import { list, listed, now } from "./support.ts";

const { kills, broken, problems } = list([listed("orders"), listed("plain")]);
const nodes =
  killNodes({ known: { kills, broken, problems }, allocations: [], actionOn: () => undefined, now })[0]?.children ?? [];
const [orders, plain] = nodes;
const names = (args: { readonly node?: unknown; readonly selected?: unknown }, selection = [plain]) =>
  selectedKills(
    { view: { selection: selection.flatMap((node) => node ?? []) } },
    { node: args.node, selected: args.selected },
  ).map(({ record }) => record.name);

test("a command of the menu means its row, or all that are selected with it; from the palette what is selected", () => {
  assert.deepEqual(names({ node: { node: orders } }), ["orders"]);
  assert.deepEqual(names({ node: { node: orders }, selected: [{ node: orders }, { node: plain }] }), [
    "orders",
    "plain",
  ]);
  assert.deepEqual(names({}), ["plain"]);
});

test("names that somebody hands over are not what happens to be selected", () => {
  for (const node of [["orders"], "orders", {}, null]) assert.deepEqual(names({ node }), []);
});
