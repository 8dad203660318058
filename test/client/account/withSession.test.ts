import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "#client/userError.ts";
import { startDemo } from "#demo";
import { storeOf } from "./storeOf.ts";

const account = { account: "123456789012", alias: "shop", functions: [{ name: "orders", reserved: 10 }] };

async function demoOf(test: { after(done: () => Promise<void>): void }) {
  const demo = await startDemo({ account, traffic: false }, 0);
  test.after(() => demo.close());
  return demo;
}

const says = (message: string | RegExp) => (error: unknown) => {
  assert.ok(error instanceof UserError);
  if (typeof message === "string") assert.equal(error.message, message);
  else assert.match(error.message, message);
  return true;
};

test("nothing can be changed while nothing is connected or the workspace is not trusted", async (t) => {
  const of = storeOf(t);
  const work = async () => assert.fail("it was begun");
  await assert.rejects(of.store.withSession(work), says("Connect to an account first."));
  of.refusal = "Not trusted.";
  await assert.rejects(of.store.withSession(work), says("Not trusted."));
});

test("work gets the connection on screen, which stays open for it after the user has left", async (t) => {
  const demo = await demoOf(t);
  const { store } = storeOf(t);
  await store.connect({ endpoint: demo.url, demo: true });
  const result = await store.withSession(async ({ session, snapshot, isCurrent }) => {
    assert.equal(session.identity.alias, "shop");
    assert.equal(snapshot.functions.length, 1);
    assert.equal(isCurrent(), true);
    await store.disconnect();
    assert.equal(isCurrent(), false);
    await session.verify();
    return "done";
  });
  assert.equal(result, "done");
  await assert.rejects(
    store.withSession(async () => {}),
    says("Connect to an account first."),
  );
});

test("credentials that have become somebody else's are refused before anything is done", async (t) => {
  const demo = await demoOf(t);
  const { store } = storeOf(t);
  await store.connect({ endpoint: demo.url, demo: true });
  demo.account.identity = { ...demo.account.identity, account: "999999999999" };
  await assert.rejects(
    store.withSession(async () => assert.fail("it was begun")),
    says(/999999999999/),
  );
});
