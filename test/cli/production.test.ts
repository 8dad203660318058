import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import type { AccountFile } from "#demo";
import { folderOf } from "./cli.ts";
import { connected } from "./demoAccount.ts";
import { runInProcess } from "./inProcess.ts";

const account: AccountFile = { limit: 1000, floor: 100, functions: [{ name: "orders", reserved: 300 }] };
const budget = `pool: shop
account: "123456789012"
region: us-east-1
environment: production
reservations: { orders: 300 }
`;

async function scene(t: TestContext) {
  const { env, demo } = await connected(t, { account });
  const repository = folderOf(t, { "concurrency-budget.yaml": budget, ".git/HEAD": "" });
  const elsewhere = folderOf(t, {});
  const cli = (line: string, cwd: string) => runInProcess(line.split(" "), { env, cwd });
  const reserved = () => demo.account.region("us-east-1").state.functions[0]?.reserved;
  return { cli, repository, elsewhere, reserved };
}

const refusal = new RegExp(
  "^lambda-concurrency: The budget of pool shop called this account and Region production on \\d{4}-\\d\\d-\\d\\d; " +
    '"lambda-concurrency account --forget-production 123456789012" forgets that\\. ' +
    "To confirm, add --account 123456789012 beside --yes\\. Nothing was changed\\.\\n$",
);

for (const first of ["plan", "set orders 200 --dry-run", "kill orders --reason test --dry-run", "apply --dry-run"]) {
  test(`what ${first} has seen as production needs --account in every folder, until it is forgotten`, async (t) => {
    const { cli, repository, elsewhere, reserved } = await scene(t);
    assert.equal((await cli(first, repository)).code, 0);
    for (const line of ["set orders 200 --yes", "kill orders --reason test --yes"]) {
      const { code, stderr } = await cli(line, elsewhere);
      assert.match(stderr, refusal);
      assert.deepEqual([code, reserved()], [2, 300]);
    }
    assert.equal((await cli("set orders 250 --yes --account 123456789012", elsewhere)).code, 0);
    assert.equal(reserved(), 250);
    assert.deepEqual(await cli("account --forget-production 123456789012", elsewhere), {
      code: 0,
      stdout: "Account 123456789012 (us-east-1) no longer counts as production on this machine.\n",
      stderr: "",
    });
    assert.equal((await cli("set orders 200 --yes", elsewhere)).code, 0);
    assert.equal(reserved(), 200);
  });
}

test("restore and the end of an apply ask for it too", async (t) => {
  const { cli, repository, elsewhere } = await scene(t);
  assert.equal((await cli("kill orders --reason test --yes --account 123456789012", repository)).code, 0);
  const { code, stderr } = await cli("restore orders --yes", elsewhere);
  assert.match(stderr, refusal);
  assert.equal(code, 2);
});

test("a budget above the folder, in the same repository, counts", async (t) => {
  const { cli, repository, reserved } = await scene(t);
  const below = path.join(repository, "services/orders");
  mkdirSync(below, { recursive: true });
  const { code, stderr } = await cli("set orders 200 --yes", below);
  assert.match(stderr, /^lambda-concurrency: The budget of pool shop calls this account and Region production\. /);
  assert.deepEqual([code, reserved()], [2, 300]);
});

test("an account that is not remembered is not forgotten, and an id has 12 digits", async (t) => {
  const { cli, elsewhere } = await scene(t);
  assert.deepEqual(await cli("account --forget-production 123456789012", elsewhere), {
    code: 0,
    stdout: "Account 123456789012 was not remembered as production on this machine.\n",
    stderr: "",
  });
  for (const line of ["account --forget-production shop", "set orders 5 --yes --account abc"]) {
    const { code, stderr } = await cli(line, elsewhere);
    assert.match(stderr, / takes the id of an account, 12 digits, not "(shop|abc)"\.\n$/);
    assert.equal(code, 2);
  }
});

test("another account than the connected one is refused with 3", async (t) => {
  const { cli, elsewhere, reserved } = await scene(t);
  for (const line of ["set orders 200", "kill orders --reason test", "restore orders", "apply --undo"]) {
    assert.deepEqual(await cli(`${line} --yes --account 210987654321`, elsewhere), {
      code: 3,
      stdout: "",
      stderr:
        "lambda-concurrency: --account 210987654321: these credentials are of account 123456789012. Nothing was changed.\n",
    });
  }
  assert.equal(reserved(), 300);
});
