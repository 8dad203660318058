import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { pendingApplies, resumeApply, undoApply } from "#aws";
import type { Wanted } from "#core";
import { type AccountFile, type DemoServer, startDemo } from "#demo";
import { auditOf, stateOf } from "./applySetup.ts";
import { type FaultProxy, faultProxy } from "./faultProxy.ts";
import { openWithoutWaits } from "./sessionWithoutWaits.ts";

const account: AccountFile = {
  limit: 200,
  floor: 100,
  functions: [
    { name: "a", reserved: 50 },
    { name: "b", versions: 1, aliases: { live: "1" }, provisioned: { live: 20 } },
    { name: "others", reserved: 30 },
  ],
};
const wanted: readonly Wanted[] = [
  { name: "a", reserved: 40 },
  { name: "b", reserved: 30 },
];
const before = "a 50, b none +20 live, others 30";
const after = "a 40, b 30 +20 live, others 30";
const child = path.join(import.meta.dirname, "applyChild.ts");

interface Setup {
  readonly demo: DemoServer;
  readonly proxy: FaultProxy;
  readonly folder: string;
  readonly applier: ChildProcess;
  readonly gone: Promise<unknown>;
  /** What the process has written so far. */
  output(): string;
}

/** Starts a process that applies to an account of its own; its calls count from when it has made its plan. */
async function started(t: TestContext): Promise<Setup> {
  const demo = await startDemo({ traffic: false, account, timeScale: 1000 });
  t.after(() => demo.close());
  const proxy = await faultProxy(t, demo.url);
  const folder = await mkdtemp(path.join(tmpdir(), "apply-"));
  t.after(() => rm(folder, { recursive: true }));
  const applier = spawn(process.execPath, [child, proxy.url, folder, JSON.stringify(wanted)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  applier.stdout.on("data", (data) => {
    output += data;
  });
  return { demo, proxy, folder, applier, gone: once(applier, "close"), output: () => output };
}

/** The calls that change something, in their order, from a run that nobody kills. */
async function changesOf(t: TestContext): Promise<readonly string[]> {
  const { demo, proxy, gone, output } = await started(t);
  await gone;
  assert.equal(output(), "planned\ndone\n");
  assert.equal(stateOf(demo), after);
  return proxy.calls.filter((call) => /^(PUT|DELETE)/.test(call));
}

/** Kills a process at one of its changes, before the account has heard it or after. */
async function killedAt(t: TestContext, change: string, when: "before" | "after"): Promise<Setup> {
  const setup = await started(t);
  const { demo, proxy, applier, gone } = setup;
  const kill = async () => {
    applier.kill("SIGKILL");
    await gone;
  };
  proxy.decide = async ({ call }) => {
    if (call !== change) return "pass";
    if (when === "before") await kill();
    return when === "before" ? "cutBefore" : "cutAfter";
  };
  const wanted = stateOf(demo);
  const { changed } = demo.account;
  demo.account.changed = () => {
    // The account has made a change: is it the one?
    if (when === "after" && proxy.calls.at(-1) === change && stateOf(demo) !== wanted) applier.kill("SIGKILL");
    changed.call(demo.account);
  };
  await gone;
  proxy.decide = () => "pass";
  return setup;
}

test("killed with -9 around every change: a new process finishes it or takes it back", async (t) => {
  const changes = await changesOf(t);
  const seen: string[] = [];
  for (const change of changes)
    for (const when of ["before", "after"] as const)
      for (const end of [resumeApply, undoApply]) {
        const { demo, proxy, folder, output } = await killedAt(t, change, when);
        assert.equal(output(), "planned\n");
        const session = await openWithoutWaits(proxy.url);
        const [pending, ...others] = (await pendingApplies(folder, session.identity)).records;
        assert.ok(pending !== undefined && others.length === 0);
        seen.push(`${when} ${pending.next + 1}: ${stateOf(demo)}`);
        const report = await end(session, pending.id, { folder });
        session.close();
        assert.equal(report.result, "done", `${change} ${JSON.stringify(report)}`);
        assert.equal(stateOf(demo), end === resumeApply ? after : before);
        assert.deepEqual((await pendingApplies(folder)).records, []);
        for (const line of await auditOf(folder)) assert.equal(line.version, 1);
      }
  const states = [
    "a 50, b none +20 live, others 30",
    "a 40, b none +20 live, others 30",
    "a 40, b none, others 30",
    "a 40, b 30, others 30",
    "a 40, b 30 +20 live, others 30",
  ];
  const each = [1, 2, 3, 4].flatMap((step) => [
    `before ${step}: ${states[step - 1]}`,
    `after ${step}: ${states[step]}`,
  ]);
  assert.deepEqual(
    seen,
    each.flatMap((text) => [text, text]),
  );
});
