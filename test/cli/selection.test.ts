import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { AccountFile, DemoServer } from "#demo";
import { folderOf } from "./cli.ts";
import { connected } from "./demoAccount.ts";
import { runInProcess } from "./inProcess.ts";

const inStack = (stack: string, logicalId: string) => ({
  "aws:cloudformation:stack-name": stack,
  "aws:cloudformation:logical-id": logicalId,
});

const account: AccountFile = {
  alias: "shop-prod",
  functions: [
    { name: "orders", reserved: 60, tags: { team: "shop", ...inStack("shop", "Orders") } },
    { name: "orders-export", tags: { team: "data", ...inStack("shop", "Export") } },
    { name: "mail", reserved: 20, tags: { team: "shop", ...inStack("shop-mail", "Mail") } },
    { name: "search" },
  ],
};

const budget = `pool: production
account: "123456789012"
region: us-east-1
kill-groups:
  payments: [shop/*, search]
  gone: [search, nobody-here]
`;

async function shop(t: TestContext, files: Readonly<Record<string, string>> = {}) {
  const { demo, env } = await connected(t, { account });
  const cwd = folderOf(t, files);
  return { demo, cli: (...args: string[]) => runInProcess(args, { env, cwd }) };
}

const reservations = ({ account: { region } }: DemoServer) =>
  region("us-east-1").state.functions.map(({ reserved }) => reserved);
const lag = "Tags may lag: functions deployed in the last minutes may be missing.";

test("a stack is killed and restored as one, and what it stands for is said first", async (t) => {
  const { demo, cli } = await shop(t);
  const killed = await cli("kill", "--stack", "shop", "--reason", "fire", "--yes");
  assert.equal(killed.code, 0, killed.stderr);
  assert.deepEqual(killed.stdout.split("\n").slice(0, 4), [
    "--stack shop: 2 functions: orders and orders-export",
    lag,
    "",
    "Kill in account 123456789012 (shop-prod) in us-east-1",
  ]);
  assert.deepEqual(reservations(demo), [0, 0, 20, null]);
  const restored = await cli("restore", "--stack", "shop", "--yes");
  assert.equal(restored.code, 0, restored.stderr);
  assert.deepEqual(reservations(demo), [60, null, 20, null]);
});

test("tags select with a value or any, beside functions that are named, each function once", async (t) => {
  const { demo, cli } = await shop(t);
  const shown = await cli(
    "kill",
    "search",
    "mail",
    "--tag",
    "team=shop",
    "--reason",
    "fire",
    "--dry-run",
    "--format",
    "json",
  );
  const { selected, functions } = JSON.parse(shown.stdout);
  assert.deepEqual(selected, [{ by: "tag", value: "team=shop", functions: ["mail", "orders"] }]);
  assert.deepEqual(
    functions.map(({ name }: { name: string }) => name),
    ["search", "mail", "orders"],
  );
  assert.equal((await cli("kill", "--tag", "team", "--reason", "fire", "--yes")).code, 0);
  assert.deepEqual(reservations(demo), [0, 0, 0, null]);
});

test("of what a restore selects, functions that are not killed are left alone and named", async (t) => {
  const { demo, cli } = await shop(t);
  await cli("kill", "mail", "--reason", "fire", "--yes");
  const { code, stdout, stderr } = await cli("restore", "--tag", "team=shop", "--yes");
  assert.equal(code, 0, stderr);
  assert.deepEqual(stdout.split("\n").slice(0, 6), [
    "--tag team=shop: 2 functions: mail and orders",
    lag,
    "",
    "Not killed, left alone: orders.",
    "",
    "Restore in account 123456789012 (shop-prod) in us-east-1",
  ]);
  assert.deepEqual(reservations(demo), [60, null, 20, null]);
  const again = await cli("restore", "--tag", "team=shop", "--yes");
  assert.deepEqual([again.code, again.stdout.split("\n").at(-2)], [0, "Nothing of it is killed."]);
  const named = await cli("restore", "orders", "--tag", "team=shop", "--yes");
  assert.equal(named.code, 3, "a function that was named has to be killed");
});

test("what a selection has of kills is forgotten, and the rest of it is no mistake", async (t) => {
  const { demo, cli } = await shop(t);
  await cli("kill", "mail", "--reason", "fire", "--yes");
  const { code, stdout } = await cli("restore", "--forget", "--tag", "team=shop", "--yes");
  assert.equal(code, 0);
  assert.match(stdout, /^forgotten {2}mail$/m);
  assert.deepEqual(reservations(demo), [60, null, 0, null]);
  assert.equal((await cli("kills")).stdout, "Nothing is killed.\n");
  const named = await cli("restore", "--forget", "orders", "--yes");
  assert.equal(named.code, 3, "a function that was named has to be killed");
});

