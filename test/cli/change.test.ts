import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccountFile, DemoServer } from "#demo";
import { folderOf, samTemplate } from "./cli.ts";
import { connected } from "./demoAccount.ts";
import { runInProcess } from "./inProcess.ts";

const tags = (stack: string, id: string) => ({
  "aws:cloudformation:stack-name": stack,
  "aws:cloudformation:logical-id": id,
});
const account: AccountFile = {
  alias: "shop-prod",
  limit: 1000,
  floor: 100,
  functions: [
    { name: "shop-Orders-1", reserved: 200, tags: tags("shop", "Orders") },
    { name: "shop-Mail-1", reserved: 400, tags: tags("shop", "Mail") },
    { name: "legacy", reserved: 300 },
    { name: "free" },
  ],
};
const template = samTemplate({ Orders: 300, Mail: 300 });
const budget = (head: string, reservations = "shop/Orders: 350, shop/Mail: 250, legacy: 300") =>
  `pool: shop\n${head}floor: 100\nstacks:\n  - { template: template.yaml, name: shop }\nreservations: { ${reservations} }\n`;
const stated = 'account: "123456789012"\nregion: us-east-1\n';
const files = (head = stated, reservations?: string) => ({
  "concurrency-budget.yaml": budget(head, reservations),
  "template.yaml": template,
});

function reservations({ account: { home, region } }: DemoServer) {
  return Object.fromEntries(region(account(home)).state.functions.map(({ name, reserved }) => [name, reserved]));
  function account(name: string) {
    return name;
  }
}

test("plan shows the calls in their order and ends with 1; apply makes them; then there is nothing left", async (t) => {
  const { env, demo } = await connected(t, { account });
  const cwd = folderOf(t, files());
  const planned = await runInProcess(["plan"], { env, cwd });
  assert.equal(planned.stderr, "");
  assert.equal(planned.code, 1);
  assert.match(
    planned.stdout,
    /^Plan for account 123456789012 \(shop-prod\) in us-east-1\n\nconcurrency-budget\.yaml, pool shop\n/,
  );
  assert.match(
    planned.stdout,
    /\n 1 {2}shop-Mail-1 {4} 400 {5}250 {4}-150 {9}250\n 2 {2}shop-Orders-1 {3}200 {5}350 {4}\+150 {9}100\n/,
  );
  assert.match(planned.stdout, /\n2 calls: 100 unreserved now, 100 afterwards\. 1 function is already as wanted\.\n/);
  const applied = await runInProcess(["apply", "--yes"], { env, cwd });
  assert.deepEqual([applied.code, applied.stderr], [0, ""]);
  assert.match(applied.stdout, /\n2 of 2 steps done\. 100 unreserved now\.\n$/);
  assert.deepEqual(reservations(demo), { "shop-Orders-1": 350, "shop-Mail-1": 250, legacy: 300, free: null });
  const again = await runInProcess(["plan", "."], { env, cwd });
  assert.equal(again.code, 0);
  assert.match(again.stdout, /\nNothing to change\. 3 functions are already as wanted\.\n$/);
});
