import assert from "node:assert/strict";
import { test } from "node:test";
import { parseTag } from "#core";

test("a tag is a key with a value, or a key alone", () => {
  const missing = "Write the key of the tag before the “=”: KEY=VALUE.";
  const cases = [
    ["team=shop", { key: "team", value: "shop" }],
    [" team = shop ", { key: "team", value: "shop" }],
    ["team=", { key: "team", value: "" }],
    ["team", { key: "team" }],
    ["a=b=c", { key: "a", value: "b=c" }],
    ["aws:cloudformation:stack-name=shop", { key: "aws:cloudformation:stack-name", value: "shop" }],
    ["=shop", missing],
    ["", missing],
    [" ", missing],
  ] as const;
  for (const [text, tag] of cases) assert.deepEqual(parseTag(text), tag, text);
});
