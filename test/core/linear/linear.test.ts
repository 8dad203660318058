import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MemoryFiles, uriOf } from "#support/memoryFiles.ts";
import { StepCounter } from "#support/steps.ts";
import { type Files, places, structures, tokens } from "./subjects.ts";

const counter = new StepCounter();
const { Workspace } = await import("#core");

/** Steps of analysing the files as the command line would. */
function stepsOf(files: Files): number {
  const budgets = Object.keys(files).filter((name) => name.includes("budget"));
  const templates = budgets.length > 0 ? [] : ["t.yaml"];
  return counter.count(() =>
    new Workspace(new MemoryFiles(files)).analyse({
      budgets: budgets.map(uriOf),
      templates: templates.map(uriOf),
      options: {},
    }),
  );
}

/** Twice the input takes twice the steps; sorting and searching add a little. */
const MOST = 2.5;

/**
 * How many times the steps of `size` twice the size takes. What only begins at some size, such as a bound of depth that is
 * reached or reading again in recovery, fades with more of it; what grows faster than the text does not.
 */
function growth(make: (size: number) => Files, size: number): number {
  const factorAt = (from: number) => stepsOf(make(2 * from)) / stepsOf(make(from));
  const factor = factorAt(size);
  return factor <= MOST ? factor : Math.min(factor, factorAt(8 * size), factorAt(32 * size));
}

function repeated(place: (text: string) => Files, unit: string): (size: number) => Files {
  return (size) => place(unit.repeat(Math.ceil(size / unit.length)));
}

test("steps are counted: of one loop as of a search and a copy", () => {
  const text = "x".repeat(5000);
  assert.ok(counter.count(() => text.includes("y")) >= 5000);
  assert.ok(counter.count(() => /y/.test(text)) >= 5000);
  assert.ok(counter.count(() => [...Array(5000).keys()].length) >= 5000);
  assert.ok(counter.count(() => [].length) < 50);
});

test("every token, repeated at every place, takes steps in proportion to the text", () => {
  const grown: string[] = [];
  for (const [where, place] of Object.entries(places)) {
    for (const token of tokens) {
      const factor = growth(repeated(place, token), 1000);
      if (factor > MOST) grown.push(`${where}: ${JSON.stringify(token)} ${factor.toFixed(2)}`);
    }
  }
  assert.deepEqual(grown, []);
});

test("tokens in any order, repeated at any place, take steps in proportion to the text", () => {
  const unit = fc.array(fc.constantFrom(...tokens), { minLength: 2, maxLength: 4 }).map((some) => some.join(""));
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(places)), unit, (where, repeatedUnit) => {
      const factor = growth(repeated(places[where] as (text: string) => Files, repeatedUnit), 1000);
      assert.ok(factor <= MOST, `${where}: ${JSON.stringify(repeatedUnit)} ${factor.toFixed(2)}`);
    }),
    {
      numRuns: 300,
      examples: [
        ["JSON", "|\n{a: "],
        ["a key", "&a '\n%TAG ! x\n"],
      ],
    },
  );
});

test("many parts that mean each other take steps in proportion to their number", () => {
  const grown = Object.entries(structures).flatMap(([what, make]) => {
    const factor = growth(make, 300);
    return factor > MOST ? [`${what}: ${factor.toFixed(2)}`] : [];
  });
  assert.deepEqual(grown, []);
});
