import assert from "node:assert/strict";
import { type Analysis, type AnalysisOptions, Workspace } from "#core";
import { corpusFiles, corpusTest } from "#support/corpus.ts";
import { type DeployFailure, deployFailures } from "#support/deployFailures.ts";
import { MemoryFiles, uriOf } from "#support/memoryFiles.ts";

function files(): MemoryFiles {
  return new MemoryFiles(
    Object.fromEntries(corpusFiles("deploy-failures").map(({ path, text }) => [path.replaceAll("\\", "/"), text])),
  );
}

/** All templates of a case together, under the limit and floor of its account and each set of parameters that was tried. */
function analyseCase(one: DeployFailure, workspace: Workspace): Analysis[] {
  const { accountLimit, floor, parameters, tryParameters } = one.scenario;
  const tries = tryParameters ?? (parameters ? [parameters, {}] : [{}]);
  return tries.map((values) => {
    const options: AnalysisOptions = {
      together: true,
      parameters: new Map(Object.entries(values).map(([name, value]) => [name, String(value)])),
      ...(accountLimit === undefined ? {} : { limit: accountLimit }),
      ...(floor === undefined ? {} : { floor }),
    };
    const templates = [...one.templates, ...one.otherFiles].map((path) => uriOf(`deploy-failures/${path}`));
    return workspace.analyse({ budgets: [], templates, options });
  });
}

corpusTest(
  "each deployment that its templates alone predict to fail is overcommitted, with its limit and floor",
  () => {
    const workspace = new Workspace(files());
    const cases = deployFailures().filter(({ predicted }) => predicted === "yes");
    assert.equal(cases.length, 7);
    for (const one of cases) {
      for (const { pools, findings } of analyseCase(one, workspace)) {
        const name = `${one.repo} ${one.issue}`;
        assert.deepEqual(
          pools.map(({ limit, floor, ledger }) => [limit, floor, ledger.verdict]),
          [[one.limit, one.floor, "over"]],
          name,
        );
        const over = findings.filter(({ rule }) => rule === "pool-overcommitted");
        assert.ok(over.length > 0, name);
        for (const { severity, message } of over) {
          assert.equal(severity, "error", name);
          assert.match(
            message,
            new RegExp(` of ${one.limit} claimed, but all ${one.floor} must stay unreserved`),
            name,
          );
        }
      }
    }
  },
);

corpusTest("the sum is the one that the reports name, where no parameter changes it", () => {
  const workspace = new Workspace(files());
  const sums = deployFailures()
    .filter(({ predicted, scenario }) => predicted === "yes" && !scenario.parameters && !scenario.tryParameters)
    .map((one) => [
      one.repo,
      analyseCase(one, workspace)[0]?.pools[0]?.ledger.claimedBounds.min,
      one.totalReservedWithDefaults,
    ]);
  for (const [repo, sum, expected] of sums) assert.equal(sum, expected, String(repo));
});

corpusTest("no other deployment is called fitting without naming what is not known", () => {
  const workspace = new Workspace(files());
  const others = deployFailures().filter(({ predicted, templates }) => predicted !== "yes" && templates.length > 0);
  const said = others.flatMap((one) =>
    analyseCase(one, workspace).flatMap(({ pools, findings }) =>
      pools.map(({ ledger }) => {
        const { claimed } = ledger;
        const unknown = typeof claimed === "object" && claimed !== null ? claimed.unknown.split(": https:")[0] : "";
        return [one.repo, ledger.verdict, unknown, [...new Set(findings.map(({ rule }) => rule))]];
      }),
    ),
  );
  assert.deepEqual(said, [
    [
      "aws-solutions/content-analysis-on-aws",
      "depends",
      "nested stack MieStack: its template is remote",
      ["value-unknown"],
    ],
    [
      "aws-samples/aws-ct-vpc-flowlogs",
      "depends",
      "condition CreateEventBus of FlowLogActivator is not decided",
      ["value-unknown"],
    ],
  ]);
});

corpusTest("a template whose failure only the account explains fits under assumptions that are said", () => {
  const [one] = deployFailures().filter(({ repo }) => repo === "aws-samples/aws-ct-vpc-flowlogs");
  const path = one?.templates.find((template) => template.endsWith("vpc_flowlog_automation_in_hub.template"));
  const { pools } = new Workspace(files()).analyse({
    budgets: [],
    templates: [uriOf(`deploy-failures/${path}`)],
    options: {},
  });
  assert.deepEqual(
    pools.map(({ ledger, assumptions }) => [ledger.verdict, ledger.claimed, assumptions]),
    [
      [
        "fits",
        500,
        [
          "The limit of 1,000 is assumed.",
          "The floor of 100 is estimated.",
          "Only templates/vpc_flowlog_automation_in_hub.template is counted: what other stacks of the account reserve is not known.",
        ],
      ],
    ],
  );
});

corpusTest("sources that are no templates claim nothing and are no pool", () => {
  const workspace = new Workspace(files());
  const others = deployFailures().filter(({ otherFiles }) => otherFiles.length > 0);
  const found = others.flatMap((one) =>
    analyseCase(one, workspace).map((analysis) => [
      analysis.pools.length,
      analysis.files.map(({ kind, functions }) => [kind, functions]),
    ]),
  );
  assert.deepEqual(found, [[0, [["other", 0]]]]);
});
