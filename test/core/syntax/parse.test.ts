import assert from "node:assert/strict";
import { test } from "node:test";
import { deref } from "#core/syntax/lookup.ts";
import type { Dialect, Node } from "#core/syntax/nodes.ts";
import { parse } from "#core/syntax/parse.ts";

/** A tree as plain data: tags as `{tag: value}`, pairs in order, anchors followed. */
function plain(node: Node | undefined): unknown {
  const target = deref(node);
  if (!target) return undefined;
  const value =
    target.kind === "scalar"
      ? target.value
      : target.kind === "seq"
        ? target.items.map(plain)
        : target.written.map((pair) => [plain(pair.key), plain(pair.value)]);
  return target.tag === undefined ? value : { [target.tag]: value };
}

function read(text: string, dialect: Dialect = "template"): unknown {
  const tree = parse(text, dialect);
  assert.deepEqual(tree.problems, []);
  return plain(tree.documents[0]?.root);
}

/** What is still read, and what is said, of a text with mistakes. */
function mistakes(text: string): { value: unknown; said: string[] } {
  const tree = parse(text, "template");
  return {
    value: plain(tree.documents[0]?.root),
    said: tree.problems.map((p) => `${text.slice(0, p.start).split("\n").length}: ${p.message}`),
  };
}

test("plain scalars of templates mean what PyYAML makes of them", () => {
  const meanings: [string, unknown][] = [
    ["5", 5],
    ["-3", -3],
    ["+7", 7],
    ["1_000", 1000],
    ["010", 8],
    ["0o10", "0o10"],
    ["08", "08"],
    ["0x1F", 31],
    ["0b101", 5],
    ["1:30", 90],
    ["1e3", "1e3"],
    ["1.5e+3", 1500],
    ["1.", 1],
    [".5", 0.5],
    ["yes", true],
    ["Off", false],
    ["y", "y"],
    ["N", "N"],
    ["~", null],
    ["Null", null],
    ["nUll", "nUll"],
    [".inf", Number.POSITIVE_INFINITY],
    ["2010-09-09", "2010-09-09"],
    [".", "."],
    ["1.2.3", "1.2.3"],
  ];
  for (const [text, value] of meanings) assert.deepEqual(read(`a: ${text}`), [["a", value]], text);
});

test("plain scalars of budget files follow the YAML 1.2 core schema", () => {
  const meanings: [string, unknown][] = [
    ["010", 10],
    ["0o10", 8],
    ["0x1F", 31],
    ["off", "off"],
    ["yes", "yes"],
    ["false", false],
    ["1e3", 1000],
    ["1_000", "1_000"],
    ["1:30", "1:30"],
  ];
  for (const [text, value] of meanings) assert.deepEqual(read(`a: ${text}`, "budget"), [["a", value]], text);
});

test("a tagged scalar is its text, except under the core tags", () => {
  assert.deepEqual(read("a: !Sub 5\nb: !!int '5'\nc: !!str 5\nd: ! x\n"), [
    ["a", { "!Sub": "5" }],
    ["b", { "!!int": 5 }],
    ["c", { "!!str": "5" }],
    ["d", "x"],
  ]);
});

test("short tags stand before scalars, lists, mappings, block text and on lines of their own", () => {
  const text = "a: !If [c, !Ref p, 1]\nb: !Sub\n- x\n- k: v\nc: !Join\n  - ','\n  - [d]\ne: !Sub |\n  t\nf: !Ref\n";
  assert.deepEqual(read(text), [
    ["a", { "!If": ["c", { "!Ref": "p" }, 1] }],
    ["b", { "!Sub": ["x", [["k", "v"]]] }],
    ["c", { "!Join": [",", ["d"]] }],
    ["e", { "!Sub": "t\n" }],
    ["f", { "!Ref": "" }],
  ]);
});

test("block scalars keep, fold, strip and keep breaks as YAML says", () => {
  const text =
    "a: |\n  x\n   y\n\n  z\n\nb: >-\n  p\n  q\n\n  r\n    s\n  t\nc: |+\n  k\n\nd: |2\n    i\ne: >\n  end\n";
  assert.deepEqual(read(text), [
    ["a", "x\n y\n\nz\n"],
    ["b", "p q\nr\n  s\nt"],
    ["c", "k\n\n"],
    ["d", "  i\n"],
    ["e", "end\n"],
  ]);
});

test("quoted scalars unescape and fold", () => {
  const text = 'a: "x\\ty\\u00e9\\\n   z"\nb: \'it\'\'s\n  two\n\n  lines\'\nc: "\\x41\\/"\n"k": 1\n';
  assert.deepEqual(read(text), [
    ["a", "x\tyéz"],
    ["b", "it's two\nlines"],
    ["c", "A/"],
    ["k", 1],
  ]);
});

test("aliases stand for their anchors, also as keys and in merges", () => {
  assert.deepEqual(read("a: &x {r: 1}\nb: *x\nc:\n  <<: *x\n"), [
    ["a", [["r", 1]]],
    ["b", [["r", 1]]],
    ["c", [["<<", [["r", 1]]]]],
  ]);
});

