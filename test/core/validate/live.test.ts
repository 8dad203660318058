import assert from "node:assert/strict";
import { test } from "node:test";
import type { AnalysisOptions, Finding } from "#core";
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
  assert.match(text, /^live-drift: Pool p: in account .*, 25 more functions reserve 325 that .* for: f24 \(25\), f23/);
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
