import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { openSession, readSnapshot } from "#aws";
import { type LoadContext, throwLoad } from "#client/load/throwLoad.ts";
import { UserError } from "#client/userError.ts";
import { type LoadMaxima, loadMaxima } from "#core";
import { startDemo } from "#demo";
import { root } from "../../cli/cli.ts";
import { type FakeUser, fakeWindow } from "../operations/fakeWindow.ts";

const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const dialog = "dialog Send this load to few? [Send Load]";

/** A window connected to a demo account in which time runs twenty times as fast; load comes from the real command line. */
async function setup(
  t: TestContext,
  user: FakeUser,
  more: { readonly production?: string; readonly maxima?: LoadMaxima; readonly program?: string } = {},
) {
  const demo = await startDemo({
    traffic: false,
    timeScale: 20,
    account: {
      limit: 200,
      floor: 100,
      functions: [
        { name: "few", reserved: 3, duration: { median: 400, p95: 400 } },
        { name: "free", duration: { median: 400, p95: 400 } },
      ],
    },
  });
  t.after(() => demo.close());
  const session = await openSession({ demo: true, endpoint: demo.url, region: "us-east-1" }, { env: {} });
  t.after(() => session.close());
  const folder = mkdtempSync(join(tmpdir(), "throw-load-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const window = fakeWindow(user);
  const snapshot = await readSnapshot(session, {});
  const refreshed: string[] = [];
  const context: LoadContext = {
    program: more.program ?? join(root, "server/src/cli/main.ts"),
    maxima: () => more.maxima ?? loadMaxima,
    account: {
      withSession: (work) => work({ session, snapshot, isCurrent: () => true }),
      refresh: async () => {},
      refreshFunction: async (name) => void refreshed.push(name),
    },
    editor: {
      window,
      permission: { isAllowed: () => true, async allow() {} },
      stateFolder: async () => folder,
      production: async () => more.production,
      statedFloor: async () => undefined,
    },
  };
  const { metrics, state } = demo.account.region("us-east-1");
  return {
    context,
    window,
    folder,
    refreshed,
    reserved: (name: string) => state.functions.find((one) => one.name === name)?.reserved,
    records: () => readdirSync(join(folder, "loads")).filter((file) => file.endsWith(".json")),
    isInvoked: () => metrics.find("Invocations", {}) !== undefined,
  };
}

/** Takes these labels in turn, and types these texts. */
function taking(labels: readonly string[], texts: readonly string[] = []): FakeUser {
  const [picks, inputs] = [[...labels], [...texts]];
  return { pick: () => picks.shift(), input: () => inputs.shift() };
}

const measure = ["Other…", "No payload", "Measure as it is"];

test("load is thrown at a function by a process of its own, and the report opens", async (t) => {
  const { context, window, refreshed } = await setup(t, taking(measure, ["40 by 3"]));
  await throwLoad(context, arn("few"));
  assert.deepEqual(window.shown.slice(4, 7), [dialog, "progress Load on few", "document Load Test"]);
  assert.match(window.shown[7] ?? "", /^information Served [\d.]+ per second; 0\.0 % throttled\.$/);
  assert.match(
    window.details[0] ?? "",
    /^Account 123456789012 · us-east-1 .*\n\nfunction few: 40 requests by 3 workers;/,
  );
  const report = window.documents.get("Load Test") ?? "";
  assert.match(
    report,
    /^# Load test: function few\n\nServed .* throttled\\?\.\n\n## run: reservation 3\n\n\*\*Summary\*\*/,
  );
  assert.match(report, /\n\| served \| 40, [\d.]+ per second \|\n\| throttled \| 0, 0\.0 %, expected 0\.0 % \|\n/);
  assert.deepEqual(refreshed, ["few"]);
});

test("before and after are compared side by side, and what was there is put back", async (t) => {
  const user = taking(["Other…", "No payload", "Compare with a reservation…"], ["40 by 8", "2"]);
  const { context, window, reserved, records } = await setup(t, user);
  await throwLoad(context, arn("free"));
  const report = window.documents.get("Load Test") ?? "";
  assert.match(report, /\n\| {2}\| A: no reservation \| B: reservation 2 \| A again: no reservation \|\n/);
  assert.match(report, /\n\| expected \| {2}\| \d+\.\d % \| {2}\|\n/);
  assert.match(report, /\n\| served per second \| [\d.]+ \| [\d.]+ \| [\d.]+ \|\n/);
  assert.deepEqual([reserved("free"), records()], [null, []]);
});

test("a cancel in the second run puts back what was there, and the report opens", async (t) => {
  const user = taking(["Other…", "No payload", "Compare with a reservation…"], ["1000 by 8", "2"]);
  const { context, window, reserved, records } = await setup(t, {
    ...user,
    say: (what, cancel) => /^B: \d/.test(what) && cancel(),
  });
  await throwLoad(context, arn("free"));
  assert.equal(window.shown.at(-1), "warning Interrupted. The reservation is as it was.");
  assert.match(window.documents.get("Load Test") ?? "", /\n\| interrupted \| \d+ requests? given up \|\n/);
  assert.deepEqual([reserved("free"), records()], [null, []]);
});

test("production is typed, and nothing is sent when it is not", async (t) => {
  const user = taking(measure, ["40 by 3", "wrong"]);
  const production = "The budget calls this account production.";
  const { context, window, isInvoked } = await setup(t, user, { production });
  await throwLoad(context, arn("few"));
  assert.deepEqual(window.shown.slice(4), [
    "dialog Send this load to few? [Send Load…]",
    "input Send this load to few? (us-east-1)",
  ]);
  assert.equal(isInvoked(), false);
});

test("what the settings do not allow is refused, also where it is offered", async (t) => {
  const { context, window, isInvoked } = await setup(t, taking(["500 requests by 10 workers", ...measure.slice(1)]), {
    maxima: { ...loadMaxima, requests: 499 },
  });
  await throwLoad(context, arn("few"));
  const refused = "error 500 requests are too many: a load test sends at most 499. Nothing was sent.";
  assert.equal(window.shown.at(-1), refused);
  assert.equal(isInvoked(), false);
});

test("what would starve others is refused", async (t) => {
  const { context, window, isInvoked } = await setup(t, taking(measure, ["1000 by 100"]));
  await throwLoad(context, arn("free"));
  assert.match(
    window.shown.at(-1) ?? "",
    /^error Too much for a function without a reservation: it may take 100 at once/,
  );
  assert.equal(isInvoked(), false);
});

test("a generator that dies is an error that is told", async (t) => {
  const user = taking(measure, ["40 by 3"]);
  const { context } = await setup(t, user, { program: join(root, "server/src/cli/missing.ts") });
  await assert.rejects(throwLoad(context, arn("few")), (error) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /^The load generator ended: /);
    return true;
  });
});

test("a function of another account is refused before anything is asked", async (t) => {
  const { context, window } = await setup(t, {});
  await assert.rejects(throwLoad(context, arn("few").replace("123456789012", "210987654321")), UserError);
  assert.deepEqual(window.shown, []);
});
