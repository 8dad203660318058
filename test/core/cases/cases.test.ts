import assert from "node:assert/strict";
import test from "node:test";
import type { AnalysisOptions } from "#core";
import { casesOfPool } from "#core/pools/poolCases.ts";
import { snapshot } from "#support/snapshot.ts";
import { analyse, onlyPool } from "../pools/analyse.ts";

const limits = { limit: 1000, floor: 100 };

/** Functions by logical id: the reservation as YAML, with a condition behind a `?`. */
function stack(head: string, functions: Readonly<Record<string, string>>): string {
  const resources = Object.entries(functions).map(([id, written]) => {
    const [value, condition] = written.split(" ? ");
    const when = condition === undefined ? "" : `, Condition: ${condition}`;
    return `  ${id}: {Type: AWS::Lambda::Function${when}, Properties: {ReservedConcurrentExecutions: ${value}}}`;
  });
  return `Transform: AWS::LanguageExtensions\n${head}\nResources:\n${resources.join("\n")}\n`;
}

function look(text: string, options: AnalysisOptions = limits) {
  const analysis = analyse({ "t.yaml": text }, options);
  const pool = onlyPool(analysis);
  return {
    verdict: pool.ledger.verdict,
    claimed: pool.ledger.claimedBounds,
    cases: casesOfPool(pool).map(({ when, claimed, verdict }) => [
      Object.fromEntries(when),
      claimed.min,
      claimed.max,
      verdict,
    ]),
    findings: analysis.findings.map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`),
  };
}

const stages = `Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
Mappings: {R: {dev: {A: 950, B: 10}, prod: {A: 10, B: 950}}}`;
const byStage = { A: "!FindInMap [R, !Ref Stage, A]", B: "!FindInMap [R, !Ref Stage, B]" };

test("what is too much in every case is an error, though each function alone could be small", () => {
  const { verdict, claimed, cases } = look(stack(stages, byStage));
  assert.deepEqual([verdict, claimed], ["over", { min: 960, max: 960 }]);
  assert.deepEqual(cases, [
    [{ Stage: "dev" }, 960, 960, "over"],
    [{ Stage: "prod" }, 960, 960, "over"],
  ]);
});

test("what fits in every case fits, though the largest numbers together would not", () => {
  const { verdict, claimed } = look(stack(stages.replaceAll("950", "600"), byStage));
  assert.deepEqual([verdict, claimed], ["fits", { min: 610, max: 610 }]);
});

test("functions whose conditions exclude each other are counted once", () => {
  const head = `Parameters: {Stage: {Type: String}}
Conditions: {IsProd: !Equals [!Ref Stage, prod], IsDev: !Not [Condition: IsProd]}`;
  const { verdict, claimed } = look(stack(head, { A: "600 ? IsProd", B: "600 ? IsDev" }));
  assert.deepEqual([verdict, claimed], ["fits", { min: 600, max: 600 }]);
});

test("a condition that no class decides is taken both ways, for all functions alike", () => {
  const head = `Parameters: {One: {Type: String}, Other: {Type: String}}
Conditions: {Same: !Equals [!Ref One, !Ref Other], Different: !Not [Condition: Same]}`;
  const { verdict, claimed, cases } = look(stack(head, { A: "600 ? Same", B: "500 ? Different" }));
  assert.deepEqual([verdict, claimed, cases], ["fits", { min: 500, max: 600 }, []]);
});

test("too much in some cases is a warning that names them, and replaces what is unknown of their functions", () => {
  const head = `Parameters: {Stage: {Type: String, AllowedValues: [a, b, c, d, e]}}
Mappings: {R: {a: {A: 10}, b: {A: 910}, c: {A: 930}, d: {A: 940}, e: {A: 920}}}`;
  const { findings } = look(stack(head, { A: "!FindInMap [R, !Ref Stage, A]" }));
  assert.deepEqual(findings, [
    "warning pool-overcommitted: Pool w/t.yaml: too many in 4 of 5 cases. Stage=d: 940 claimed, 40 too many; Stage=c: 930 claimed, 30 too many; Stage=e: 920 claimed, 20 too many; +1. 100 of 1,000 must stay unreserved (floor). w/A claims 10 to 940. Lower reservations by that much, or have the limit raised.",
  ]);
});

test("too much only where two stacks are at their largest at once names both", () => {
  const text = (value: number) =>
    stack(
      `Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}\nConditions: {P: !Equals [!Ref Stage, prod]}`,
      {
        A: `!If [P, ${value}, 1]`,
      },
    );
  const { findings } = analyse({ "x/t.yaml": text(500), "y/t.yaml": text(600) }, { ...limits, together: true });
  assert.equal(
    findings[0]?.message,
    "Pool together: too many in some cases. x with Stage=prod and y with Stage=prod together: 1,100 claimed, 200 too many. 100 of 1,000 must stay unreserved (floor). x/A claims 1 to 500. Lower reservations by that much, or have the limit raised.",
  );
});

test("a case without a mapping entry is named and not counted", () => {
  const head = `Parameters: {Stage: {Type: String, AllowedValues: [dev, qa]}}\nMappings: {R: {dev: {A: 20}}}`;
  const { verdict, claimed, findings } = look(stack(head, { A: "!FindInMap [R, !Ref Stage, A]" }));
  assert.deepEqual([verdict, claimed], ["fits", { min: 20, max: 20 }]);
  assert.deepEqual(findings, [
    "information value-unknown: A cannot be deployed with Stage=qa: there is no mapping entry R.qa.A. This case is not counted.",
  ]);
});

test("where every case is refused, the template is", () => {
  const head = `Parameters: {Stage: {Type: String, AllowedValues: [dev, qa]}}\nMappings: {R: {dev: {A: 20}, qa: {B: 30}}}`;
  const { verdict, findings } = look(stack(head, byStage));
  assert.equal(verdict, "depends");
  assert.match(
    findings.find((finding) => finding.startsWith("error")) ?? "",
    /never-accepted: No Stage can be deployed: with Stage=qa there is no mapping entry R\.qa\.A; with Stage=dev there is no mapping entry R\.dev\.B\. Mend what one of them needs\./,
  );
});

const stagesOnly = `Parameters: {Stage: {Type: String, AllowedValues: [dev, test, prod]}}
Conditions: {IsTest: !Equals [!Ref Stage, test], IsProd: !Equals [!Ref Stage, prod]}
Resources:
  V: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref F}}`;

test("a case is refused also for what is no number of the function", () => {
  const refusedInTest = [
    `  F: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: !If [IsProd, 500, 10]}}
  L: {Type: AWS::Lambda::Alias, Properties: {Name: live, FunctionName: !Ref F, FunctionVersion: !If [IsTest, $LATEST, !GetAtt V.Version], ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 5}}}`,
    `  F: {Type: AWS::Lambda::Function, Properties: {SnapStart: {ApplyOn: !If [IsTest, PublishedVersions, None]}, ReservedConcurrentExecutions: !If [IsProd, 500, 10]}}
  L: {Type: AWS::Lambda::Alias, Properties: {Name: live, FunctionName: !Ref F, FunctionVersion: !GetAtt V.Version, ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 5}}}`,
    `  F: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: 10}}
  Q: {Type: AWS::SQS::Queue}
  M: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref F, EventSourceArn: !GetAtt Q.Arn, ScalingConfig: {MaximumConcurrency: !If [IsTest, 1, 5]}}}`,
    `  F: {Type: AWS::Serverless::Function, Properties: {ReservedConcurrentExecutions: 10, Events: {Q: {Type: SQS, Properties: {Queue: q, ScalingConfig: {MaximumConcurrency: !If [IsTest, 1, 5]}}}}}}`,
  ];
  for (const resources of refusedInTest) {
    const { verdict, findings } = look(`Transform: AWS::Serverless-2016-10-31\n${stagesOnly}\n${resources}\n`);
    assert.equal(verdict, "depends", resources);
    const named = findings.filter((finding) => finding.includes("cannot be deployed with Stage=test:"));
    assert.equal(named.length, 1, `${resources}\n${findings.join("\n")}`);
  }
});

test("a condition that looks up no entry refuses the case, and a decided one the template", () => {
  const head = (parameter: string) => `Parameters: {Stage: {Type: String, ${parameter}}}
