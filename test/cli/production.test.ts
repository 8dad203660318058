import assert from "node:assert/strict";
import { test } from "node:test";
import { isProduction } from "#cli/account/production.ts";
import { Workspace } from "#core";
import { MemoryFiles, uriOf } from "#support/memoryFiles.ts";

const identity = { account: "123456789012", arn: "arn", partition: "aws", region: "us-east-1" };

for (const [lines, expected] of [
  ["environment: production", true],
  ["environment: Prod", true],
  ["environment: staging", false],
  ["pool: production", false],
  ["environment: production\naccount: '123456789012'\nregion: us-east-1", true],
  ["environment: production\naccount: '210987654321'", false],
  ["environment: production\nregion: eu-west-1", false],
  ["environment: staging\n---\nenvironment: production", true],
] as const) {
  test(`a budget with ${JSON.stringify(lines)} makes the account ${expected ? "" : "not "}production`, () => {
    const workspace = new Workspace(new MemoryFiles({ "concurrency-budget.yaml": `${lines}\n` }));
    const { pools } = workspace.analyse({ budgets: [uriOf("concurrency-budget.yaml")], templates: [], options: {} });
    assert.equal(isProduction(pools, identity), expected);
  });
}
