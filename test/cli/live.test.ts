import assert from "node:assert/strict";
import { test } from "node:test";
import { learnedFloors } from "#aws";
import { type AccountFile, parseFault } from "#demo";
import { folderOf, runCli, samTemplate } from "./cli.ts";
import { connected } from "./demoAccount.ts";
import { runInProcess } from "./inProcess.ts";

const fault = (text: string) => {
  const read = parseFault(text);
  if (typeof read === "string") throw new Error(read);
  return read;
};

/** A budget of one pool with one stack of one function. */
const budget = (...lines: string[]) => `pool: shop
${lines.map((line) => `${line}\n`).join("")}stacks:
  - template: template.yaml
    name: shop
reservations:
  shop/Orders: 200
`;
const template = samTemplate({ Orders: 200 });
const account = (reserved: number): AccountFile => ({
  limit: 1000,
  floor: 100,
  functions: [
    {
      name: "shop-Orders-1ABC",
      reserved,
      tags: { "aws:cloudformation:stack-name": "shop", "aws:cloudformation:logical-id": "Orders" },
    },
  ],
});

interface Report {
  readonly pools: readonly {
    readonly name: string;
    readonly limit: number;
    readonly limitSource: string;
    readonly floor: number;
    readonly floorSource: string;
    readonly verdict: string;
    readonly inAws?: { readonly unreserved: number; readonly verdict: string; readonly short?: number };
  }[];
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly message: string }[];
}

async function checkLive(folder: string, env: Readonly<Record<string, string>>, ...args: string[]) {
  const { code, stdout, stderr } = await runInProcess(["check", folder, "--live", "--format", "json", ...args], {
    env,
  });
  const report: Report = JSON.parse(stdout);
  return { code, stderr, report, rules: report.findings.map(({ rule }) => rule) };
}

test("the account's limit and learned floor count where the budget states none", async (t) => {
  const { env, demo, state } = await connected(t, { account: { ...account(200), limit: 3000 } });
  await learnedFloors(state).learn(`aws/123456789012/us-east-1/${demo.url}`, 50);
  const folder = folderOf(t, {
    "concurrency-budget.yaml": budget('account: "123456789012"', "region: us-east-1"),
    "template.yaml": template,
  });
  const { code, stderr, report, rules } = await checkLive(folder, env);
  assert.deepEqual([code, stderr, rules], [0, "", []]);
  const [pool] = report.pools;
  assert.deepEqual([pool?.limit, pool?.limitSource, pool?.floor, pool?.floorSource], [3000, "live", 50, "learned"]);
});

test("what the account has otherwise is found; as findings they count by --fail-on", async (t) => {
  const { env } = await connected(t, { account: account(150) });
  const folder = folderOf(t, {
    "concurrency-budget.yaml": budget('account: "123456789012"', "region: us-east-1", "limit: 2000"),
    "template.yaml": template,
  });
  const { code, stderr, rules } = await checkLive(folder, env);
  assert.deepEqual([code, stderr, [...new Set(rules)].sort()], [0, "", ["live-drift", "live-limit-differs"]]);
  assert.equal((await checkLive(folder, env, "--fail-on", "warning")).code, 1);
  const offline = await runInProcess(["check", folder, "--format", "json"], { env });
  assert.deepEqual(JSON.parse(offline.stdout).findings, []);
});

test("files that fit are no success where AWS has too little left: error, verdict and table say so", async (t) => {
  const foreign = { ...account(0), functions: [{ name: "blog-search", reserved: 600 }] };
  const { env } = await connected(t, { account: foreign });
  const folder = folderOf(t, {
    "concurrency-budget.yaml": budget('account: "123456789012"', "region: us-east-1").replace("200", "500"),
    "template.yaml": samTemplate({ Orders: 500 }),
  });
  const { code, report, rules } = await checkLive(folder, env);
  assert.equal(code, 1);
  assert.deepEqual(
    rules.filter((rule) => rule !== "live-drift"),
    ["live-overcommitted", "live-overcommitted"],
  );
  const [pool] = report.pools;
  assert.deepEqual([pool?.verdict, pool?.inAws], ["over", { unreserved: 400, verdict: "over", short: 200 }]);
  const text = await runInProcess(["check", folder, "--live"], { env });
  assert.match(text.stdout, / cannot be deployed now: 200 too many, 400 unreserved in AWS$/m);
  assert.doesNotMatch(text.stdout, /fits/);
});