Mappings: {M: {dev: {X: big}}}
Conditions: {Big: !Equals [!FindInMap [M, !Ref Stage, X], big]}`;
  const undecided = look(stack(head("AllowedValues: [dev, prod]"), { A: "!If [Big, 950, 5]" }));
  assert.deepEqual([undecided.verdict, undecided.claimed], ["over", { min: 950, max: 950 }]);
  assert.match(
    undecided.findings.join("\n"),
    /A cannot be deployed with Stage=prod: condition Big cannot be evaluated: there is/,
  );
  const decided = look(stack(head("Default: prod"), { A: "!If [Big, 950, 5]" }));
  assert.match(
    decided.findings.join("\n"),
    /error never-accepted: Condition Big cannot be evaluated: there is no mapping entry M\.prod\.X, so CloudFormation refuses/,
  );
});

test("a parameter in a text of its own is as good as the parameter", () => {
  const head = `Parameters: {Stage: {Type: String}}\nConditions: {Prod: !Equals [!Sub "\${Stage}", prod]}`;
  const { cases } = look(stack(head, { A: "!If [Prod, 950, 10]" }));
  assert.deepEqual(cases, [
    [{ Stage: "prod" }, 950, 950, "over"],
    [{ Stage: { not: ["prod"] } }, 10, 10, "fits"],
  ]);
});

test("a choice that no parameter names is unknown, not a case", () => {
  const head = `Conditions: {Big: !Equals [!ImportValue size, big]}`;
  const { findings } = look(stack(head, { A: "!If [Big, 950, 5]" }));
  assert.deepEqual(
    findings.map((finding) => finding.split(":")[0]),
    ["information value-unknown"],
  );
});

test("a decided lookup without an entry is an error", () => {
  const { verdict, findings } = look(stack("Mappings: {R: {dev: {A: 20}}}", { A: "!FindInMap [R, prod, A]" }));
  assert.equal(verdict, "depends");
  assert.ok(
    findings.includes(
      "error never-accepted: A cannot be deployed: there is no mapping entry R.prod.A, so CloudFormation refuses the template. Add the entry, or give another value.",
    ),
    findings.join("\n"),
  );
});

test("stacks of one pool share the Region", () => {
  const text = (own: string) =>
    stack(`Mappings: {R: {us-east-1: {A: ${own}}, eu-west-1: {A: 10}}}`, { A: "!FindInMap [R, !Ref AWS::Region, A]" });
  const other = text("10").replace("eu-west-1: {A: 10}", "eu-west-1: {A: 600}");
  const analysis = analyse({ "x/t.yaml": text("600"), "y/t.yaml": other }, { ...limits, together: true });
  assert.deepEqual(onlyPool(analysis).ledger.claimedBounds, { min: 610, max: 610 });
});

test("a Region in which another stack of the pool cannot be deployed is no case", () => {
  const text = (regions: string) => stack(`Mappings: {R: {${regions}}}`, { A: "!FindInMap [R, !Ref AWS::Region, A]" });
  const files = {
    "x/t.yaml": text("us-east-1: {A: 10}, eu-west-1: {A: 900}"),
    "y/t.yaml": text("us-east-1: {A: 20}, eu-north-1: {A: 30}"),
  };
  const pool = onlyPool(analyse(files, { ...limits, together: true }));
  assert.deepEqual([pool.ledger.verdict, pool.ledger.claimedBounds], ["fits", { min: 30, max: 30 }]);
  assert.deepEqual(casesOfPool(pool), []);
});

test("a Number without a value lies between its ends, those it is compared with apart", () => {
  const head = `Parameters: {Size: {Type: Number, MinValue: 0, MaxValue: 3}}
