import assert from "node:assert/strict";
import { test } from "node:test";
import { matcherOf } from "#core/intrinsics/allowedPattern.ts";

/** Whether a pattern takes a whole text; undefined when the pattern is not known. */
function matchesPattern(pattern: string, text: string): boolean | undefined {
  return matcherOf(pattern)?.matches(text);
}

const known: readonly (readonly [pattern: string, matches: readonly string[], refuses: readonly string[]])[] = [
  ["[a-z]+", ["abc"], ["", "abc1", "Abc"]],
  ["^[0-9]{12}$", ["123456789012"], ["12345678901", "1234567890123"]],
  ["\\d{12}", ["123456789012"], ["a123456789012"]],
  ["^[0-9a-zA-Z_-]*", ["", "a_-"], ["a b"]],
  ["^(arn:aws[0-9a-zA-Z:/_-]*|)$", ["", "arn:aws:x"], ["arn:other"]],
  ["((production)|(build)|(dev.*))", ["production", "devices"], ["productions", "de"]],
  ["(100|[1-9]?[0-9])$", ["0", "42", "100"], ["101", "007"]],
  ["^(?:[a-zA-Z0-9]{3,32})?$", ["", "abc"], ["ab"]],
  ["^[a-zA-Z0-9_.-/]*$", ["a/b"], ["a:b"]],
  ["[A-Za-z0-9-_ .,]+", ["a-b_c ,"], ["a+b"]],
  ["[^\\s\\]]+", ["abc"], ["a b", "a]b"]],
  ["a{2,}?b", ["aab", "aaaab"], ["ab"]],
  [
    "^(([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])\\.){3}([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])(\\/(1[6-9]|2[0-8]))$",
    ["10.0.0.0/16"],
    ["10.0.0.0/8", "10.0.0.256/16"],
  ],
  ["(x*)*y", ["y", "xxy"], ["xx"]],
  ["a|b^c|$", ["a", ""], ["bc", "b"]],
  [".+", ["ä😀"], ["", "a\nb"]],
];

for (const [pattern, matches, refuses] of known) {
  test(`${pattern} takes ${JSON.stringify(matches)} and not ${JSON.stringify(refuses)}`, () => {
    assert.deepEqual(
      [...matches, ...refuses].map((text) => matchesPattern(pattern, text)),
      [...matches.map(() => true), ...refuses.map(() => false)],
    );
  });
}

test("what other engines read differently is not judged", () => {
  const patterns = [
    "(?=.*[a-z]).{8,}",
    "(?i)abc",
    "(?<name>a)",
    "(a)\\1",
    "a++",
    "a**",
    "[a-z&&[^b]]",
    "[a[bc]]",
    "[]a]",
    "\\p{Lower}+",
    "\\bword\\b",
    "\\Qa.b\\E",
    "a{5000}",
    "((a{100}){100}){100}",
    "(a",
    "a)",
    "[a",
    "[z-a]",
    "*a",
    "\\",
  ];
  for (const pattern of patterns) assert.equal(matchesPattern(pattern, "abc"), undefined, pattern);
});

test("patterns on which other engines try again and again are answered", () => {
  const text = `${"a".repeat(4_000)}!`;
  assert.equal(matchesPattern("(a+)+$", text), false);
  assert.equal(matchesPattern("(a|a)*", text), false);
  assert.equal(matchesPattern("(.*)*(.*)*(.*)*b", text), false);
});

test("random patterns and texts match as JavaScript matches them", () => {
  const random = randomFrom(7);
  const pick = (choices: readonly string[]) => choices[random(choices.length)] as string;
  const atom = (depth: number): string =>
    random(4) > 0 || depth === 0
      ? pick(["a", "b", "c", ".", "\\d", "\\w", "[ab]", "[^a]", "[a-c1]", "\\.", "^", "$"])
      : `${pick(["(", "(?:"])}${alternatives(depth - 1)})`;
  const repeated = (depth: number) => atom(depth) + pick(["", "", "", "*", "+", "?", "{2}", "{1,3}", "{0,}", "*?"]);
  const sequence = (depth: number) => Array.from({ length: random(4) }, () => repeated(depth)).join("");
  const alternatives = (depth: number): string =>
    Array.from({ length: 1 + random(3) }, () => sequence(depth)).join("|");
  let judged = 0;
  for (let i = 0; i < 2_000; i++) {
    const pattern = alternatives(2).replace(/[$^](?:[*+?]\??|\{[^}]*\})/g, "");
    const expected = new RegExp(`^(?:${pattern})$`);
    for (let j = 0; j < 5; j++) {
      const text = Array.from({ length: random(7) }, () => pick(["a", "b", "c", "1", "."])).join("");
      const found = matchesPattern(pattern, text);
      if (found !== undefined) judged++;
      assert.equal(found ?? expected.test(text), expected.test(text), `${pattern} on ${text}`);
    }
  }
  assert.equal(judged, 10_000);
});

function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}
