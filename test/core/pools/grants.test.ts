import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import type { Grant, Stack } from "#core";
import { isWildcard, matchesWildcard } from "#core/patterns/wildcard.ts";
import { GrantFinder, matchesGrant } from "#core/pools/grants.ts";
import { declared } from "../ledger/declared.ts";
import { analyse, onlyPool, template } from "./analyse.ts";

const poolOf = (reservations: string, functions: Parameters<typeof template>[0], stack = "name: orders") =>
  onlyPool(
    analyse({
      "concurrency-budget.yaml": `limit: 1000\nfloor: 100\nstacks:\n  - template: t.yaml\n    ${stack}\nreservations:\n${reservations}`,
      "t.yaml": template(functions, "Parameters: { Stage: { Type: String } }\n"),
    }),
  );

const granted = (pool: ReturnType<typeof poolOf>) =>
  pool.claims.map(({ key, grant }) => [key.split("/").at(-1), grant?.pattern]);

test("an entry means a function by its FunctionName or by stack/LogicalId", () => {
  const pool = poolOf("  thumbnails: 5\n  orders/Ingest: 6\n", {
    Thumbs: "FunctionName: thumbnails, ReservedConcurrentExecutions: 1",
    Ingest: 2,
    Other: 3,
  });
  assert.deepEqual(granted(pool), [
    ["Thumbs", "thumbnails"],
    ["Ingest", "orders/Ingest"],
    ["Other", undefined],
  ]);
  assert.deepEqual([pool.granted, pool.ledger.claimed, pool.onlyBudgeted], [11, 6, []]);
});

test("an exact entry beats a pattern and a longer pattern a shorter one, wherever they stand", () => {
  const pool = poolOf('  "*": 1\n  "orders/I*": 2\n  "orders/In*": 3\n  "orders/Ingest": 4\n', {
    Ingest: 1,
    Index: 1,
    Import: 1,
    Other: 1,
  });
  assert.deepEqual(granted(pool), [
    ["Ingest", "orders/Ingest"],
    ["Index", "orders/In*"],
    ["Import", "orders/I*"],
    ["Other", "*"],
  ]);
});

test("a pattern grants each function and each instance its number", () => {
  const pool = poolOf('  "dev*/*": 10\n', { A: 1, B: 2 }, 'name: "dev*"\n    instances: 3');
  assert.equal(pool.granted, 60);
});

test("an exact entry that no template declares counts with its grant, a pattern that matches nothing does not", () => {
  const pool = poolOf('  elsewhere: 50\n  orders/Gone: 7\n  "nothing-*": 900\n', { A: 1 });
  assert.deepEqual(
    pool.onlyBudgeted.map(({ grant, instances, claim }) => [grant.pattern, claim.min, instances]),
    [
      ["elsewhere", 50, 1],
      ["orders/Gone", 7, 1],
    ],
  );
  assert.deepEqual([pool.ledger.claimed, pool.granted], [58, 57]);
});

test("what is only budgeted for a stack counts once per copy of the stack", () => {
  const pool = poolOf('  "dev*/Gone": 7\n  dev/Gone: 7\n', { A: 1 }, "name: dev\n    instances: 4");
  assert.deepEqual(
    pool.onlyBudgeted.map(({ grant, instances }) => [grant.pattern, instances]),
    [["dev/Gone", 4]],
  );
});

test("a declared function counts what it declares, not what it is granted", () => {
  const pool = poolOf("  orders/A: 50\n  orders/B: 60\n", { A: "Description: none", B: 20 });
  assert.deepEqual([pool.ledger.claimed, pool.granted], [20, 110]);
});

test("off grants 0", () => {
  const pool = poolOf("  orders/A: off\n", { A: 0 });
  assert.deepEqual([pool.claims[0]?.grant?.off, pool.claims[0]?.grant?.reserved, pool.ledger.claimed], [true, 0, 0]);
});

test("a name that is not known matches no entry but *, and an entry for a name may or may not be that function", () => {
  const functions = { A: `FunctionName: !Sub "\${Stage}-thumbnails", ReservedConcurrentExecutions: 5` };
  const pool = poolOf("  prod-thumbnails: 30\n", functions);
  assert.deepEqual(granted(pool), [["A", undefined]]);
  assert.deepEqual(pool.ledger.claimed, {
    unknown: "the FunctionName of orders/A is not known and may be prod-thumbnails",
    min: 5,
    max: 35,
  });
  assert.deepEqual(granted(poolOf('  "*": 9\n', functions)), [["A", "*"]]);
  assert.deepEqual(granted(poolOf('  "*-thumbnails": 9\n', functions)), [["A", undefined]]);
});

test("a name that CloudFormation invents is matched by * alone", () => {
  assert.deepEqual(granted(poolOf('  "o*": 9\n', { A: 1 })), [["A", undefined]]);
  assert.deepEqual(granted(poolOf('  "*": 9\n', { A: 1 })), [["A", "*"]]);
});

