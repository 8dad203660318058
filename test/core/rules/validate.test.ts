import assert from "node:assert/strict";
import { test } from "node:test";
import type { Analysis, AnalysisOptions } from "#core/analysis.ts";
import type { Finding, Place } from "#core/model.ts";
import type { RuleId } from "#core/ruleTable.ts";
import { analyseFiles } from "./analyse.ts";

function analyse(files: Record<string, string>, options: AnalysisOptions = {}) {
  const texts = new Map(Object.entries(files));
  const analysis = analyseFiles(texts, options);
  return { analysis, shown: (place: Place) => textAt(texts, place) };
}

function textAt(texts: ReadonlyMap<string, string>, { uri, start, end }: Place): string {
  const name = uri.replace("file:///work/", "");
  return `${name}: ${(texts.get(name) ?? "").slice(start, end)}`;
}

function only({ findings }: Analysis, rule: RuleId, uri?: string): Finding {
  const found = findings.filter(
    (finding) => finding.rule === rule && (uri === undefined || finding.place.uri.endsWith(uri)),
  );
  assert.equal(found.length, 1, `one ${rule} expected: ${JSON.stringify(findings)}`);
  return found[0] as Finding;
}

function functions(sizes: readonly number[]): string {
  const lines = sizes.map(
    (size, i) => `  F${i}: { Type: AWS::Lambda::Function, Properties: { ReservedConcurrentExecutions: ${size} } }`,
  );
  return `Resources:\n${lines.join("\n")}\n`;
}

test("a pool's finding has the other summands beside it, largest first, and where the limit is stated", () => {
  const { analysis, shown } = analyse({
    "concurrency-budget.yaml": [
      "pool: p",
      "limit: 200",
      "floor: 100",
      "stacks:",
      "  - { template: a.yaml, name: a* , instances: 2 }",
      "  - { template: b.yaml, name: b }",
      "reservations: { 'a*/*': 30, 'b/*': 50, elsewhere: 45 }",
    ].join("\n"),
    "a.yaml": functions([30, 20]),
    "b.yaml": functions([50]),
  });
  const related = only(analysis, "pool-overcommitted", "a.yaml").related;
  assert.deepEqual(
    related.map(({ place, message }) => [shown(place), message]),
    [
      ["concurrency-budget.yaml: 200", "The limit of pool p is 200 here."],
      ["b.yaml: 50", "b/F0 claims 50."],
      ["concurrency-budget.yaml: 45", "elsewhere is granted 45."],
      ["a.yaml: 20", "a*/F1 claims 40 (2 × 20)."],
    ],
  );
});

test("at most 20 related places are listed, and the rest is counted", () => {
  const { analysis } = analyse({ "a.yaml": functions(Array.from({ length: 30 }, () => 50)) });
  const { related } = only(analysis, "pool-overcommitted");
  assert.equal(related.length, 20);
  assert.equal(related.at(-1)?.message, "a/F20 claims 50. And 9 more places.".replace("a/", "work/"));
});

test("a value through an intrinsic is reported on the intrinsic, with its sources beside it", () => {
  const { analysis, shown } = analyse({
    "a.yaml": [
      "Parameters:",
      "  Stage: { Type: String, Default: prod }",
      "Mappings:",
      "  Sizes:",
      "    prod: { Api: 0 }",
      "Resources:",
      "  Api:",
      "    Type: AWS::Lambda::Function",
      "    Properties:",
      "      ReservedConcurrentExecutions: !FindInMap [Sizes, !Ref Stage, Api]",
    ].join("\n"),
  });
  const finding = only(analysis, "reserved-zero");
  assert.equal(shown(finding.place), "a.yaml: !FindInMap [Sizes, !Ref Stage, Api]");
  assert.deepEqual(
    finding.related.map(({ place, message }) => [shown(place), message]),
    [
      ["a.yaml: 0", "The value comes from mapping Sizes.prod.Api."],
      ["a.yaml: prod", "The value comes from parameter Stage (Default)."],
    ],
  );
});

