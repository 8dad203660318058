import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { DemoOptions } from "#demo";
import { folderOf, runCli } from "./cli.ts";
import { connected } from "./demoAccount.ts";
import { runInProcess } from "./inProcess.ts";

/** Time runs twenty times as fast, so that invocations of 200 ms take 10. */
const account: DemoOptions = {
  timeScale: 20,
  account: {
    limit: 200,
    functions: [
      { name: "orders", reserved: 2, duration: { median: 200, p95: 200 }, url: true },
      { name: "stopped", reserved: 0 },
      { name: "broken", reserved: 10, errorRate: 1 },
      { name: "free", duration: { median: 200, p95: 200 } },
    ],
  },
};

interface Json {
  readonly version: number;
  readonly target: string;
  readonly restored: boolean;
  readonly expected?: { readonly throttledShare: number };
  readonly runs: readonly {
    readonly label: string;
    readonly reserved: unknown;
    readonly requests: number;
    readonly served: number;
    readonly throttled: number;
    readonly failed: number;
    readonly reasons: Readonly<Record<string, number>>;
    readonly latency: { readonly p50: number | null };
  }[];
}

function json(stdout: string): Json {
  return JSON.parse(stdout) as Json;
}

test("a function that is switched off throttles everything, as the formula says", async (t) => {
  const { env } = await connected(t, account);
  const args = ["load", "stopped", "-n", "40", "-c", "4", "--yes", "--format", "json"];
  const { code, stdout, stderr } = await runInProcess(args, { env });
  assert.deepEqual([code, stderr], [0, ""]);
  const { version, target, runs, expected, restored } = json(stdout);
  assert.deepEqual([version, target, restored, expected], [1, "function stopped", true, { throttledShare: 1 }]);
  const [run] = runs;
  assert.deepEqual(
    [runs.length, run?.label, run?.reserved, run?.requests, run?.served, run?.throttled, run?.failed],
    [1, "run", 0, 40, 0, 40, 0],
  );
  assert.deepEqual(run?.reasons, { ReservedFunctionConcurrentInvocationLimitExceeded: 40 });
  assert.equal(run?.latency.p50, null);
});

test("as many workers as the reservation has places are all served", async (t) => {
  const { env } = await connected(t, account);
  const args = ["load", "orders", "-n", "20", "-c", "2", "--yes", "--format", "json"];
  const { code, stdout } = await runInProcess(args, { env });
  const { runs, expected } = json(stdout);
  assert.deepEqual([code, runs[0]?.served, runs[0]?.throttled, expected], [0, 20, 0, { throttledShare: 0 }]);
});

test("the text shows what is sent before it is sent, and what came of it", async (t) => {
  const folder = folderOf(t, { "event.json": '{ "id": 7 }\n' });
  const { env } = await connected(t, account);
  const asked: string[] = [];
  const { code, stdout } = await runInProcess(["load", "stopped", "-n", "8", "-c", "2", "--event", "event.json"], {
    env,
    cwd: folder,
    ask: async (question) => {
      asked.push(question);
      return "y";
    },
  });
  assert.deepEqual([code, asked], [0, ["Send this load to stopped? [y/N] "]]);
  const [preview, result = ""] = stdout.split("\n\nServed ");
  assert.equal(
    preview,
    `function stopped: 8 requests by 2 workers; a request is given up after 20 s.
Sent with each request, from event.json: { "id": 7 }
stopped has a reservation of 0: no other function is affected.
Costs at most 8 invocations and 10 GB-seconds: 128 MB, and 10 s until Lambda ends one.`,
  );
  assert.match(result, /^0\.0 per second; 100\.0 % throttled\.\n\nSummary\n {2}load +8 requests by 2 workers\n/);
  assert.match(result, /throttled +8, 100\.0 %, expected 100\.0 %, answered after/);
  assert.match(result, /Throttled by\n {2}ReservedFunctionConcurrentInvocationLimitExceeded {2}8\n/);
  assert.match(result, /Status codes\n {2}429 {2}8\n/);
});