Conditions: {None: !Equals [!Ref Size, 0]}`;
  const { cases } = look(stack(head, { A: "!If [None, 500, !Ref Size]" }));
  assert.deepEqual(cases, [
    [{ Size: "0" }, 500, 500, "fits"],
    [{ Size: { not: ["0"] } }, 1, 3, "fits"],
  ]);
});

test("parameters that never meet are enumerated alone; those that meet in more than 256 cases keep plain bounds", () => {
  const parameters = Array.from({ length: 9 }, (_, i) => `P${i}: {Type: String, AllowedValues: [a, b]}`).join(", ");
  const conditions = Array.from({ length: 9 }, (_, i) => `C${i}: !Equals [!Ref P${i}, a]`).join(", ");
  const head = `Parameters: {${parameters}}\nConditions: {${conditions}, All: !And [${Array.from({ length: 9 }, (_, i) => `Condition: C${i}`).join(", ")}]}`;
  const alone = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`F${i}`, `!If [C${i}, 2, 1]`]));
  assert.deepEqual(look(stack(head, alone)).claimed, { min: 9, max: 18 });
  const { claimed, findings } = look(stack(head, { A: "!If [All, 5, 1]" }));
  assert.deepEqual(claimed, { min: 1, max: 5 });
  assert.ok(
    findings.includes(
      "information value-unknown: P0, P1, P2, P3, P4 and 4 more meet in 512 cases, and at most 256 are looked at one by one: the lowest and highest numbers of each function are added up instead. Give some of these parameters a value.",
    ),
    findings.join("\n"),
  );
});

test("a nested stack has no parameters of its own: what it compares belongs to the parent's", () => {
  const parent = `Transform: AWS::LanguageExtensions
