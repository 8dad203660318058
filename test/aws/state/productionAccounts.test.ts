import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { forgetProduction, productionReason } from "#aws";
import { temporaryFolder } from "../kill/scene.ts";

const identity = {
  account: "123456789012",
  arn: "arn:aws:iam::123456789012:user/me",
  partition: "aws",
  region: "us-east-1",
};
const budget = { name: "shop", budget: {}, environment: "production", account: "123456789012", region: null };
const now = "The budget of pool shop calls this account and Region production.";
const before =
  /^The budget of pool shop called this account and Region production on \d{4}-\d\d-\d\d; "lambda-concurrency account --forget-production 123456789012" forgets that\.$/;

test("what a budget called production stays production without the budget, in its Region alone", async (t) => {
  const folder = temporaryFolder(t);
  assert.equal(await productionReason(folder, identity, []), undefined);
  assert.equal(await productionReason(folder, identity, [budget]), now);
  assert.match((await productionReason(folder, identity, [])) ?? "", before);
  const [staging] = [{ ...budget, environment: "staging" }];
  assert.match((await productionReason(folder, identity, [staging])) ?? "", before);
  assert.equal(await productionReason(folder, { ...identity, region: "eu-west-1" }, []), undefined);
  assert.equal(await productionReason(folder, { ...identity, endpoint: "http://127.0.0.1:1" }, []), undefined);
});

test("what counts only because budgets cannot be read, or by a setting, is not remembered", async (t) => {
  const folder = temporaryFolder(t);
  assert.match((await productionReason(folder, identity, "unread")) ?? "", /could not be read/);
  assert.match(
    (await productionReason(folder, identity, [{ ...budget, environmentUnread: true, environment: "" }])) ?? "",
    /completely/,
  );
  assert.match((await productionReason(folder, identity, [], ["123456789012"])) ?? "", /^Your settings/);
  assert.equal(await productionReason(folder, identity, []), undefined);
});

test("an account is forgotten in all its Regions, and no other", async (t) => {
  const folder = temporaryFolder(t);
  const other = { ...identity, account: "210987654321" };
  const any = { ...budget, account: null };
  for (const each of [identity, { ...identity, region: "eu-west-1" }, other])
    await productionReason(folder, each, [any]);
  assert.deepEqual(await forgetProduction(folder, "123456789012"), ["eu-west-1", "us-east-1"]);
  assert.deepEqual(await forgetProduction(folder, "123456789012"), []);
  assert.equal(await productionReason(folder, identity, []), undefined);
  assert.match((await productionReason(folder, other, [])) ?? "", /called this account/);
});

test("a memory that cannot be read counts as production", async (t) => {
  const folder = temporaryFolder(t);
  await productionReason(folder, identity, [budget]);
  const files = path.join(folder, "production");
  const [name] = readdirSync(files);
  assert.ok(name);
  writeFileSync(path.join(files, name), '{"version":2}');
  const file = path.join(files, name);
  assert.equal(
    await productionReason(folder, identity, []),
    `${file} cannot be read, so this account counts as production.`,
  );
  const spoilt = temporaryFolder(t);
  mkdirSync(spoilt, { recursive: true });
  writeFileSync(path.join(spoilt, "production"), "");
  assert.equal(
    await productionReason(spoilt, identity, []),
    `${path.join(spoilt, "production")} cannot be read, so this account counts as production.`,
  );
  await assert.rejects(forgetProduction(spoilt, "123456789012"), { name: "AccountError" });
});
