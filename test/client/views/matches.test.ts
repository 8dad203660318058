import assert from "node:assert/strict";
import { test } from "node:test";
import { matches } from "#client/views/matches.ts";

test("words of a filter are highlighted from left to right, in small letters and capitals", () => {
  assert.deepEqual(matches("Blog-News", ["news", "blog"]), [
    [0, 4],
    [5, 9],
  ]);
  assert.deepEqual(matches("blog", ["shop"]), []);
});

test("words that overlap, touch or contain each other are highlighted as one", () => {
  assert.deepEqual(matches("blog-newsletter", ["blog-news", "blog", "news"]), [[0, 9]]);
  assert.deepEqual(matches("newsletter", ["sle", "news"]), [[0, 6]]);
  assert.deepEqual(matches("newsletter", ["news", "letter"]), [[0, 10]]);
  assert.deepEqual(matches("newsletter", ["news", "news"]), [[0, 4]]);
});
