import assert from "node:assert/strict";
import { test } from "node:test";
import { compareNames, filterTerms, groupOf, passesFilter, type SortOrder, sortFunctions } from "#core";
import { type ShortSnapshot, snapshot } from "#support/snapshot.ts";

const use = (now: number | undefined, maximum: number, throttles?: number) => ({
  from: "2026-11-22T11:00:00.000Z",
  until: "2026-11-22T14:00:00.000Z",
  concurrency: [],
  maximum,
  ...(now !== undefined && { now }),
  ...(throttles !== undefined && { throttles }),
});

const account: ShortSnapshot["functions"] = {
  "api-10": { reserved: 5, usage: use(2, 9, 0) },
  "api-2": { reserved: 5, usage: use(undefined, 80, 3) },
  Free: { reserved: null, usage: use(0, 40) },
  hidden: { reserved: { unknown: "not read yet" } },
  managed: { reserved: 7, outsidePool: "runs on Managed Instances" },
  off: { reserved: 0, in: "shop/Off", killTags: { "lambda-concurrency:kill:1": "x" } },
};
const { functions } = snapshot({ functions: account ?? {} });
const sorted = (order: SortOrder) => sortFunctions(functions, order).map(({ name }) => name);
const found = (filter: string, words: readonly string[] = []) =>
  functions.filter((live) => passesFilter(live, filterTerms(filter), words)).map(({ name }) => name);

test("names are in the order that people expect, and equal only when they are the same", () => {
  assert.deepEqual(sorted("name"), ["api-2", "api-10", "Free", "hidden", "managed", "off"]);
  assert.notEqual(compareNames("Api", "api"), 0);
});

test("the largest reservation comes first, what is not known behind 0 and before none", () => {
  assert.deepEqual(sorted("reserved"), ["managed", "api-2", "api-10", "off", "hidden", "Free"]);
});

test("use is that of the last minutes, then the highest; no data comes last", () => {
  assert.deepEqual(sorted("use"), ["api-10", "Free", "api-2", "hidden", "managed", "off"]);
  assert.deepEqual(sorted("throttles"), ["api-2", "api-10", "Free", "hidden", "managed", "off"]);
});

test("each function is in one group, by what its reservation makes of it", () => {
  assert.deepEqual(functions.map(groupOf), ["reserved", "reserved", "unreserved", "unknown", "outside", "off"]);
});

test("each word of a filter is part of a name, stack or runtime, or says the state", () => {
  assert.deepEqual(
    found(""),
    functions.map(({ name }) => name),
  );
  assert.deepEqual(found("API 10"), ["api-10"]);
  assert.deepEqual(found("shop"), ["off"]);
  assert.deepEqual(found("killed"), ["off"]);
  assert.deepEqual(found("switch"), ["off"]);
  assert.deepEqual(found("no reserv"), ["Free"]);
  assert.deepEqual(found("throttled", ["throttled"]).length, functions.length);
  assert.deepEqual(found("re"), ["Free"], "two letters are part of a name, never of a state");
});
