import assert from "node:assert/strict";
import { test } from "node:test";
import { environmentsOf, poolViews, Workspace, whyProduction } from "#core";
import { MemoryFiles, uriOf } from "#support/memoryFiles.ts";

const identity = { account: "123456789012", alias: "shop", region: "us-east-1" };
const budget = "concurrency-budget.yaml";

/** What the command line and what the editor make of a budget. */
function askedOf(text: string): readonly (string | undefined)[] {
  const sources = new Workspace(new MemoryFiles({ [budget]: text }));
  const analysis = sources.analyse({ budgets: [uriOf(budget)], templates: [], options: {} });
  const views = poolViews({ sources, analysis, options: {} });
  return [whyProduction(identity, environmentsOf(analysis)), whyProduction(identity, views)];
}

const calls = (environment: string, pool = "pool 1") =>
  `The budget of pool ${pool} calls this account and Region ${environment}.`;
const unread = (pool = "pool 1") =>
  `The budget of pool ${pool} cannot be read completely, so this account counts as production.`;

const table: readonly (readonly [string, string | undefined])[] = [
  ["environment: production", calls("production")],
  ["environment: Prod", calls("Prod")],
  ["environment: 'prod '", calls("prod")],
  ["environment: &a !!str PRODUCTION # care", calls("PRODUCTION")],
  ['environment: "prod\\u0075ction"', calls("production")],
  ["environment: staging", undefined],
  ["environment: prd", undefined],
  ["environment: preproduction", undefined],
  ["pool: production", undefined],
  ["pool: shop\nenvironment: production\naccount: '123456789012'\nregion: us-east-1", calls("production", "shop")],
  ["pool: shop\nenvironment: production\naccount: 123456789012\nregion: US-EAST-1", calls("production", "shop")],
  ["environment: production\naccount: '210987654321'", undefined],
  ["environment: production\nregion: eu-west-1", undefined],
  ["environment: staging\n---\nenvironment: production", calls("production", "pool 2")],
  ["environment: [production]", unread()],
  ["environment: {a: 1}", unread()],
  ["enviroment: production", unread()],
  ["environment: staging\nreservations: {a: 100", unread()],
  ["reservations: {a: 1}\n  bad: [\nenvironment: production\n", calls("production")],
  ["environment: [production]\naccount: '210987654321'", undefined],
  ["# nothing yet", undefined],
];

for (const [text, expected] of table) {
  test(`a budget with ${JSON.stringify(text)} makes the account ${expected ? "" : "not "}production, in both`, () => {
    assert.deepEqual(askedOf(`${text}\n`), [expected, expected]);
  });
}

test("a budget file that cannot be read, or is no budget, counts as production", () => {
  const says = "What the budget files say of this account could not be read, so it counts as production.";
  for (const files of [{}, { [budget]: "- environment: production\n" }] as const) {
    const sources = new Workspace(new MemoryFiles(files));
    const analysis = sources.analyse({ budgets: [uriOf(budget)], templates: [], options: {} });
    assert.equal(whyProduction(identity, environmentsOf(analysis)), says);
  }
});

test("the settings name accounts by id or alias; a pool without a budget says nothing", () => {
  assert.equal(whyProduction(identity, [], ["shop"]), "Your settings call shop a production account.");
  assert.equal(whyProduction(identity, [], ["123456789012"]), "Your settings call 123456789012 a production account.");
  assert.equal(whyProduction(identity, [], ["shop-2", ""]), undefined);
  const template = { name: "p", environment: "production", account: null, region: null };
  assert.equal(whyProduction(identity, [template]), undefined);
});
