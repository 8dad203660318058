import assert from "node:assert/strict";
import { test } from "node:test";
import { type AnalysisOptions, caseName, casesOfPool, type Finding, inAws, verdictOf } from "#core";
import { type ShortSnapshot, snapshot } from "#support/snapshot.ts";
import { analyseFiles } from "./analyse.ts";

const template = (value: number | string) =>
  `Resources:\n  Fn:\n    Type: AWS::Lambda::Function\n    Properties:\n      FunctionName: pay\n      ReservedConcurrentExecutions: ${value}\n`;

function findings(files: Readonly<Record<string, string>>, short: ShortSnapshot | null, options: AnalysisOptions = {}) {
  const live = short === null ? {} : { snapshots: [snapshot(short)], linkAll: true };
  return analyseFiles(new Map(Object.entries(files)), { ...live, ...options }).findings;
}

const texts = (all: readonly Finding[]) =>
  all.filter(({ rule }) => rule.startsWith("live-")).map(({ rule, message }) => `${rule}: ${message}`);

test("a limit from the options that the account does not have is reported on the largest claim of a template", () => {
  const all = findings({ "t.yaml": template(10) }, { limit: 400, functions: { pay: 10 } }, { limit: 500 });
  assert.deepEqual(texts(all), [
    "live-limit-differs: Pool work/t.yaml: the options state a limit of 500, but account 123456789012 in us-east-1 has 400. The pool fits by the account's limit too.",
  ]);
  assert.equal(all[0]?.data?.replacement, undefined, "nothing in a file is to be corrected");
});

test("a limit in the budget is corrected by what the account has", () => {
  const [finding] = findings({ "concurrency-budget.yaml": "limit: 500\n" }, { limit: 400 });
  assert.deepEqual(finding?.data?.replacement, { title: "Set limit to the account's 400", text: "400" });
});

test("a drift carries the live reservation and the budget entry", () => {
  const files = {
    "concurrency-budget.yaml": "stacks: [{ template: t.yaml }]\nreservations: { pay: 10 }\n",
    "t.yaml": template(10),
  };
  const [finding] = findings(files, { functions: { pay: 25 } });
  assert.equal(finding?.rule, "live-drift");
  assert.deepEqual([finding.data?.live, finding.data?.granted, finding.data?.reserved], [25, 10, 10]);
  assert.deepEqual(
    finding.related.map(({ message }) => message),
    ["The budget says 10 for pay here."],
  );
});

test("an ignore of what the account says covers it, and is not called useless while nobody is connected", () => {
  const files = { "t.yaml": template("10 # lambda-concurrency-ignore live-drift: a schedule sets it") };
  const [drift, ...others] = findings(files, { functions: { pay: 25 } });
  assert.deepEqual([drift?.rule, drift?.suppressed?.reason, others], ["live-drift", "a schedule sets it", []]);
  assert.deepEqual(findings(files, null), []);
  assert.deepEqual(findings(files, { functions: { pay: 10 } }), []);
});

test("of many reservations that nothing stands for the largest twenty are named", () => {
  const functions = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`f${i}`, i + 1]));
  const [text = ""] = texts(findings({ "concurrency-budget.yaml": "pool: p\n" }, { functions }));
  assert.match(
    text,
    /^live-drift: Pool p: in account .*, 25 more functions reserve 325 that no template and no budget lists: f24 \(25\), f23/,
  );
  assert.match(text, /f5 \(6\) and 5 more\. Add them under reservations, or remove what they reserve\.$/);
});

test("a template that no budget lists is held against what is unreserved in the account", () => {
  assert.deepEqual(texts(findings({ "t.yaml": template(600) }, { functions: { other: 500 } })), [
    "live-drift: Fn reserves 600, but account 123456789012 in us-east-1 has no such function. It is not deployed yet, or deployed under another name.",
    "live-overcommitted: Deploying this will fail: 600 wanted, 400 free in account 123456789012 in us-east-1, where 100 must stay unreserved (estimated floor). 500 is held by a function that no file here declares: other (500). Set at most 400 here, or free 200 in AWS first.",
  ]);
  const fitting = texts(findings({ "t.yaml": template(400) }, { functions: { other: 500 } }));
  assert.equal(fitting.length, 1);
});

test("of a template that is compared with an account it is not said that nothing is known of the account", () => {
  const files = new Map([["t.yaml", template(10)]]);
  const options = { snapshots: [snapshot({ functions: { pay: 10 } })], linkAll: true };
  assert.deepEqual(analyseFiles(files, options).pools[0]?.assumptions, [
    "The floor of 100 is estimated.",
    "Only work/t.yaml is counted: what other stacks of the account reserve counts only in whether it can be deployed now.",
  ]);
});

test("an account below its floor is no reason against a deployment that takes nothing more", () => {
  assert.deepEqual(texts(findings({ "t.yaml": template(300) }, { functions: { pay: 300, other: 650 } })), []);
});

test("of a pool whose own claims are too many it is not said a second time that the account has no room", () => {
  const all = findings({ "t.yaml": template(950) }, { functions: { other: 500, pay: 100 } });
  assert.deepEqual(
    all.map(({ rule }) => rule),
    ["live-drift", "pool-overcommitted"],
  );
});

test("rules that are off say nothing of the account", () => {
  const levels = { "live-drift": "off", "live-limit-differs": "off" } as const;
  const files = { "concurrency-budget.yaml": "limit: 500\nreservations: { pay: 10 }\n" };
  const short = { limit: 400, functions: { pay: 25, other: 5 } };
  assert.equal(texts(findings(files, short)).length, 3);
  assert.deepEqual(texts(findings(files, short, { levels })), []);
});

