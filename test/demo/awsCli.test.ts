import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { before, type TestContext, test } from "node:test";
import { promisify } from "node:util";
import { type DemoServer, startDemo } from "#demo";
import { folderOf } from "../cli/cli.ts";

/** Every aws command on the path: versions differ in the protocols that they speak. */
const installed = (process.env.PATH ?? "")
  .split(delimiter)
  .map((folder) => join(folder, "aws"))
  .filter((path) => existsSync(path));
const [aws = "aws"] = installed;
const commands = [...new Set(installed.map((path) => realpathSync(path)))];
const skip = installed.length === 0 && "the aws command is not installed";

let demo: DemoServer;
before(async () => {
  demo = await startDemo({ traffic: true, timeScale: 10 });
});
test.after(() => demo.close());

/** Runs the published command against the demo account: what it prints, or what it says went wrong. */
function run(t: TestContext, ...args: readonly string[]): Promise<unknown> {
  return runWith(aws, t, ...args);
}

async function runWith(command: string, t: TestContext, ...args: readonly string[]): Promise<unknown> {
  const folder = folderOf(t, {});
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    AWS_ACCESS_KEY_ID: "AKIDEMO",
    AWS_SECRET_ACCESS_KEY: "demo",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_PAGER: "",
  };
  const all = ["--endpoint-url", demo.url, "--output", "json", ...args];
  try {
    const { stdout } = await promisify(execFile)(command, all, { cwd: folder, env, timeout: 60_000 });
    return stdout === "" ? undefined : JSON.parse(stdout);
  } catch (error) {
    return String(error instanceof Error && "stderr" in error ? error.stderr : error).trim();
  }
}

test("aws lambda reads and changes reservations, with Lambda's texts", { skip }, async (t) => {
  const settings = ["lambda", "get-account-settings", "--query", "AccountLimit.UnreservedConcurrentExecutions"];
  assert.equal(await run(t, ...settings), 400);
  const names = await run(t, "lambda", "list-functions", "--query", "length(Functions)");
  assert.equal(names, 6);
  const put = ["lambda", "put-function-concurrency", "--function-name", "blog-search"];
  assert.deepEqual(await run(t, ...put, "--reserved-concurrent-executions", "200"), {
    ReservedConcurrentExecutions: 200,
  });
  assert.equal(
    await run(t, ...put, "--reserved-concurrent-executions", "451"),
    "An error occurred (InvalidParameterValueException) when calling the PutFunctionConcurrency operation: Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
  );
  const get = ["lambda", "get-function-concurrency", "--function-name", "concurrencyBlog01"];
  assert.equal(await run(t, ...get), undefined);
  assert.equal(await run(t, "lambda", "delete-function-concurrency", "--function-name", "blog-archive"), undefined);
});

test("aws lambda prints Lambda's texts for what cannot be", { skip }, async (t) => {
  const error = (name: string, operation: string, text: string) =>
    `An error occurred (${name}) when calling the ${operation} operation: ${text}`;
  const arn = "arn:aws:lambda:us-east-1:123456789012:function:nope";
  const value = ["--reserved-concurrent-executions", "1"];
  const unknown = ["--function-name", "nope"];
  const provisioned = ["--function-name", "blog-search"];
  const qualified = ["--function-name", "blog-search:live"];
  for (const [args, expected] of [
    [
      ["put-function-concurrency", ...unknown, ...value],
      error("ResourceNotFoundException", "PutFunctionConcurrency", `Function not found: ${arn}:$LATEST`),
    ],
    [
      ["get-function-concurrency", ...unknown],
      error("ResourceNotFoundException", "GetFunctionConcurrency", `Function not found: ${arn}`),
    ],
    [
      ["delete-function-concurrency", ...unknown],
      error("ResourceNotFoundException", "DeleteFunctionConcurrency", `Function not found: ${arn}:$LATEST`),
    ],
    [["invoke", ...unknown, "out.json"], error("ResourceNotFoundException", "Invoke", `Function not found: ${arn}`)],
    [
      ["put-function-concurrency", ...provisioned, ...value],
      error(
        "InvalidParameterValueException",
        "PutFunctionConcurrency",
        " ReservedConcurrentExecutions  1 should not be lower than function's total provisioned concurrency [20].",
      ),
    ],
    [
      ["put-function-concurrency", ...qualified, ...value],
      error(
        "InvalidParameterValueException",
        "PutFunctionConcurrency",
        "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.",
      ),
    ],
  ] as const)
    assert.equal(await run(t, "lambda", ...args), expected);
});

test("aws lambda invoke runs a function, and says why it is throttled", { skip }, async (t) => {
  const folder = folderOf(t, {});
  const file = join(folder, "out.json");
  const invoke = (name: string) => run(t, "lambda", "invoke", "--function-name", name, file);
  assert.deepEqual(await invoke("concurrencyBlog01"), { StatusCode: 200, ExecutedVersion: "$LATEST" });
  assert.equal(JSON.parse(readFileSync(file, "utf8")).statusCode, 200);
  const switchedOff = ["lambda", "put-function-concurrency", "--function-name", "blog-comments"];
  await run(t, ...switchedOff, "--reserved-concurrent-executions", "0");
  const cli = String(await invoke("blog-comments"));
  assert.match(
    cli,
    /^An error occurred \(TooManyRequestsException\) when calling the Invoke operation .*Rate Exceeded\.$/,
  );
});

test("aws cloudwatch get-metric-data reads the metrics", { skip }, async (t) => {
  const query = {
    Id: "a",
    MetricStat: {
      Metric: { Namespace: "AWS/Lambda", MetricName: "ConcurrentExecutions" },
      Period: 3600,
      Stat: "Maximum",
    },
  };
  const now = Date.now();
  const times = ["--start-time", new Date(now - 7_200_000).toISOString(), "--end-time", new Date(now).toISOString()];
  const queries = ["--metric-data-queries", JSON.stringify([query])];
  const pick = ["--query", "MetricDataResults[0].[Id, StatusCode, Values[0] > `100`]"];
  for (const command of commands) {
    const answer = await runWith(command, t, "cloudwatch", "get-metric-data", ...times, ...queries, ...pick);
    assert.deepEqual(answer, ["a", "Complete", true], command);
  }
});

for (const [name, args, expected] of [
  ["sts get-caller-identity", ["--query", "Account"], "123456789012"],
  ["iam list-account-aliases", ["--query", "AccountAliases"], ["demo-account"]],
  [
    "service-quotas get-service-quota",
    ["--service-code", "lambda", "--quota-code", "L-B99A9384", "--query", "Quota.Value"],
    1000,
  ],
  ["resourcegroupstaggingapi get-resources", ["--query", "length(ResourceTagMappingList)"], 5],
  [
    "application-autoscaling describe-scalable-targets",
    ["--service-namespace", "lambda", "--query", "ScalableTargets[].ResourceId"],
    ["function:blog-search:live"],
  ],
] as const) {
  test(`aws ${name} works`, { skip }, async (t) => {
    assert.deepEqual(await run(t, ...name.split(" "), ...args), expected);
  });
}