test("JSON is read with its own numbers, tabs and escapes", () => {
  assert.deepEqual(read('{\n\t"a": 1e3, "b": "\\ud83d\\ude00", "c": [true, null, -0.5]\n}'), [
    ["a", 1000],
    ["b", "😀"],
    ["c", [true, null, -0.5]],
  ]);
});

test("a byte order mark, CRLF, comments, document markers and directives are no content", () => {
  assert.deepEqual(read("\ufeff%YAML 1.1\r\n--- # one\r\na: 1 # two\r\n# three\r\nb: 'x#y' \r\n...\r\n"), [
    ["a", 1],
    ["b", "x#y"],
  ]);
});

test("every document of a stream is read", () => {
  const tree = parse("a: 1\n---\nb: 2\n---\n# nothing\n--- c\n", "budget");
  assert.deepEqual(
    tree.documents.map((document) => plain(document.root)),
    [[["a", 1]], [["b", 2]], undefined, "c"],
  );
});

test("a key that is being typed keeps what stands around it", () => {
  assert.deepEqual(mistakes("R:\n  A:\n    Type: X\n    Reser\n    B: 1\n  C: 2\n"), {
    value: [
      [
        "R",
        [
          [
            "A",
            [
              ["Type", "X"],
              ["Reser", null],
              ["B", 1],
            ],
          ],
          ["C", 2],
        ],
      ],
    ],
    said: ["4: A colon is missing behind this key."],
  });
});

test("a quote that is being typed ends with its line", () => {
  assert.deepEqual(mistakes('a:\n  b: "x\n  c: "y"\nd: \'z\ne: 1\n'), {
    value: [
      [
        "a",
        [
          ["b", "x"],
          ["c", "y"],
        ],
      ],
      ["d", "z"],
      ["e", 1],
    ],
    said: ["2: This double quote is not closed.", "4: This single quote is not closed."],
  });
});

test("a bracket that is being typed ends where the block goes on", () => {
  assert.deepEqual(mistakes("a:\n  b: [1, {c: 2\n  d: 3\ne: 4\n"), {
    value: [
      [
        "a",
        [
          ["b", [1, [["c", 2]]]],
          ["d", 3],
        ],
      ],
      ["e", 4],
    ],
    said: ['2: This "{" is not closed.', '2: This "[" is not closed.'],
  });
});

test("half-typed JSON keeps its complete entries", () => {
  assert.deepEqual(mistakes('{"a": {"b": 1 "c": 2, "d": "x\n}, "e": 3}').value, [
    [
      "a",
      [
        ["b", 1],
        ["c", 2],
        ["d", "x"],
      ],
    ],
    ["e", 3],
  ]);
});

test("a comma with nothing before it is said, one at the end is not", () => {
  assert.deepEqual(mistakes('{"a": 1,, "b": [, 2, ], }'), {
    value: [
      ["a", 1],
      ["b", [2]],
    ],
    said: ["1: Nothing stands before this comma; remove it.", "1: Nothing stands before this comma; remove it."],
  });
});

test("wrongly indented lines and tabs are said and still read", () => {
  assert.deepEqual(mistakes("a:\n    b: 1\n  c: 2\nd:\n\te: 3\n"), {
    value: [
      [
        "a",
        [
          ["b", 1],
          ["c", 2],
        ],
      ],
      ["d", [["e", 3]]],
    ],
    said: [
      "3: This line is indented differently from the lines it belongs with.",
      "5: A tab cannot be used for indentation; use spaces.",
    ],
  });
});

test("an alias to nothing is said", () => {
  assert.deepEqual(mistakes("a: *x\n"), {
    value: [["a", undefined]],
    said: ["1: No anchor &x stands before this alias."],
  });
});

test("hostile texts end, with problems inside the text", { timeout: 30_000 }, () => {
  const hostile = [
    "[".repeat(100_000),
    '{"a":'.repeat(50_000),
    Array.from({ length: 1000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"),
    "- ".repeat(100_000),
    "? ".repeat(50_000),
    '"'.repeat(100_001),
    "'".repeat(100_001),
    "a: &a [*a]\nb: *a",
    "x: ".repeat(100_000),
    "a: [\n".repeat(3000),
    'a: "\n'.repeat(3001),
    'a: "\\"\n'.repeat(3001),
    "!a ".repeat(100_000),
    "a\n".repeat(100_000),
    `${"\t".repeat(100_000)}a`,
    `a: |\n${" \n".repeat(100_000)}`,
    "&a\n".repeat(50_000),
    ": ".repeat(100_000),
    "a:\n  - b\n - c\n- d\n",
    "\u0000\u0001\ud800",
  ];
  for (const text of hostile) {
    const { problems } = parse(text, "template");
    for (const { start, end } of problems) assert.ok(0 <= start && start <= end && end <= text.length);
  }
});