test("a kill group of the budget in the current folder is killed and restored as one", async (t) => {
  const { demo, cli } = await shop(t, { "concurrency-budget.yaml": budget });
  const killed = await cli("kill", "--group", "payments", "--reason", "fire", "--yes");
  assert.equal(killed.code, 0, killed.stderr);
  assert.equal(killed.stdout.split("\n")[0], "--group payments: 3 functions: orders, orders-export and search");
  assert.deepEqual(reservations(demo), [0, 0, 20, 0]);
  assert.equal((await cli("restore", "--group", "payments", "--yes")).code, 0);
  assert.deepEqual(reservations(demo), [60, null, 20, null]);
});

test("what a kill group means and is not there is named, and then it was not all", async (t) => {
  const { demo, cli } = await shop(t, { "concurrency-budget.yaml": budget });
  const { code, stderr, stdout } = await cli(
    "kill",
    "--group",
    "gone",
    "--reason",
    "fire",
    "--yes",
    "--format",
    "json",
  );
  assert.equal(code, 3);
  assert.equal(stderr, "lambda-concurrency: Kill group gone: not found in this account: nobody-here.\n");
  assert.deepEqual(JSON.parse(stdout).selected, [
    { by: "group", value: "gone", functions: ["search"], missing: ["nobody-here"] },
  ]);
  assert.deepEqual(reservations(demo), [60, null, 20, 0]);
});

test("a group that no budget of this account has is a mistake of the command line", async (t) => {
  const other = budget.replace("123456789012", "210987654321");
  const { cli } = await shop(t, { "concurrency-budget.yaml": budget });
  const typed = await cli("kill", "--group", "paymens", "--reason", "fire", "--yes");
  assert.equal(typed.code, 2);
  assert.match(typed.stderr, /no budget in this folder for account 123456789012 .* Did you mean payments\?/s);
  const elsewhere = await shop(t, { "concurrency-budget.yaml": other });
  const foreign = await elsewhere.cli("kill", "--group", "payments", "--reason", "fire", "--yes");
  assert.equal(foreign.code, 2);
  const twice = await shop(t, { "concurrency-budget.yaml": `${budget}---\n${budget.replace("production", "again")}` });
  const both = await twice.cli("kill", "--group", "payments", "--reason", "fire", "--yes");
  assert.equal(both.code, 2);
  assert.match(both.stderr, /pools production and again of this account and Region/);
  const none = await shop(t);
  assert.equal((await none.cli("restore", "--group", "payments", "--yes")).code, 2);
});

test("a selection without a function changes nothing and says so", async (t) => {
  const { demo, cli } = await shop(t);
  const { code, stderr } = await cli("kill", "--stack", "shp", "--tag", "team=x", "--reason", "fire", "--yes");
  assert.equal(code, 3);
  assert.deepEqual(stderr.split("\n").slice(0, 2), [
    "lambda-concurrency: No function belongs to stack shp.",
    "lambda-concurrency: No function has the tag team=x.",
  ]);
  assert.deepEqual(reservations(demo), [60, null, 20, null]);
});

test("without the permission to read tags nothing is killed, and the permission is named", async (t) => {
  const { demo, cli } = await shop(t);
  demo.account.faults.replace([{ kind: "deny", action: "GetResources" }]);
  const { code, stderr } = await cli("kill", "orders", "--stack", "shop", "--reason", "fire", "--yes");
  assert.equal(code, 3);
  assert.match(stderr, /tag:GetResources/);
  assert.deepEqual(reservations(demo), [60, null, 20, null]);
});

test("--all takes everything by itself, and a tag needs a key", async (t) => {
  const { cli } = await shop(t);
  for (const more of [["--stack", "shop"], ["--tag", "team=shop"], ["--group", "payments"], ["orders"]])
    assert.equal((await cli("restore", "--all", ...more, "--yes")).code, 2, more.join(" "));
  const { code, stderr } = await cli("kill", "--tag", "=shop", "--reason", "fire");
  assert.equal(code, 2);
  assert.match(stderr, /--tag =shop: Write the key of the tag before the “=”: KEY=VALUE\./);
});