test("a value from Globals is reported on the logical id, with the Globals value beside it", () => {
  const { analysis, shown } = analyse({
    "a.yaml": [
      "Transform: AWS::Serverless-2016-10-31",
      "Globals: { Function: { ReservedConcurrentExecutions: 0 } }",
      "Resources:",
      "  Api: { Type: AWS::Serverless::Function }",
    ].join("\n"),
  });
  const finding = only(analysis, "reserved-zero");
  assert.equal(shown(finding.place), "a.yaml: Api");
  assert.deepEqual(
    finding.related.map(({ place, message }) => [shown(place), message]),
    [["a.yaml: 0", "The value comes from Globals.Function."]],
  );
});

const budget = [
  "pool: p",
  "limit: 300",
  "floor: 100",
  "stacks: [{ template: a.yaml, name: a }]",
  "reservations:",
  "  a/F0: 20",
].join("\n");

test("a claim over its grant carries the numbers for lowering it and for raising the grant", () => {
  const { analysis } = analyse({ "concurrency-budget.yaml": budget, "a.yaml": functions([50]) });
  const finding = only(analysis, "over-budget");
  assert.deepEqual(finding.data, {
    logicalId: "F0",
    budgetKey: "a/F0",
    reserved: 50,
    fits: 200,
    granted: 20,
    raisableTo: 50,
    budget: { uri: "file:///work/concurrency-budget.yaml", pool: 0 },
  });
  assert.equal(finding.pool, "p");
  assert.equal(finding.stack, "a");
});

test("a grant that would break the floor is not called raisable", () => {
  const { analysis } = analyse({ "concurrency-budget.yaml": budget, "a.yaml": functions([210]) });
  assert.equal(only(analysis, "over-budget").data?.raisableTo, undefined);
  assert.equal(only(analysis, "pool-overcommitted", "a.yaml").data?.fits, 200);
});

test("a function without a grant carries the key for the budget", () => {
  const { analysis } = analyse({ "concurrency-budget.yaml": budget, "a.yaml": functions([5, 7]) });
  const { budgetKey, reserved } = only(analysis, "not-in-budget").data ?? {};
  assert.deepEqual({ budgetKey, reserved }, { budgetKey: "a/F1", reserved: 7 });
});

test("an account id without quotes carries its replacement", () => {
  const { analysis } = analyse({ "concurrency-budget.yaml": "account: 012345678901\n" });
  assert.equal(only(analysis, "budget-invalid").data?.replacement?.text, '"012345678901"');
});

test("a suppressed finding keeps its reason and where it is given", () => {
  const { analysis, shown } = analyse({
    "a.yaml": functions([0]).replace("} }", "} } # lambda-concurrency-ignore reserved-zero : until the audit"),
  });
  const { suppressed } = only(analysis, "reserved-zero");
  assert.equal(suppressed?.reason, "until the audit");
  assert.equal(suppressed && shown(suppressed.place), "a.yaml: reserved-zero");
});

test("the limit that was given beats the budget's, and the message says both", () => {
  const { analysis } = analyse({ "concurrency-budget.yaml": budget, "a.yaml": functions([20]) }, { limit: 110 });
  assert.equal(
    only(analysis, "pool-overcommitted", "a.yaml").message,
    "Pool p: 20 of 110 (the budget says 300) claimed; 100 must stay unreserved (floor), so 10 too many. a/F0 claims 20. Lower reservations by that much, or have the limit raised.",
  );
});

test("the order of the files does not change what is found", () => {
  const files = {
    "concurrency-budget.yaml": budget,
    "a.yaml": functions([50, 0, 200]),
    "b.yaml": functions([950, 0]),
  };
  const reversed = Object.fromEntries(Object.entries(files).reverse());
  assert.deepEqual(analyse(reversed).analysis.findings, analyse(files).analysis.findings);
});

test("findings are sorted by file and offset", () => {
  const { analysis } = analyse({ "b.yaml": functions([0, 950]), "a.yaml": functions([0, 0]) });
  const places = analysis.findings.map(({ place }) => [place.uri, place.start] as const);
  const sorted = places.toSorted(([a, i], [b, j]) => (a < b ? -1 : a > b ? 1 : i - j));
  assert.deepEqual(places, sorted);
  assert.equal(places.length, 4);
});