test("a budget of another account is refused and its findings stay those of the files", async (t) => {
  const { env } = await connected(t, { account: account(150) });
  const folder = folderOf(t, {
    "concurrency-budget.yaml": budget('account: "999999999999"', "region: us-east-1", "limit: 1000"),
    "template.yaml": template,
  });
  const { code, stderr, rules } = await checkLive(folder, env);
  assert.deepEqual([code, rules], [3, []]);
  assert.equal(
    stderr,
    "lambda-concurrency: pool shop: it is in account 999999999999 in us-east-1, and these credentials lead to account 123456789012 in us-east-1, so it was not compared. Give --profile or --region for it.\n",
  );
});

test("a budget that names no account is compared with the account that is chosen", async (t) => {
  const { env } = await connected(t, { account: account(150) });
  const folder = folderOf(t, { "concurrency-budget.yaml": budget("limit: 1000"), "template.yaml": template });
  assert.deepEqual((await checkLive(folder, env)).rules, ["live-drift"]);
  assert.deepEqual((await checkLive(folder, env, "--region", "us-east-1")).rules, ["live-drift"]);
});

test("of two budgets only the one that names its account takes the credentials that were found", async (t) => {
  const { env } = await connected(t, { account: account(150) });
  const folder = folderOf(t, {
    "a/concurrency-budget.yaml": budget('account: "123456789012"', "region: us-east-1", "limit: 1000"),
    "a/template.yaml": template,
    "b/concurrency-budget.yaml": budget("limit: 1000").replace("pool: shop", "pool: other"),
    "b/template.yaml": template,
  });
  const { code, stderr, rules } = await checkLive(folder, env);
  assert.deepEqual([code, rules], [3, ["live-drift"]]);
  assert.match(
    stderr,
    /^lambda-concurrency: pool other: its budget names no account, so it was not compared with account 123456789012\. .*\n$/,
  );
});

test("pools in several Regions of one account are each compared with their Region", async (t) => {
  const { env } = await connected(t, { account: account(200) });
  const pool = (region: string) =>
    budget('account: "123456789012"', `region: ${region}`).replace("shop\n", `${region}\n`);
  const folder = folderOf(t, {
    "concurrency-budget.yaml": `${pool("us-east-1")}---\n${pool("eu-west-1")}`,
    "template.yaml": template,
  });
  const { code, report } = await checkLive(folder, env);
  assert.equal(code, 0);
  assert.deepEqual(
    report.pools.map(({ name, limitSource }) => [name, limitSource]),
    [
      ["us-east-1", "live"],
      ["eu-west-1", "live"],
    ],
  );
  const one = await checkLive(folder, env, "--region", "eu-west-1");
  assert.deepEqual(
    one.report.pools.map(({ limitSource }) => limitSource),
    ["assumed", "live"],
  );
});

test("templates without a budget take the account's limit", async (t) => {
  const { env } = await connected(t, { account: { ...account(200), limit: 250 } });
  const folder = folderOf(t, { "template.yaml": template });
  const { code, report, rules } = await checkLive(folder, env);
  assert.deepEqual([code, report.pools[0]?.limit, report.pools[0]?.limitSource], [1, 250, "live"]);
  assert.equal(rules.includes("pool-overcommitted"), true);
  const together = await checkLive(folder, env, "--together");
  assert.deepEqual(
    together.report.pools.map(({ limit }) => limit),
    [250],
  );
});

