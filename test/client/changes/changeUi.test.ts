import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { changeOperation } from "#client/changes/changeOperation.ts";
import { planUi } from "#client/changes/changeUi.ts";
import type { AccountFile } from "#demo";
import { applyBudget } from "#operations";
import type { FakeUser } from "../operations/fakeWindow.ts";
import { type ChangeSetup, type ChangeSetupOptions, changeSetup } from "./changeSetup.ts";

const row = (name: string, live: number | null, granted: number) => ({ key: name, name, granted, off: false, live });

/** Applies a budget from the editor. */
async function apply(
  t: TestContext,
  user: FakeUser,
  rows = [row("a", 400, 350), row("c", 300, 350)],
  more: ChangeSetupOptions & { readonly dryRun?: boolean } = {},
): Promise<ChangeSetup> {
  const scene = await changeSetup(t, user, more);
  const { context, session, snapshot } = scene;
  const { dryRun = false } = more;
  const open = { session, snapshot, isCurrent: () => true };
  const operation = await changeOperation(context, open, ...(dryRun ? [planUi] : []));
  const { identity } = session;
  await applyBudget(operation, {
    name: "shop",
    title: "budget.yaml, pool shop",
    identity,
    rows,
    notPlanned: [],
    dryRun,
  });
  return scene;
}

test("the document of a plan is replaced by what came of it", async (t) => {
  const { window, refreshed } = await apply(t, {});
  assert.deepEqual(window.shown, [
    "progress (brief) Reading 2 functions",
    "document Plan for shop",
    "dialog Apply the budget of pool shop: 2 calls? [Apply Budget]",
    "progress budget.yaml, pool shop",
    "document Plan for shop",
    "information Budget applied: 2 reservations changed and verified. 100 left unreserved. [Undo]",
  ]);
  assert.match(
    window.documents.get("Plan for shop") ?? "",
    /^# budget\.yaml, pool shop\n[\s\S]*\*\*Everything was changed and verified\.\*\*/,
  );
  assert.deepEqual(refreshed, ["a", "c"]);
});

test("of a plan that is not confirmed the document stays as it is, and nothing is told", async (t) => {
  const { window, writes } = await apply(t, { dialog: () => undefined });
  assert.match(window.documents.get("Plan for shop") ?? "", /^# Plan for account 123456789012 in us-east-1\n/);
  assert.deepEqual([window.shown.at(-1)?.split(" ")[0], writes()], ["dialog", []]);
});

test("a plan that is only shown is a document, whatever it says", async (t) => {
  for (const [rows, says] of [
    [[row("a", 400, 350)], /\n1 call: /],
    [[row("a", 400, 400)], /\nNothing to change\. 1 function already matches\.\n/],
    [[row("a", 400, 401)], /\n## Cannot be done\n/],
  ] as const) {
    const { window, writes } = await apply(t, {}, [...rows], { dryRun: true });
    assert.equal(window.shown.at(-1), "document Plan for shop");
    assert.match(window.documents.get("Plan for shop") ?? "", says);
    assert.deepEqual(writes(), []);
  }
});

const many: AccountFile = {
  limit: 2000,
  floor: 100,
  functions: Array.from({ length: 13 }, (_, index) => ({ name: `f${index}`, reserved: 20 })),
};
const lowered = Array.from({ length: 13 }, (_, index) => row(`f${index}`, 20, 10));

test("more changes than a confirmation lists have to be read first", async (t) => {
  const unread = await apply(t, { pick: () => "Cancel" }, lowered, { account: many });
  assert.deepEqual([unread.window.shown.at(-1), unread.writes()], ["pick Read the plan first", []]);
  const read = await apply(t, { pick: () => "Apply 13 changes…" }, lowered, { account: many });
  assert.equal(read.writes().length, 13);
  assert.deepEqual(read.refreshed, ["*"], "so many functions are read with everything else");
});

test("what is as granted already is told without a question", async (t) => {
  const { window } = await apply(t, {}, [row("a", 400, 400)]);
  assert.match(
    window.shown.at(-1) ?? "",
    /^information Nothing to change: it is so already in 123456789012 · us-east-1/,
  );
});
