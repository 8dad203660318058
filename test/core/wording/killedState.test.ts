import assert from "node:assert/strict";
import { test } from "node:test";
import { namesText, stateText } from "#core";
import { state } from "../../client/kills/support.ts";

test("words for states and lists of names", () => {
  assert.equal(
    stateText(
      state({
        reserved: null,
        provisioned: [{ qualifier: "1", requested: 5 }],
        mappings: [{ uuid: "a" }, { uuid: "b" }],
      }),
    ),
    "no reservation, provisioned 5 on version 1, 2 event source mappings",
  );
  assert.equal(namesText(["a", "b", "c"]), "a, b and c");
  assert.equal(namesText(["a", "b", "c", "d", "e"]), "a, b and 3 more");
  assert.equal(namesText([]), "");
});