test("an entry for one copy of a stack that is named by a pattern makes that copy a stack of its own", () => {
  const copies = (reservations: string, name = 'name: "dev*"\n    instances: 3') => {
    const pool = poolOf(reservations, { A: 1 }, name);
    return [
      pool.claims.map(({ key, instances, grant }) => [key, instances, grant?.reserved]),
      pool.onlyBudgeted.map(({ grant }) => grant.pattern),
    ];
  };
  assert.deepEqual(copies("  dev2/A: 9\n"), [
    [
      ["dev2/A", 1, 9],
      ["dev*/A", 2, undefined],
    ],
    [],
  ]);
  assert.deepEqual(copies('  dev2/A: 9\n  dev1/B: 4\n  "dev*/A": 5\n'), [
    [
      ["dev2/A", 1, 9],
      ["dev1/A", 1, 5],
      ["dev*/A", 1, 5],
    ],
    ["dev1/B"],
  ]);
  assert.deepEqual(copies("  dev1/A: 7\n  dev2/A: 8\n  dev3/A: 9\n", 'name: "dev*"\n    instances: 2'), [
    [
      ["dev1/A", 1, 7],
      ["dev2/A", 1, 8],
    ],
    ["dev3/A"],
  ]);
});

test("a copy that has an entry of its own under stacks is not taken out of a pattern as well", () => {
  const pool = onlyPool(
    analyse({
      "concurrency-budget.yaml":
        'stacks: [{ template: t.yaml, name: dev1 }, { template: t.yaml, name: "dev*", instances: 2 }]\nreservations: { dev1/A: 9, "dev*/A": 5 }\n',
      "t.yaml": template({ A: 1 }),
    }),
  );
  assert.deepEqual(
    pool.claims.map(({ key, instances, grant }) => [key, instances, grant?.reserved]),
    [
      ["dev1/A", 1, 9],
      ["dev*/A", 2, 5],
    ],
  );
});

test("a pattern for a stack also means what is nested in it", () => {
  const pool = onlyPool(
    analyse({
      "concurrency-budget.yaml":
        'stacks:\n  - { template: t.yaml, name: orders }\nreservations: { "orders/*": 5, orders/Child/Inner: 6 }\n',
      "t.yaml":
        template({ A: 1 }) +
        "  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: ./child.yaml }\n",
      "child.yaml": template({ Inner: 2, Other: 3 }),
    }),
  );
  assert.deepEqual(granted(pool), [
    ["A", "orders/*"],
    ["Inner", "orders/Child/Inner"],
    ["Other", "orders/*"],
  ]);
});

test("an entry for a function outside the pool counts nothing, also when it is nested", () => {
  const managed =
    "CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: arn } }";
  const pool = onlyPool(
    analyse({
      "concurrency-budget.yaml":
        "stacks:\n  - { template: t.yaml, name: orders }\nreservations: { orders/Child/Inner: 6 }\n",
      "t.yaml": `${template({ A: 1 })}  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: ./child.yaml }\n`,
      "child.yaml": template({ Inner: managed }),
    }),
  );
  assert.deepEqual(
    [pool.outside.map(({ key }) => key), pool.onlyBudgeted, pool.ledger.claimed],
    [["orders/Child/Inner"], [], 1],
  );
});

test("* stands for any characters, everything else for itself", () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ["*", "", true],
    ["a*", "a", true],
    ["a*c", "abbc", true],
    ["a*c", "abbcd", false],
    ["*a*b*", "xxaxxbxx", true],
    ["*a*b*", "xxbxxaxx", false],
    ["a?c", "abc", false],
    ["[ab]", "a", false],
    ["", "", true],
    ["", "a", false],
    ["orders/*", "orders/Child/Fn", true],
  ];
  for (const [pattern, text, expected] of cases)
    assert.equal(matchesWildcard(pattern, text), expected, `${pattern} ${text}`);
  assert.deepEqual([isWildcard("a*"), isWildcard("a?")], [true, false]);
});

test("the pattern that is found is the longest of those that match, as comparing with each of them says", () => {
  const pieces = fc.array(fc.constantFrom("*", "a", "b", "s/", "/"), { minLength: 1, maxLength: 6 });
  const patterns = fc.uniqueArray(
    pieces.map((parts) => parts.join("")),
    { maxLength: 12 },
  );
  const name = fc.array(fc.constantFrom("a", "b"), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(patterns, name, name, fc.constantFrom("s", "s*", "a"), (all, id, functionName, stackName) => {
      const stack = { name: stackName } as Stack;
      const named = { function: declared(id, 1, { name: functionName }), stack, key: `${stackName}/${id}` };
      const grants = all.map((pattern) => ({ pattern }) as Grant);
      const rank = ({ pattern }: Grant) => (isWildcard(pattern) ? pattern.length : Number.POSITIVE_INFINITY);
      const matching = grants.filter(({ pattern }) => matchesGrant(pattern, named));
      const found = new GrantFinder(grants).find(named);
      assert.equal(found === undefined, matching.length === 0);
      assert.equal(found && rank(found), matching.length === 0 ? undefined : Math.max(...matching.map(rank)));
      assert.ok(!found || matching.includes(found));
    }),
    { numRuns: 1000 },
  );
});

test("a pattern of many stars ends", () => {
  assert.equal(matchesWildcard(`${"*a".repeat(1000)}b`, "a".repeat(10_000)), false);
});
