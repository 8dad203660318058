import assert from "node:assert/strict";
import { test } from "node:test";
import { highlightsOf } from "#client/views/functionNode.ts";

test("words of a filter are highlighted from left to right, in small letters and capitals", () => {
  assert.deepEqual(highlightsOf("Blog-News", ["news", "blog"]), [
    [0, 4],
    [5, 9],
  ]);
  assert.deepEqual(highlightsOf("blog", ["shop"]), []);
});

test("words that overlap, touch or contain each other are highlighted as one", () => {
  assert.deepEqual(highlightsOf("blog-newsletter", ["blog-news", "blog", "news"]), [[0, 9]]);
  assert.deepEqual(highlightsOf("newsletter", ["sle", "news"]), [[0, 6]]);
  assert.deepEqual(highlightsOf("newsletter", ["news", "letter"]), [[0, 10]]);
  assert.deepEqual(highlightsOf("newsletter", ["news", "news"]), [[0, 4]]);
});
