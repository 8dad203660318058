import assert from "node:assert/strict";
import { test } from "node:test";
import { fixed, problemsOf, read } from "./support.ts";

/** A mistake, what is said about it, and the text after its fix. */
interface Case {
  readonly name: string;
  readonly text: string;
  readonly problems: readonly string[];
  readonly fixed?: string;
}

const cases: readonly Case[] = [
  {
    name: "an unknown key with one that is meant",
    text: "kep-unreserved: 5\n",
    problems: [
      "1 «kep-unreserved» Unknown key `kep-unreserved` in a pool. Did you mean `keep-unreserved`? → keep-unreserved",
    ],
    fixed: "keep-unreserved: 5\n",
  },
  {
    name: "a key in another spelling",
    text: "keepUnreserved: 5\nkill_groups:\n",
    problems: [
      "1 «keepUnreserved» Unknown key `keepUnreserved` in a pool. Did you mean `keep-unreserved`? → keep-unreserved",
      "2 «kill_groups» Unknown key `kill_groups` in a pool. Did you mean `kill-groups`? → kill-groups",
    ],
    fixed: "keep-unreserved: 5\nkill-groups:\n",
  },
  {
    name: "an unknown key that is like no other",
    text: "stacks:\n  - template: a.yaml\n    colour: red\n",
    problems: [
      "3 «colour» Unknown key `colour` in a stack. Known keys: template, name, config, parameters, instances.",
    ],
  },
  {
    name: "a word that is still being typed",
    text: "reservations:\n  a: 1\n  sv\n",
    problems: ["3 «sv» A colon is missing behind this key."],
  },
  {
    name: "an account without quotes",
    text: "account: 123456789012\n",
    problems: ['1 «123456789012» `account` must be 12 digits in quotes: "123456789012". → "123456789012"'],
    fixed: 'account: "123456789012"\n',
  },
  {
    name: "an account whose leading zero YAML would eat",
    text: "account: 012345670123 # audit\n",
    problems: ['1 «012345670123» `account` must be 12 digits in quotes: "012345670123". → "012345670123"'],
    fixed: 'account: "012345670123" # audit\n',
  },
  {
    name: "an account as the console shows it",
    text: "account: 1234-5678-9012\n",
    problems: ['1 «1234-5678-9012» `account` must be 12 digits in quotes: "123456789012". → "123456789012"'],
    fixed: 'account: "123456789012"\n',
  },
  {
    name: "an account with too few digits, or none",
    text: "account: 12345678901\n---\naccount: prod\n---\naccount:\n---\naccount: [1]\n",
    problems: [
      "1 «12345678901» `account` needs an account id of 12 digits in quotes, not `12345678901`.",
      "3 «prod» `account` needs an account id of 12 digits in quotes, not `prod`.",
      "5 «account» `account` needs an account id of 12 digits in quotes, not empty.",
      "7 «[1]» `account` needs an account id of 12 digits in quotes, not a list.",
    ],
  },
  {
    name: "a Region that is none",
    text: "region: Virginia\n",
    problems: ["1 «Virginia» `Virginia` is not the name of a Region. Write it as AWS does, e.g. us-east-1."],
  },
  {
    name: "a number in quotes",
    text: "limit: \"1000\"\nfloor: '100'\nkeep-unreserved: 1_500\n",
    problems: [
      '1 «"1000"» `limit` needs an integer, not the text "1000": write 1000. → 1000',
      "2 «'100'» `floor` needs an integer, not the text \"100\": write 100. → 100",
      "3 «1_500» `keep-unreserved` needs an integer, not `1_500`: write 1500. → 1500",
    ],
    fixed: "limit: 1000\nfloor: 100\nkeep-unreserved: 1500\n",
  },
  {
    name: "numbers out of bounds",
    text: "limit: 0\nfloor: -1\nkeep-unreserved: 1e12\nreservations: {a: -5, b: 1000000000000, c: 2147483647}\n",
    problems: [
      "1 «0» `limit` must be at least 1, not 0.",
      "2 «-1» `floor` must be at least 0, not -1.",
      "3 «1e12» `keep-unreserved` must be at most 2147483647, not 1e12.",
      "4 «-5» `a` must be at least 0, not -5.",
      "4 «1000000000000» `b` must be at most 2147483647, not 1000000000000.",
    ],
  },
  {
    name: "values that are no integers",
    text: "limit: 99.5\nfloor: [1]\nkeep-unreserved:\nreservations: {a: true, b: on, c: .inf, d: [1], e: , f: 2.5}\n",
    problems: [
      "1 «99.5» `limit` needs an integer, not 99.5.",
      "2 «[1]» `floor` needs an integer, not a list.",
      "3 «keep-unreserved» `keep-unreserved` is empty: write an integer.",
      "4 «true» `a` needs an integer or `off`, not `true`.",
      "4 «on» `b` needs an integer or `off`, not `on`.",
      "4 «.inf» `c` needs an integer or `off`, not .inf.",
      "4 «[1]» `d` needs an integer or `off`, not a list.",
      "4 «e» `e` is empty: write an integer or `off`.",
      "4 «2.5» `f` needs an integer or `off`, not 2.5.",
    ],
  },
  {
    name: "a text that is a number",
    text: "pool: 2024\nenvironment:\n",
    problems: [
      '1 «2024» `pool` needs a text; quote it: "2024". → "2024"',
      "2 «environment» `environment` needs a text.",
    ],
    fixed: 'pool: "2024"\nenvironment:\n',
  },
  {
    name: "keys that are written twice",
    text: "limit: 5\nreservations:\n  a: 1\n  b: 2\n  a: 3\nlimit: 6\n",
    problems: [
      "5 «a» `a` is written twice in `reservations`, first on line 3. Keep one of them.",
      "6 «limit» `limit` is written twice in a pool, first on line 1. Keep one of them.",
    ],
  },
  {
    name: "a document that is no mapping",
    text: "- pool: a\n---\njust text\n",
    problems: [
      "1 «- pool: a» A budget document must be a mapping with keys such as `limit`, `stacks` and `reservations`, not a list.",
      "3 «just text» A budget document must be a mapping with keys such as `limit`, `stacks` and `reservations`, not `just text`.",
    ],
  },
  {
    name: "sections of the wrong kind",
    text: "stacks: {template: a}\nreservations: [a]\ndownstreams: 5\nkill-groups: [a]\n",
    problems: [
      '1 «{template: a}» `stacks` must be a list of templates ("- template: …"), not a mapping.',
      "2 «[a]» `reservations` must be a mapping of functions to numbers, not a list.",
      "3 «5» `downstreams` must be a mapping of names to downstreams, not `5`.",
      "4 «[a]» `kill-groups` must be a mapping of names to lists of functions, not a list.",
    ],
  },
  {
    name: "stacks without a template",
    text: "stacks:\n  - name: a\n  - b.yaml\n  -\n  - template:\n",
    problems: [
      "1 «stacks» A stack needs a mapping with `template`, not empty.",
      "2 «name: a» A stack needs `template`: a path or glob, relative to this file.",
      "3 «b.yaml» A stack needs a mapping with `template`, not `b.yaml`.",
      "5 «template» `template` needs a text.",
    ],
  },
  {
    name: "one name for several instances",
    text: "stacks:\n  - {template: a, name: dev, instances: 4}\n  - {template: b, name: dev*, instances: 4}\n  - {template: c, instances: 4}\n",
    problems: ["2 «dev» 4 instances cannot all be called `dev`. List the names, or use a glob such as `dev-*`."],
  },
  {
    name: "names and instances that disagree",
    text: "stacks:\n  - {template: a, name: [x, y, x], instances: 3}\n  - {template: b, name: [v-*, w], instances: 5}\n",
    problems: [
      "2 «x» `x` is listed twice in `name`. Keep one of them.",
      "2 «3» `instances` is 3, but `name` lists 2. Make them agree, or leave `instances` out.",
    ],
  },
  {
    name: "instances out of bounds",
    text: "stacks:\n  - {template: a, instances: 0}\n  - {template: b, instances: 99999}\n  - {template: c, instances: two}\n",
    problems: [
      "2 «0» `instances` must be at least 1, not 0.",
      "3 «99999» `instances` must be at most 10000, not 99999.",
      "4 «two» `instances` needs an integer, not `two`.",
    ],
  },
  {
    name: "a stack name that is used twice",
    text: "stacks:\n  - {template: a, name: s}\n  - {template: b, name: s}\n  - {template: c, name: [t, s]}\n",
    problems: [
      "3 «s» The stack name `s` is already used on line 2. Each stack of an account and Region has its own name.",
      "4 «s» The stack name `s` is already used on line 2. Each stack of an account and Region has its own name.",
    ],
  },
  {
    name: "parameters of the wrong kind",
    text: "stacks:\n  - {template: a, parameters: [A=1]}\n  - {template: b, parameters: {A: {B: 1}}}\n  - {template: c, parameters: 5}\n",
    problems: [
      "2 «[A=1]» `parameters` must be a mapping of names to values or the path of a parameter file, not a list.",
      "3 «{B: 1}» The parameter `A` needs a text, number, boolean or list of them, not a mapping.",
      "4 «5» `parameters` must be a mapping of names to values or the path of a parameter file, not `5`.",
    ],
  },
  {
    name: "the long form of a reservation without its number",
    text: "reservations:\n  a: {reason: x}\n  b: {reserved: 5, owner: 7, note: x}\n",
    problems: [
      "2 «a» `a` needs `reserved`: a number, or `off`.",
      '3 «7» `owner` needs a text; quote it: "7". → "7"',
      "3 «note» Unknown key `note` in `b`. Known keys: reserved, reason, owner, max-cost-per-hour.",
    ],
    fixed: 'reservations:\n  a: {reason: x}\n  b: {reserved: 5, owner: "7", note: x}\n',
  },
  {
    name: "functions that cannot be",
    text: "reservations:\n  orders/: 5\n  /Fn: 5\n  a//b: 5\n",
    problems: [
      "2 «orders/» `orders/` names no function. Write a FunctionName or `stack/LogicalId`.",
      "3 «/Fn» `/Fn` names no function. Write a FunctionName or `stack/LogicalId`.",
      "4 «a//b» `a//b` names no function. Write a FunctionName or `stack/LogicalId`.",
    ],
  },
  {
    name: "downstreams that lack something",
    text: "downstreams:\n  a: 5\n  b: {capacity: 5}\n  c: {capacity: 5, per-execution: 0, functions: []}\n",
    problems: [
      "2 «5» The downstream `a` needs a mapping with `capacity` and `functions`.",
      "3 «b» The downstream `b` needs `functions`.",
      "4 «0» `per-execution` needs a number above 0, not `0`.",
      "4 «[]» `functions` needs at least one entry.",
    ],
  },
  {
    name: "kill groups that are no lists, or list a function twice",
    text: "kill-groups:\n  a: fn\n  b: [x, 5, x]\n",
    problems: [
      "2 «fn» `a` must be a list of functions, not `fn`.",
      '3 «5» `b` needs a text; quote it: "5". → "5"',
      "3 «x» `x` is listed twice in `b`. Keep one of them.",
    ],
    fixed: 'kill-groups:\n  a: fn\n  b: [x, "5", x]\n',
  },
  {
    name: "amounts of money that are none",
    text: 'max-cost-per-hour: 0\nreservations:\n  a: {reserved: 5, max-cost-per-hour: "8"}\n  b: {reserved: 5, max-cost-per-hour: -1}\n',
    problems: [
      "1 «0» `max-cost-per-hour` needs a number above 0, not `0`.",
      '3 «"8"» `max-cost-per-hour` needs a number above 0, not `8`.',
      "4 «-1» `max-cost-per-hour` needs a number above 0, not `-1`.",
    ],
  },
  {
    name: "a merge key, which YAML 1.2 does not have",
    text: "reservations:\n  <<: {a: 1}\n  b: 2\n",
    problems: ["2 «<<» Budget files are YAML 1.2, which has no merge key `<<`. Write the entries out."],
  },
];

