import assert from "node:assert/strict";
import { test } from "node:test";
import { code, plain } from "#core/features/markdown.ts";

const shownAsIs: readonly (readonly [text: string, markdown: string])[] = [
  ["![p](https://x.test/p.png)", "\\!\\[p\\](https\\://x.test/p.png)"],
  ["<img src=x> &amp;", "\\<img src=x\\> \\&amp;"],
  ["see https://x.test or www.x.test, a@x.test", "see https\\://x.test or www\\.x.test, a\\@x.test"],
  ["# one", "\\# one"],
  ["- one", "\\- one"],
  ["1. one", "1\\. one"],
  ["a\n\n# b", "a # b"],
  ["orders-prod 1.5 (eu)", "orders-prod 1.5 (eu)"],
  ["a|b $x$ ~c~ \\d", "a\\|b \\$x\\$ \\~c\\~ \\\\d"],
];

for (const [text, markdown] of shownAsIs) {
  test(`Markdown shows ${JSON.stringify(text)} as it is`, () => assert.equal(plain(text), markdown));
}

const inCode: readonly (readonly [text: string, markdown: string])[] = [
  ["Fn", "`Fn`"],
  ["a\nb", "`a b`"],
  ["a`b", "`` a`b ``"],
  ["``![p](https://x.test/p.png)``", "``` ``![p](https://x.test/p.png)`` ```"],
  ["", ""],
];

for (const [text, markdown] of inCode) {
  test(`code of ${JSON.stringify(text)} ends where the text ends`, () => assert.equal(code(text), markdown));
}