Parameters: {Stage: {Type: String}}
Conditions: {Prod: !Equals [!Ref Stage, prod]}
Resources:
  A: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: !If [Prod, 600, 10]}}
  Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Env: !Ref Stage}}}
`;
  const child = stack(`Parameters: {Env: {Type: String}}\nConditions: {Prod: !Equals [!Ref Env, prod]}`, {
    B: "!If [Prod, 10, 600]",
  });
  const pool = onlyPool(analyse({ "t.yaml": parent, "child.yaml": child }, limits));
  assert.deepEqual(pool.ledger.claimedBounds, { min: 610, max: 610 });
});

test("copies of a stack need not be in the same case", () => {
  const budget = "limit: 1000\nfloor: 100\nstacks: [{template: t.yaml, name: dev*, instances: 2}]\n";
  const text = stack(stages, { A: "!FindInMap [R, !Ref Stage, A]" });
  const { pools } = analyse({ "concurrency-budget.yaml": budget, "t.yaml": text });
  assert.deepEqual(pools[0]?.ledger.claimedBounds, { min: 20, max: 1900 });
});

test("what an account has no room for in any case cannot be deployed now", () => {
  const budget = `account: "123456789012"\nregion: us-east-1\nlimit: 1000\nfloor: 100\nstacks: [{template: t.yaml, name: shop}]\n`;
  const live = snapshot({ limit: 1000, functions: { other: 400 } });
  const { pools, findings } = analyse(
    { "concurrency-budget.yaml": budget, "t.yaml": stack(stages.replaceAll("950", "700"), byStage) },
    { snapshots: [live] },
  );
  assert.equal(pools[0]?.ledger.verdict, "fits");
  assert.equal(pools[0]?.live?.deployments?.together.deployment.verdict, "over");
  assert.ok(findings.some(({ rule, severity }) => rule === "live-overcommitted" && severity === "error"));
});
