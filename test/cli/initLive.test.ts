import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { AccountFile } from "#demo";
import { folderOf, samTemplate } from "./cli.ts";
import { connected } from "./demoAccount.ts";
import { runInProcess } from "./inProcess.ts";

const account: AccountFile = {
  limit: 900,
  floor: 100,
  functions: [
    {
      name: "shop-Orders-1",
      reserved: 200,
      tags: { "aws:cloudformation:stack-name": "shop", "aws:cloudformation:logical-id": "Orders" },
    },
    { name: "legacy", reserved: 0 },
    { name: "free" },
  ],
};
const template = samTemplate({ Orders: 300 });
const budgetIn = (folder: string) => readFileSync(join(folder, "concurrency-budget.yaml"), "utf8");

test("a new budget grants what the account reserves, and plan then has nothing to change", async (t) => {
  const { env } = await connected(t, { account });
  const cwd = folderOf(t, {
    "template.yaml": template,
    "samconfig.toml": 'version = 0.1\n[default.deploy.parameters]\nstack_name = "shop"\n',
  });
  const { code, stdout, stderr } = await runInProcess(["init", "--live", "--pool", "mine"], { env, cwd });
  assert.deepEqual([code, stderr], [0, ""]);
  assert.equal(
    stdout,
    "concurrency-budget.yaml: 2 reservations taken over from the account.\n  shop/Orders: 200\n  legacy: off\n",
  );
  const text = budgetIn(cwd);
  assert.match(text, /\npool: mine\naccount: "123456789012"\nregion: us-east-1\nlimit: 900\n/);
  assert.match(text, /\nreservations:\n {2}shop\/Orders: 200\n {2}legacy: off\n$/);
  assert.equal((await runInProcess(["plan"], { env, cwd })).code, 0);
  assert.deepEqual(readdirSync(cwd).sort(), ["concurrency-budget.yaml", "samconfig.toml", "template.yaml"]);
});

test("an existing budget is brought up to date, its comments stay; --stdout writes nothing", async (t) => {
  const { env } = await connected(t, { account });
  const before = `# ours\naccount: "123456789012"\nregion: us-east-1\nreservations:\n  legacy: 5   # old\n  shop/Orders: 200\n`;
  const cwd = folderOf(t, { "concurrency-budget.yaml": before });
  const shown = await runInProcess(["init", "--live", "--stdout"], { env, cwd });
  const after = before.replace("legacy: 5 ", "legacy: off ");
  assert.deepEqual([shown.code, shown.stdout, budgetIn(cwd)], [0, after, before]);
  assert.equal((await runInProcess(["init", "--live"], { env, cwd })).code, 0);
  assert.equal(budgetIn(cwd), after);
});

test("a budget of another account is left alone", async (t) => {
  const { env } = await connected(t, { account });
  const before = `account: "210987654321"\nregion: us-east-1\nreservations: { legacy: 5 }\n`;
  const cwd = folderOf(t, { "concurrency-budget.yaml": before });
  const { code, stderr } = await runInProcess(["init", "--live"], { env, cwd });
  assert.equal(code, 3);
  assert.match(stderr, /none of its pools is of account 123456789012 in us-east-1\. Nothing was written\./);
  assert.equal(budgetIn(cwd), before);
});

test("an account that reserves nothing gives a budget that grants nothing", async (t) => {
  const { env } = await connected(t, { account: { functions: [{ name: "free" }] } });
  const cwd = folderOf(t, {});
  const { code, stdout } = await runInProcess(["init", "--live"], { env, cwd });
  assert.deepEqual([code, stdout], [0, "concurrency-budget.yaml: 0 reservations taken over from the account.\n"]);
  assert.match(budgetIn(cwd), /\nstacks: \[\]\n\n#.*\nreservations: \{\}\n$/);
});