test("while an account is being read, what all reservations come to decides before the last function has come", () => {
  const files = { "t.yaml": template(600) };
  const reading: ShortSnapshot = { state: "reading", functions: { other: 500, late: { unknown: "not read yet" } } };
  assert.deepEqual(texts(findings(files, reading)), []);
  const rules = findings(files, { ...reading, accounted: true }).map(({ rule }) => rule);
  assert.deepEqual(rules, ["live-overcommitted"]);
});

const elsewhere: ShortSnapshot = { totals: "denied", functions: { one: 350, two: 250, pay: 50 } };

test("where the account says no totals, the limit that is stated decides what is too many, and nothing fits for certain", () => {
  const pool = (value: number, options: AnalysisOptions) => {
    const all = { snapshots: [snapshot(elsewhere)], linkAll: true, floor: 100, ...options };
    const { pools, findings } = analyseFiles(new Map([["t.yaml", template(value)]]), all);
    const [first] = pools;
    if (!first) throw new Error("no pool");
    const said = findings.filter(({ rule }) => rule === "live-overcommitted").map(({ message }) => message);
    return [verdictOf(first), inAws(first), ...said];
  };
  const unreserved = { unknown: "GetAccountSettings is denied or not offered", max: 350 };
  assert.deepEqual(pool(500, { limit: 1000 }), [
    "over",
    { unreserved, verdict: "over", short: 200 },
    "Deploying this will fail: 500 wanted, at most 300 free (50 held now, at most 350 unreserved) in account 123456789012 in us-east-1, where 100 must stay unreserved (floor). 600 are held by functions that no file here declares: one (350) and two (250). Set at most 300 here, or free 200 in AWS first.",
  ]);
  assert.deepEqual(pool(300, { limit: 1000 }), ["depends", { unreserved, verdict: "depends" }]);
  assert.deepEqual(pool(50, { limit: 1000 }), ["fits", { unreserved, verdict: "fits" }]);
  const unbounded = { unknown: "GetAccountSettings is denied or not offered" };
  assert.deepEqual(pool(500, {}), ["depends", { unreserved: unbounded, verdict: "depends" }]);
});

const byStage = (dev: number, prod: number) =>
  `Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}\nConditions: {P: !Equals [!Ref Stage, prod]}\n${template(`!If [P, ${prod}, ${dev}]`)}`;

test("a case that the account has too little for is named, and its verdict is over", () => {
  const live = { snapshots: [snapshot({ functions: { other: 660 } })], linkAll: true };
  const cases = (dev: number, prod: number) => {
    const { pools, findings } = analyseFiles(new Map([["t.yaml", byStage(dev, prod)]]), live);
    const verdicts = pools.flatMap((pool) => [
      verdictOf(pool),
      ...casesOfPool(pool).map(({ when, verdict }) => `${caseName(when)} ${verdict}`),
    ]);
    const said = findings.filter(({ rule }) => rule !== "live-drift");
    return [...verdicts, ...said.map(({ rule, severity, message }) => `${rule} ${severity} ${message}`)];
  };
  const held = "660 is held by a function that no file here declares: other (660).";
  assert.deepEqual(cases(20, 500), [
    "depends",
    "Stage=dev fits",
    "Stage=prod over",
    `live-overcommitted warning Deploying this will fail with Stage=prod: 500 wanted, 240 free in account 123456789012 in us-east-1, where 100 must stay unreserved (estimated floor). ${held} Set at most 240 here, or free 260 in AWS first.`,
  ]);
  const [verdict, dev, prod, error, ...rest] = cases(300, 500);
  assert.deepEqual([verdict, dev, prod], ["over", "Stage=dev over", "Stage=prod over"]);
  assert.match(error ?? "", /^live-overcommitted error Deploying this will fail: 300 wanted, 240 free /);
  assert.deepEqual(
    rest.filter((text) => text.includes("in every case")),
    [],
  );
  assert.deepEqual(cases(20, 240).slice(0, 3), ["fits", "Stage=dev fits", "Stage=prod fits"]);
});

test("cases that are too many only with the other stacks are named at the pool", () => {
  const budget = `account: "123456789012"\nregion: us-east-1\nlimit: 1000\nfloor: 100\nstacks:\n  - {template: a.yaml, name: a}\n  - {template: b.yaml, name: b}\n`;
  const files = {
    "concurrency-budget.yaml": budget,
    "a.yaml": byStage(20, 200),
    "b.yaml": template(200).replace("pay", "mail"),
  };
  const all = findings(
    files,
    { functions: { other: 600 } },
    { levels: { "live-drift": "off", "not-in-budget": "off" } },
  );
  const said = texts(all).filter((text) => text.startsWith("live-overcommitted"));
  assert.deepEqual(
    said.map((text) => text.slice(0, text.indexOf(" in account"))),
    [
      "live-overcommitted: Pool 123456789012/us-east-1: each stack can be deployed now, but not all of them: deploying the last will fail with Stage=prod of stack a: 400 wanted, 300 free",
    ],
  );
});

test("what is wanted, free and to be set agree where provisioned concurrency may come back", () => {
  const details = { readAt: "2026-11-22T14:05:00.000Z", targets: [], mappings: [], problems: [] };
  const provisioned = [{ qualifier: "live", requested: 20, allocated: 20, status: "READY" as const }];
  const functions = { other: 650, pay: { reserved: null, details: { ...details, provisioned } } };
  const [text = ""] = texts(findings({ "t.yaml": template(251) }, { unreserved: 330, functions })).filter((each) =>
    each.startsWith("live-overcommitted"),
  );
  assert.match(
    text,
    /will fail: 251 wanted, 230 free \(and 20 if Lambda gives back provisioned concurrency\) in account/,
  );
  assert.match(text, /Set at most 230 here, or free 21 in AWS first\.$/);
});
