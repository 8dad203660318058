import assert from "node:assert/strict";
import { test } from "node:test";
import { readFunction } from "#aws";
import { sceneFor } from "./support.ts";

const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const tags = {
  "aws:cloudformation:stack-name": "shop",
  "aws:cloudformation:logical-id": "Orders",
  "lambda-concurrency:kill:1": "v1.abc",
  team: "payments",
};
const account = {
  functions: [
    { name: "orders", reserved: 0, tags },
    { name: "free", tags },
  ],
};
const own = { stack: { name: "shop", logicalId: "Orders" }, killTags: { "lambda-concurrency:kill:1": "v1.abc" } };

test("one function is read with one call, and with a second when GetFunction shows no reservation", async (t) => {
  const { session, calls } = await sceneFor(t, account);
  const { readAt: _, ...orders } = await readFunction(session, "orders");
  const configuration = { runtime: "nodejs22.x", timeout: 10, memory: 128, architecture: "x86_64" };
  assert.deepEqual(orders, { name: "orders", arn: arn("orders"), reserved: 0, ...configuration, ...own });
  assert.equal((await readFunction(session, "free")).reserved, null);
  assert.deepEqual(calls(), { GetFunction: 2, GetFunctionConcurrency: 1 });
});

test("a reservation of none counts as it stands when it may not be confirmed", async (t) => {
  const { session, faults } = await sceneFor(t, account);
  faults({ kind: "deny", action: "GetFunctionConcurrency" });
  assert.equal((await readFunction(session, "free")).reserved, null);
});

test("without GetFunction the reservation and the tags come from other calls", async (t) => {
  const { session, faults, calls } = await sceneFor(t, account);
  faults({ kind: "deny", action: "GetFunction" });
  const { readAt: _, ...orders } = await readFunction(session, "orders");
  assert.deepEqual(orders, { name: "orders", arn: arn("orders"), reserved: 0, ...own });
  assert.deepEqual(calls(), { GetFunction: 1, GetFunctionConcurrency: 1, ListTags: 1 });
  faults({ kind: "deny", action: "GetFunction" }, { kind: "deny", action: "ListTags" });
  assert.deepEqual((await readFunction(session, "orders")).stack, own.stack);
  assert.equal(calls().GetResources, 1);
});

test("without any tags the reservation is read all the same", async (t) => {
  const { session, faults } = await sceneFor(t, account);
  faults(...["GetFunction", "ListTags", "GetResources"].map((action) => ({ kind: "deny", action }) as const));
  const { readAt: _, ...orders } = await readFunction(session, "orders");
  assert.deepEqual(orders, { name: "orders", arn: arn("orders"), reserved: 0 });
});

test("with both calls denied it rejects with the action that is missing", async (t) => {
  const { session, faults } = await sceneFor(t, account);
  faults({ kind: "deny", action: "GetFunction" }, { kind: "deny", action: "GetFunctionConcurrency" });
  await assert.rejects(readFunction(session, "orders"), { kind: "denied", action: "lambda:GetFunction" });
});

test("a function that is not there rejects as not found", async (t) => {
  const { session } = await sceneFor(t, account);
  await assert.rejects(readFunction(session, "gone"), { kind: "notFound" });
});

test("a name with an alias is refused without a call", async (t) => {
  const { session, calls } = await sceneFor(t, account);
  for (const name of ["orders:live", arn("orders"), ""])
    await assert.rejects(readFunction(session, name), { kind: "refused" });
  assert.deepEqual(calls(), {});
});