test("a no sends nothing, and without a terminal nothing is sent without --yes", async (t) => {
  const { env, demo } = await connected(t, account);
  const args = ["load", "orders", "-n", "8"];
  const no = await runInProcess(args, { env, ask: async () => "n" });
  assert.deepEqual([no.code, no.stdout.endsWith("\nNothing was sent.\n")], [130, true]);
  const nobody = await runInProcess(args, { env });
  assert.equal(nobody.code, 2);
  assert.match(nobody.stderr, /There is no terminal to ask at: add --yes to confirm, or --dry-run to look\./);
  const dry = await runInProcess([...args, "--dry-run"], { env });
  assert.deepEqual([dry.code, dry.stdout.endsWith("\nNothing was sent.\n")], [0, true]);
  const { metrics } = demo.account.region("us-east-1");
  assert.equal(metrics.find("Invocations", { FunctionName: "orders" }), undefined);
});

test("a function without a reservation gets an eighth of what is unreserved where its use is not known", async (t) => {
  const { env } = await connected(t, account);
  // Unreserved: 200 - 2 - 0 - 10 = 188; a quarter of it counts as free.
  const refused = await runInProcess(["load", "free", "-n", "100", "-c", "24", "--yes"], { env });
  assert.deepEqual(
    [refused.code, refused.stderr],
    [
      2,
      "lambda-concurrency: Too much for a function without a reservation: it may take 24 at once and starve the others (how much of the 188 unreserved is in use is not known). Use at most 23 workers, or reserve for free first. Nothing was sent.\n",
    ],
  );
  const accepted = await runInProcess(["load", "free", "-n", "100", "-c", "23", "--yes"], { env });
  assert.equal(accepted.code, 0);
});

test("an open loop is refused by rate × duration", async (t) => {
  const { env } = await connected(t, account);
  // Its duration is not known: 10 s until Lambda ends it.
  const args = ["load", "free", "--rate", "3", "--duration", "1s", "--yes"];
  const { code, stderr } = await runInProcess(args, { env });
  assert.equal(code, 2);
  assert.match(stderr, /it may take 30 at once .* Keep rate × duration at or below 23, or reserve for free first\./);
});

test("a broken target gets ten requests and no load", async (t) => {
  const { env, demo } = await connected(t, account);
  const { code, stderr } = await runInProcess(["load", "broken", "-n", "500", "--yes"], { env });
  assert.deepEqual(
    [code, stderr],
    [
      2,
      "lambda-concurrency: function broken is broken: 10 of 10 requests of the warm-up failed, mostly function error: Unhandled. The load was not sent.\n",
    ],
  );
  const minutes = demo.account.region("us-east-1").metrics.find("Invocations", { FunctionName: "broken" })?.minutes;
  assert.equal(
    [...(minutes?.values() ?? [])].reduce((sum, minute) => sum + minute.sum, 0),
    10,
  );
});

test("production needs the account's number beside --yes", async (t) => {
  const folder = folderOf(t, {
    "concurrency-budget.yaml": 'pool: main\nenvironment: production\naccount: "123456789012"\nregion: us-east-1\n',
  });
  const { env } = await connected(t, account);
  const args = ["load", "orders", "-n", "4", "-c", "2", "--yes"];
  const refused = await runInProcess(args, { env, cwd: folder });
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /add --account 123456789012 beside --yes/);
  const accepted = await runInProcess([...args, "--account", "123456789012"], { env, cwd: folder });
  assert.equal(accepted.code, 0);
});

test("a function URL on this machine needs no account, and --csv has every request", async (t) => {
  const folder = folderOf(t, {});
  const { demo } = await connected(t, account);
  const url = `${demo.url}/demo/url/orders/`;
  const args = ["load", url, "-n", "12", "-c", "2", "--csv", "all.csv", "--format", "json"];
  const { code, stdout } = await runInProcess(args, { cwd: folder });
  const { target, runs } = json(stdout);
  assert.deepEqual([code, target, runs[0]?.served], [0, url, 12]);
  assert.deepEqual(runs[0]?.reserved, { unknown: "no function was named" });
  const lines = readFileSync(join(folder, "all.csv"), "utf8").trimEnd().split("\n");
  assert.deepEqual([lines.length, lines[0]?.split(",").length], [13, 9]);
});

test("a URL with --function is judged by the reservation of that function", async (t) => {
  const { env, demo } = await connected(t, account);
  const args = ["load", `${demo.url}/demo/url/orders/`, "--function", "orders", "-n", "12", "-c", "2", "--yes"];
  const { code, stdout } = await runInProcess([...args, "--format", "json"], { env });
  assert.deepEqual([code, json(stdout).runs[0]?.reserved, json(stdout).expected], [0, 2, { throttledShare: 0 }]);
});

