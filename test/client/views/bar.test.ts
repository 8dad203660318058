import assert from "node:assert/strict";
import { test } from "node:test";
import { bar } from "#client/views/bar.ts";
import { accountPhrase, longValueText, plain, rough, valueText } from "#core";
import { identity } from "./support.ts";

test("a bar is six squares; something is never drawn as nothing, and not quite all never as all", () => {
  const drawn = [0, 1, 499, 500, 949, 999, 1000, 1200].map((part) => bar(part, 1000));
  assert.deepEqual(drawn, ["□□□□□□", "■□□□□□", "■■■□□□", "■■■□□□", "■■■■■□", "■■■■■□", "■■■■■■", "■■■■■■"]);
});

test("large counts are short in rows", () => {
  assert.deepEqual([0, 9999, 103_068, 1_234_567].map(rough), ["0", "9,999", "103k", "1.23M"]);
});

test("nothing is drawn of a limit of 0", () => {
  assert.equal(bar(0, 0), "");
});

test("values are short, and an unknown one is never a number alone", () => {
  assert.deepEqual(
    [0, 1000, null, { unknown: "u" }, { unknown: "u", min: 0 }, { unknown: "u", min: 5 }].map(valueText),
    ["0", "1,000", "none", "unknown", "unknown", "at least 5"],
  );
  assert.equal(valueText({ unknown: "u", min: 5, max: 9 }), "5 to 9");
  assert.equal(valueText({ unknown: "u", max: 9 }), "at most 9");
});

test("a long value says why it is not known", () => {
  assert.equal(longValueText({ unknown: "parameter Stage has no value" }), "unknown: parameter Stage has no value");
  assert.equal(longValueText({ unknown: "either branch", min: 1, max: 2 }), "1 to 2 (unknown: either branch)");
  assert.equal(longValueText(null), "none");
});

test("an account is named by alias, id, Region, and endpoint when it is not that of AWS", () => {
  assert.equal(accountPhrase(identity), "production (123456789012) · us-east-1");
  const { alias: _, ...unnamed } = identity;
  assert.equal(
    accountPhrase({ ...unnamed, endpoint: "http://127.0.0.1:4566" }),
    "123456789012 · us-east-1 · http://127.0.0.1:4566",
  );
});

test("text is shown by Markdown as it is", () => {
  assert.equal(plain("a_b *c* [d](e) <f>\n|g|"), "a\\_b \\*c\\* \\[d\\](e) \\<f\\> \\|g\\|");
});
