import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
  GetFunctionConcurrencyCommand,
  GetProvisionedConcurrencyConfigCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
} from "@aws-sdk/client-lambda";
import { checkAccount, defaultAccount, startDemo } from "#demo";
import { accountWith, clientConfig, demoFor, refusal } from "./clients.ts";

test("what was changed is there again after a restart, and nothing else is left in the folder", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "demo-state-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const options = { ...accountWith({ a: 1, b: null }), stateFile: join(folder, "state.json") };
  const first = await demoFor(t, options);
  const lambda = new LambdaClient(clientConfig(first.url));
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: "a", ReservedConcurrentExecutions: 9 }));
  const pair = { FunctionName: "b", Qualifier: "live" };
  await lambda.send(new PutProvisionedConcurrencyConfigCommand({ ...pair, ProvisionedConcurrentExecutions: 4 }));
  await first.close();
  assert.deepEqual(readdirSync(folder), ["state.json"]);
  const second = new LambdaClient(clientConfig((await demoFor(t, options)).url));
  const read = await second.send(new GetFunctionConcurrencyCommand({ FunctionName: "a" }));
  assert.equal(read.ReservedConcurrentExecutions, 9);
  const config = await second.send(new GetProvisionedConcurrencyConfigCommand(pair));
  assert.deepEqual([config.RequestedProvisionedConcurrentExecutions, config.Status], [4, "READY"]);
});

test("a file that is no state file is not overwritten", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "demo-state-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const stateFile = join(folder, "notes.txt");
  writeFileSync(stateFile, "hello");
  await assert.rejects(startDemo({ stateFile }), {
    message: `${stateFile} is no state file of a demo account: it is not JSON.`,
  });
});

test("a state file that cannot be written is refused before anything can be lost", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "demo-state-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  await assert.rejects(startDemo({ stateFile: join(folder, "missing", "state.json") }), { code: "ENOENT" });
});

test("limit and floor can be replaced", async (t) => {
  const { url } = await demoFor(t, { limit: 800, floor: 50 });
  const change = new PutFunctionConcurrencyCommand({ FunctionName: "blog-search", ReservedConcurrentExecutions: 301 });
  assert.deepEqual((await refusal(new LambdaClient(clientConfig(url)).send(change))).slice(2), [
    "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [50].",
  ]);
});

test("the default account passes its own check", () => assert.equal(checkAccount(defaultAccount), defaultAccount));

for (const [account, message] of [
  [[], "An account file holds a map with limit, floor, functions and so on."],
  [
    { limits: 1 },
    "limits is not known; there are account, alias, region, limit, floor, latency, faults, functions, more.",
  ],
  [{ limit: -1 }, "limit is a whole number from 0."],
  [{ account: "1" }, "account has twelve digits."],
  [{ functions: [{ name: "a b" }] }, "functions[0].name has 1 to 64 letters, digits, - and _."],
  [{ functions: [{ name: "a" }, { name: "a" }] }, "functions[1].name: a is there twice."],
  [
    { functions: [{ name: "a", duration: { median: 0 } }] },
    "functions[0].duration has median and p95 in milliseconds.",
  ],
  [{ faults: [1] }, "faults are texts such as throttle:GetFunction."],
  [{ functions: [{ name: "a", provisioned: { live: "x" } }] }, "functions[0].provisioned has whole numbers."],
  [
    { functions: [{ name: "a", targets: { live: {} } }] },
    "functions[0].targets.live has minimum and maximum, whole numbers.",
  ],
  [{ functions: [{ name: "a", mappings: [{}] }] }, "functions[0].mappings[0] has a source, an ARN."],
] as const) {
  test(`the account ${JSON.stringify(account)} is refused with a sentence`, () =>
    assert.equal(checkAccount(account), message));
}