test("an account that is read in part or not at all ends with 3, and what the files say is printed", async (t) => {
  const { env, demo } = await connected(t, {
    account: account(200),
    faults: [fault("deny:GetFunction"), fault("deny:GetFunctionConcurrency")],
  });
  const folder = folderOf(t, {
    "concurrency-budget.yaml": budget('account: "123456789012"', "region: us-east-1", "limit: 1000").replace(
      "200",
      "100",
    ),
    "template.yaml": template,
  });
  const partial = await checkLive(folder, env);
  assert.deepEqual([partial.code, partial.rules], [3, ["over-budget"]]);
  assert.match(partial.stderr, /lambda:GetFunction\b/);
  demo.account.faults.replace([fault("expired")]);
  const expired = await checkLive(folder, env);
  assert.deepEqual([expired.code, expired.rules], [3, ["over-budget"]]);
  assert.match(expired.stderr, /expired/);
});

test("Ctrl+C ends the reading, not the report", async (t) => {
  const { env } = await connected(t, { account: account(200), faults: [fault("slow:GetFunction:ms=600000")] });
  const folder = folderOf(t, { "template.yaml": template });
  const { code, stdout } = await runInProcess(["check", folder, "--live"], {
    env,
    isErrTTY: true,
    watch(text, interrupt) {
      if (text.includes("0 of 1 function read")) interrupt();
    },
  });
  assert.equal(code, 130);
  assert.match(stdout, /1 file with 1 function/);
});

test("the example budget is what the demo account is compared with", async (t) => {
  const { env } = await connected(t);
  const args = ["check", "examples/concurrency-budget.yaml", "--live", "--format", "json"];
  const { code, stdout, stderr } = await runCli(args, { env });
  assert.deepEqual([code, stderr], [0, ""]);
  const { findings }: Report = JSON.parse(stdout);
  assert.deepEqual([...new Set(findings.map(({ rule }) => rule))], ["live-drift"]);
});

test("a template beside a budget is not compared, which is no failure", async (t) => {
  const { env } = await connected(t, { account: account(200) });
  const folder = folderOf(t, {
    "a/concurrency-budget.yaml": budget('account: "123456789012"', "limit: 1000"),
    "a/template.yaml": template,
    "b/template.yaml": samTemplate({ Other: 5 }),
  });
  const { code, stderr, report } = await checkLive(folder, env);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.deepEqual(
    report.pools.map(({ limitSource }) => limitSource),
    ["given", "assumed"],
  );
});

test("with --region pools of other Regions are named, and fail only when none is left", async (t) => {
  const { env } = await connected(t, { account: account(200) });
  const pool = (region: string) =>
    budget('account: "123456789012"', `region: ${region}`, "limit: 1000").replace("shop\n", `${region}\n`);
  const folder = folderOf(t, {
    "concurrency-budget.yaml": `${pool("us-east-1")}---\n${pool("eu-west-1")}`,
    "template.yaml": template,
  });
  const other = (name: string, region: string) =>
    `lambda-concurrency: pool ${name}: it is in account 123456789012 in ${name}, and these credentials lead to account 123456789012 in ${region}, so it was not compared. Give --profile or --region for it.\n`;
  const one = await checkLive(folder, env, "--region", "us-east-1");
  assert.deepEqual([one.code, one.stderr], [0, other("eu-west-1", "us-east-1")]);
  const none = await checkLive(folder, env, "--region", "ap-south-1");
  assert.deepEqual([none.code, none.stderr], [3, other("us-east-1", "ap-south-1") + other("eu-west-1", "ap-south-1")]);
});

test("with nothing to compare no account is asked", async (t) => {
  const { env, demo } = await connected(t);
  await demo.close();
  const folder = folderOf(t, { "concurrency-budget.yaml": "" });
  const { code, stderr } = await checkLive(folder, env, "--region", "us-east-1");
  assert.deepEqual([code, stderr], [0, ""]);
});