for (const { name, text, problems, fixed: after } of cases) {
  test(`reports ${name}`, () => assert.deepEqual(problemsOf(text), problems));
  if (after !== undefined) test(`mends ${name}`, () => assert.equal(fixed(text), after));
}

test("what is right beside a mistake is still read", () => {
  const [pool] = read("limit: many\nfloor: 100\nreservations: {a: x, b: 2}\nstacks: [5, {template: t}]\n").pools;
  assert.equal(pool?.limit, undefined);
  assert.equal(pool?.floor?.value, 100);
  assert.deepEqual(
    pool?.reservations.map((grant) => grant.pattern),
    ["b"],
  );
  assert.deepEqual(
    pool?.stacks.map((stack) => stack.template.value),
    ["t"],
  );
});

test("digits without quotes are still the account", () => {
  assert.equal(read("account: 012345678901\n").pools[0]?.account?.value, "012345678901");
});

test("CRLF, a byte order mark and tabs behind values change nothing", () => {
  const { pools, problems } = read("\uFEFFlimit: 1000\t\r\nreservations:\r\n  fünf: 5 \r\n");
  assert.deepEqual(problems, []);
  assert.equal(pools[0]?.limit?.value, 1000);
  assert.deepEqual(
    pools[0]?.reservations.map(({ pattern, reserved }) => [pattern, reserved]),
    [["fünf", 5]],
  );
});

test("a mistake in the YAML is a problem at its place, and the rest is read", () => {
  const text = "limit: 1000\nreservations:\n  a: 5\n  b: [1, 2\nfloor: 50\n";
  const { pools, problems } = read(text);
  assert.notEqual(problems.length, 0);
  assert.equal(pools[0]?.limit?.value, 1000);
  assert.equal(pools[0]?.reservations[0]?.reserved, 5);
});

test("an alias stands for its value, at its own place", () => {
  const text = "limit: &n 100\nfloor: *n\n";
  const [pool] = read(text).pools;
  assert.equal(pool?.floor?.value, 100);
  assert.equal(text.slice(pool?.floor?.place.start, pool?.floor?.place.end), "*n");
});
