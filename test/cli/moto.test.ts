import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { GetFunctionConcurrencyCommand, LambdaClient, PutFunctionConcurrencyCommand } from "@aws-sdk/client-lambda";
import { parseFault } from "#demo";
import { clientConfig } from "../demo/clients.ts";
import { startMoto, withoutMoto } from "../support/motoServer.ts";
import type { Finished } from "./cli.ts";
import { connected } from "./demoAccount.ts";
import { runInProcess } from "./inProcess.ts";

const names = ["plain", "none", "zero"];

async function demoLikeMoto(t: TestContext): Promise<string> {
  const fault = parseFault("moto");
  if (typeof fault === "string") throw new Error(fault);
  const functions = names.map((name) => ({ name }));
  return (await connected(t, { account: { functions }, faults: [fault] })).demo.url;
}

/** An endpoint with the three functions, and the command line connected to it. */
async function scene(t: TestContext, start: (t: TestContext) => Promise<string>) {
  const url = await start(t);
  const { env } = await connected(t);
  const lambda = new LambdaClient(clientConfig(url));
  return {
    run: async (command: string) => await runInProcess(command.split(" "), { env: { ...env, AWS_ENDPOINT_URL: url } }),
    reserve: (FunctionName: string, ReservedConcurrentExecutions: number) =>
      lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions })),
    reservations: () =>
      Promise.all(
        names.map(
          async (FunctionName) =>
            (await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }))).ReservedConcurrentExecutions,
        ),
      ),
  };
}

/** The lines at the end that say what became of each function, in alphabetical order. */
function outcomes({ stdout }: Finished): readonly string[] {
  const last = stdout.trimEnd().split("\n\n").at(-1) ?? "";
  return last
    .split("\n")
    .map((line) => line.replace(/ +/g, " "))
    .sort();
}

for (const [who, start, skip] of [
  ["the demo account with the fault moto", demoLikeMoto, false],
  ["moto_server", (t: TestContext) => startMoto(t, names), withoutMoto],
] as const) {
  test(`${who}: a kill and its restore work without what it does not offer`, { skip }, async (t) => {
    const { run, reserve, reservations } = await scene(t, start);
    await reserve("plain", 60);
    await reserve("zero", 0);
    const killed = await run("kill plain none zero --reason fire --yes");
    assert.deepEqual(
      [killed.code, killed.stderr, outcomes(killed)],
      [0, "", ["off none", "off plain", "was off zero"]],
    );
    assert.deepEqual(await reservations(), [0, 0, 0]);
    const open = await run("kills");
    assert.deepEqual([open.code, open.stdout.match(/^\w+(?=: off since)/gm)?.sort()], [0, ["none", "plain"]]);
    const restored = await run("restore --all --yes");
    assert.deepEqual(
      [restored.code, restored.stderr, outcomes(restored)],
      [0, "", ["restored none", "restored plain"]],
    );
    assert.deepEqual(await reservations(), [60, undefined, 0]);
    const still = await run("kills");
    assert.deepEqual([still.code, still.stdout.match(/: off since/g)], [0, null]);
  });

  test(`${who}: functions are shown without totals, and set as Lambda decides`, { skip }, async (t) => {
    const { run, reserve, reservations } = await scene(t, start);
    await reserve("plain", 60);
    await reserve("zero", 0);
    const { code, stdout, stderr } = await run("account");
    const said =
      "lambda-concurrency: This endpoint does not offer GetAccountSettings, so limit and unreserved are not known.\n";
    assert.deepEqual([code, stderr], [3, said]);
    assert.deepEqual(stdout.replace(/ +/g, " ").match(/^(?:plain|none|zero) \w+/gm), [
      "plain 60",
      "zero 0",
      "none none",
    ]);
    assert.deepEqual([(await run("set none 5000 --yes")).code, await reservations()], [0, [60, 5000, 0]]);
  });
}
