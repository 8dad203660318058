import assert from "node:assert/strict";
import { test } from "node:test";
import { suppressionsOf } from "#core/rules/suppressions.ts";
import { parse } from "#core/syntax/parse.ts";

function read(text: string) {
  const found = suppressionsOf({ uri: "file:///a.yaml", text, tree: parse(text, "template"), kind: "cloudformation" });
  return found.map(({ rule, reason, place, covers }) => ({
    rule,
    reason,
    at: text.slice(place.start, place.end),
    covers: covers.map(({ start, end }) => text.slice(start, end)),
  }));
}

test("a comment behind a value covers its line", () => {
  assert.deepEqual(read("a: 1\nb: 2 # lambda-concurrency-ignore reserved-zero: why\nc: 3\n"), [
    {
      rule: "reserved-zero",
      reason: "why",
      at: "reserved-zero",
      covers: ["b: 2 # lambda-concurrency-ignore reserved-zero: why"],
    },
  ]);
});

test("a comment that stands alone covers the next line that is no comment", () => {
  const [found] = read("# lambda-concurrency-ignore reserved-zero: why\n# more\nb: 2\nc: 3\n");
  assert.deepEqual(found?.covers, ["# lambda-concurrency-ignore reserved-zero: why", "b: 2"]);
});

test("a comment above a key whose value stands below it covers both lines, also with CRLF and a comment behind the key", () => {
  const [found] = read("# lambda-concurrency-ignore reserved-zero: why\r\nb: # see below\r\n  Ref: X\r\nc: 3\r\n");
  assert.deepEqual(
    found?.covers.map((line) => line.trim()),
    ["# lambda-concurrency-ignore reserved-zero: why", "b: # see below", "Ref: X"],
  );
  assert.equal(found?.reason, "why");
});

test("several rules are separated by commas, and a reason may hold colons and commas", () => {
  const found = read("a: 1 # lambda-concurrency-ignore reserved-zero , over-budget: see: x, y\n");
  assert.deepEqual(
    found.map(({ rule, reason, at }) => [rule, reason, at]),
    [
      ["reserved-zero", "see: x, y", "reserved-zero"],
      ["over-budget", "see: x, y", "over-budget"],
    ],
  );
});

test("a missing colon and a missing reason are forgiven", () => {
  const found = read(
    "a: 1 # lambda-concurrency-ignore reserved-zero until Monday\nb: 2 # lambda-concurrency-ignore over-budget\n",
  );
  assert.deepEqual(
    found.map(({ rule, reason }) => [rule, reason]),
    [
      ["reserved-zero", "until Monday"],
      ["over-budget", ""],
    ],
  );
});

test("a comment without a rule is kept, so that it can be reported", () => {
  assert.deepEqual(
    read("a: 1 # lambda-concurrency-ignore\nb: 2 # lambda-concurrency-ignore : why\n").map(({ rule, reason }) => [
      rule,
      reason,
    ]),
    [
      ["", ""],
      ["", "why"],
    ],
  );
});

test("other comments and words in values are no suppressions", () => {
  assert.deepEqual(
    read("# lambda-concurrency-ignored x\na: lambda-concurrency-ignore\n# see lambda-concurrency-ignore\n"),
    [],
  );
});

test("metadata takes one rule, a list, or a mapping to reasons, and covers its resource", () => {
  const resource = (ignore: string) =>
    read(`{"Resources": {"A": {"Metadata": {"LambdaConcurrency": {"ignore": ${ignore}}}}, "B": {}}}`).map(
      ({ rule, reason, covers }) => [
        rule,
        reason,
        covers.length,
        covers[0]?.startsWith('"A"'),
        covers[0]?.includes('"B"'),
      ],
    );
  assert.deepEqual(resource('"reserved-zero"'), [["reserved-zero", "", 1, true, false]]);
  assert.deepEqual(resource('["a", "b"]'), [
    ["a", "", 1, true, false],
    ["b", "", 1, true, false],
  ]);
  assert.deepEqual(resource('{"a": "why"}'), [["a", "why", 1, true, false]]);
  assert.deepEqual(resource("{}"), []);
});

test("metadata takes a reason behind the rule as a comment does, and a list of mappings", () => {
  const ignored = (ignore: string) =>
    read(`Resources: {A: {Metadata: {LambdaConcurrency: {ignore: ${ignore}}}}}`).map(({ rule, reason, at }) => [
      rule,
      reason,
      at,
    ]);
  assert.deepEqual(ignored('"reserved-zero: see: x"'), [["reserved-zero", "see: x", '"reserved-zero: see: x"']]);
  assert.deepEqual(ignored('["a: why", b]'), [
    ["a", "why", '"a: why"'],
    ["b", "", "b"],
  ]);
  assert.deepEqual(ignored("[{a: why}, {rule: b, reason: since}]"), [
    ["a", "why", "{a: why}"],
    ["b", "since", "{rule: b, reason: since}"],
  ]);
});
