import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type AccountFile, type FaultKind, parseFault } from "#demo";
import { folderOf, samTemplate } from "./cli.ts";
import { connected } from "./demoAccount.ts";
import { runInProcess } from "./inProcess.ts";

const account: AccountFile = {
  limit: 1000,
  floor: 100,
  functions: [{ name: "orders", reserved: 600 }, { name: "mail", reserved: 200 }, { name: "free" }],
};

async function scene(t: TestContext, fault: `${FaultKind}:${string}`) {
  const read = parseFault(fault);
  if (typeof read === "string") throw new Error(read);
  const { env, demo } = await connected(t, { account, faults: [read] });
  const reserved = () =>
    Object.fromEntries(demo.account.region("us-east-1").state.functions.map((each) => [each.name, each.reserved]));
  return { cli: (line: string) => runInProcess(line.split(" "), { env }), reserved, env };
}

for (const fault of ["deny:GetAccountSettings", "moto:*"] as const) {
  test(`${fault}: account shows the functions, and that the totals are not known`, async (t) => {
    const { cli } = await scene(t, fault);
    const { code, stdout, stderr } = await cli("account");
    assert.equal(code, 3);
    assert.match(stdout, /^Limit, unreserved and headroom are not known\.$/m);
    assert.match(stdout, /^orders +600$/m);
    assert.match(stderr, /^lambda-concurrency: .*GetAccountSettings/);
    const json = JSON.parse((await cli("account --format json")).stdout);
    const unknown = { unknown: "GetAccountSettings is denied or not offered" };
    assert.deepEqual([json.limit, json.unreserved, json.headroom, json.floor], [unknown, unknown, unknown, unknown]);
    assert.deepEqual(
      json.functions.map(({ name, reserved }: { name: string; reserved: number | null }) => [name, reserved]),
      [
        ["orders", 600],
        ["mail", 200],
        ["free", null],
      ],
    );
  });

  test(`${fault}: set is made, and said to be judged by Lambda`, async (t) => {
    const { cli, reserved } = await scene(t, fault);
    const { code, stdout } = await cli("set mail 250 --yes");
    assert.deepEqual([code, reserved().mail], [0, 250]);
    assert.match(
      stdout,
      /^- The account does not say what it has left unreserved: .* Lambda decides when it is set\.$/m,
    );
    assert.match(stdout, /^1 call\.$/m);
    assert.equal((await cli("set free 20 --yes")).code, 0);
    assert.equal(reserved().free, 20);
  });
}

for (const fault of ["deny:GetAccountSettings", "moto:*"] as const) {
  test(`${fault}: an apply that is made and read back ends with 0, as set does`, async (t) => {
    const { cli, reserved } = await scene(t, fault);
    const budget = "account: '123456789012'\nregion: us-east-1\nlimit: 1000\nfloor: 100\nreservations: {mail: 150}\n";
    const folder = folderOf(t, { "concurrency-budget.yaml": budget });
    const { code, stdout } = await cli(`apply ${folder} --yes`);
    assert.deepEqual([code, reserved().mail], [0, 150], stdout);
  });
}

test("of what an emulator does not offer it is not said that a sign-in page answered", async (t) => {
  const { cli } = await scene(t, "moto:*");
  const { code, stdout, stderr } = await cli("kill mail --reason fire --yes");
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(
    stdout,
    /! This endpoint does not offer ListProvisionedConcurrencyConfigs, so what it would tell is not known\./,
  );
  assert.doesNotMatch(stdout, /sign-in page/);
});

test("where the totals are denied, Lambda's refusal is what set ends with", async (t) => {
  const { cli, reserved } = await scene(t, "deny:GetAccountSettings");
  const { code, stdout } = await cli("set mail 700 --yes");
  assert.deepEqual([code, reserved().mail], [3, 200]);
  assert.match(stdout, /Lambda refused: 100 of the account's concurrency must stay unreserved\./);
  assert.match(stdout, /How much is left is not known: the account does not say it\./);
  assert.doesNotMatch(stdout, /Somebody took/);
});

test("check --live never says that it fits where the totals are denied, and ends with 3", async (t) => {
  const { env } = await scene(t, "deny:GetAccountSettings");
  const folder = folderOf(t, { "template.yaml": samTemplate({ Orders: 500 }) });
  const { code, stdout } = await runInProcess(["check", folder, "--live", "--format", "json"], { env });
  const [pool] = JSON.parse(stdout).pools;
  const unreserved = { unknown: "GetAccountSettings is denied or not offered" };
  assert.deepEqual(
    [code, pool.verdict, pool.limitSource, pool.inAws],
    [3, "depends", "assumed", { unreserved, verdict: "depends" }],
  );
});