test("a URL of somebody else is refused unless it is called one's own", async () => {
  const { code, stdout, stderr } = await runInProcess(["load", "https://example.com/", "-n", "10"]);
  assert.deepEqual(
    [code, stdout, stderr],
    [
      2,
      "",
      "lambda-concurrency: Load on example.com is an attack unless it is yours: add --i-own-this-endpoint, or --function NAME if it is a function URL of your account. Nothing was sent.\n",
    ],
  );
});

test("a URL that the account does not report is refused for the function", async (t) => {
  const { env } = await connected(t, account);
  const args = ["load", "https://abc.lambda-url.us-east-1.on.aws/", "--function", "orders", "-n", "10", "--yes"];
  const { code, stderr } = await runInProcess(args, { env });
  assert.equal(code, 2);
  assert.match(
    stderr,
    /The account does not report https:\/\/abc\.lambda-url\.us-east-1\.on\.aws as a URL of orders\./,
  );
});

test("Ctrl+C prints what was measured until then", async (t) => {
  const { env } = await connected(t, account);
  const args = ["load", "orders", "-n", "100000", "-c", "2", "--yes"];
  const { code, stdout } = await runInProcess(args, {
    env,
    isErrTTY: true,
    watch: (text, interrupt) => {
      if (/ served, /.test(text)) interrupt();
    },
  });
  assert.equal(code, 130);
  assert.match(stdout, /interrupted +2 requests given up\n {2}served +\d+, /);
});

for (const [args, message] of [
  [[], "load takes one target: load FUNCTION -n 1000 -c 50, or load URL -n 1000 -c 50."],
  [["orders"], "Say how much: -n REQUESTS -c WORKERS, or --rate R --duration TIME."],
  [["orders", "-n", "100001"], "100,001 requests are too many: a load test sends at most 100,000."],
  [["orders", "-n", "5000", "-c", "1001"], "1,001 workers are too many: at most 1,000."],
  [["orders", "--rate", "2001", "--duration", "1s"], "2,001 requests per second are too many: at most 2,000."],
  [["orders", "--rate", "1", "--duration", "16m"], "960 s are too long: at most 900 s."],
  [["orders", "--rate", "5"], "--rate and --duration go together."],
  [
    ["orders", "--rate", "5", "--duration", "1s", "-n", "3"],
    "--requests and --rate exclude each other: --duration says how much.",
  ],
  [["orders", "--rate", "x", "--duration", "1s"], '--rate takes requests per second, such as 20 or 0.5, not "x".'],
  [["orders", "--rate", "5", "--duration", "1h"], '--duration takes 30s or 5m, not "1h".'],
  [["a b", "-n", "1"], 'load takes the name of a function or NAME:ALIAS, not "a b".'],
  [["orders", "-n", "1", "--header", "a: b"], "--header goes with a URL; a function is invoked by its name."],
  [["http://u:p@localhost/", "-n", "1"], 'Give credentials with --header "Authorization: …", not in the URL.'],
  [["http://localhost/", "-n", "1", "--header", "nonsense"], '--header takes "Name: value", not "nonsense".'],
  [["orders", "-n", "1", "--event", "missing.json"], "missing.json cannot be read. --event takes a file with JSON."],
  [["orders", "-n", "1", "--repeat", "2"], "--repeat goes with --reserve N."],
  [["orders", "-n", "1", "--reserve", "2", "--repeat", "6"], "--repeat takes at most 5, not 6."],
  [["orders", "--self-check"], "--self-check takes no target: it has a server of its own."],
] as const) {
  test(`load ${args.join(" ")} is refused`, async () => {
    const { code, stderr } = await runInProcess(["load", ...args]);
    assert.deepEqual([code, stderr], [2, `lambda-concurrency: ${message}\n`]);
  });
}

test("the self-check measures a server of its own", async () => {
  const { code, stdout } = await runCli(["load", "--self-check", "--format", "json"]);
  const { version, selfCheck } = JSON.parse(stdout);
  assert.deepEqual([code, version, selfCheck.answerTime], [0, 1, 50]);
  assert.deepEqual(Object.keys(selfCheck), ["answerTime", "closed", "open", "late", "ceiling"]);
});
