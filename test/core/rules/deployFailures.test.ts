import assert from "node:assert/strict";
import { Workspace } from "#core/workspace.ts";
import { corpusFiles, corpusTest } from "#support/corpus.ts";
import { deployFailures } from "#support/deployFailures.ts";
import { memoryFiles } from "./analyse.ts";

function analyseCases() {
  const workspace = new Workspace(
    memoryFiles(new Map(corpusFiles("deploy-failures").map(({ path, text }) => [path.replaceAll("\\", "/"), text]))),
  );
  return deployFailures().flatMap((one) =>
    one.templates.map((template) => {
      const options = {
        ...(one.limit !== null && { limit: one.limit }),
        ...(one.floor !== null && { floor: one.floor }),
      };
      const uri = `file:///work/deploy-failures/${template}`;
      return { one, template, analysis: workspace.analyse({ budgets: [], templates: [uri], options }) };
    }),
  );
}

corpusTest("what Lambda refused and a reader could have known is reported with limit and floor", () => {
  const missed = analyseCases().flatMap(({ one, template, analysis }) => {
    if (one.predicted !== "yes" || analysis.pools.every(({ ledger }) => ledger.claimedBounds.max === 0)) return [];
    const messages = analysis.findings
      .filter(({ rule }) => rule === "pool-overcommitted")
      .map(({ message }) => message);
    const named = messages.some(
      (text) => text.includes(` of ${one.limit} claimed`) && text.includes(`all ${one.floor} must stay`),
    );
    return named ? [] : [{ template, messages }];
  });
  assert.deepEqual(missed, []);
});

corpusTest("what a reader could not have known is never called fitting without saying what is not known", () => {
  const silent = analyseCases().flatMap(({ one, template, analysis }) => {
    if (one.predicted === "yes") return [];
    const said = analysis.pools.every(
      ({ assumptions, unseen, ledger }) => ledger.verdict !== "fits" || assumptions.length > 0 || unseen.length > 0,
    );
    return said ? [] : [template];
  });
  assert.deepEqual(silent, []);
});

corpusTest("remote nested stacks are named once, not called fitting", () => {
  const found = analyseCases().filter(({ one }) => one.repo === "aws-solutions/content-analysis-on-aws");
  assert.deepEqual(
    found.map(({ analysis }) => [
      analysis.pools.map(({ ledger }) => ledger.verdict),
      analysis.findings.map(({ rule }) => rule),
    ]),
    [[["depends"], ["value-unknown"]]],
  );
});
