import assert from "node:assert/strict";
import { test } from "node:test";
import { openLocator } from "#cli/locate.ts";
import type { Sources } from "#core";

const uri = "file:///w/a.yaml";

function locator(text: string) {
  const sources: Sources = {
    get: () => assert.fail("only the text is needed"),
    text: () => ({ text }),
    list: () => [],
  };
  return openLocator(sources);
}

/** Line and character of the start of `part`. */
function startOf(text: string, part: string) {
  const start = text.indexOf(part);
  return locator(text).range({ uri, start, end: start + part.length }).start;
}

test("lines end with LF, CRLF or CR, as the language server protocol counts them", () => {
  const text = "a\nb\r\nc\rd";
  assert.deepEqual(
    ["a", "b", "c", "d"].map((part) => startOf(text, part)),
    [0, 1, 2, 3].map((line) => ({ line, character: 0 })),
  );
  assert.deepEqual(
    [0, 1, 2, 3].map((line) => locator(text).line(uri, line)),
    ["a", "b", "c", "d"],
  );
});

test("characters are UTF-16 code units", () => {
  assert.deepEqual(startOf("\u{1F600}x", "x"), { line: 0, character: 2 });
});

test("offsets outside the text are moved to its ends", () => {
  assert.deepEqual(locator("ab\n").range({ uri, start: -5, end: 99 }), {
    start: { line: 0, character: 0 },
    end: { line: 1, character: 0 },
  });
});

test("a line that is not there is empty", () => {
  assert.equal(locator("ab").line(uri, 7), "");
});
