import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { DemoOptions, DemoServer } from "#demo";
import { parseFault } from "#demo";
import { faultProxy } from "../aws/apply/faultProxy.ts";
import { root } from "./cli.ts";
import { type Connected, connected } from "./demoAccount.ts";
import { runInProcess } from "./inProcess.ts";

/** Time runs twenty times as fast, so that invocations of 400 ms take 20. */
const account: DemoOptions = {
  timeScale: 20,
  account: {
    limit: 200,
    floor: 100,
    functions: [
      { name: "free", duration: { median: 400, p95: 400 }, tags: { team: "a" } },
      { name: "few", reserved: 3, duration: { median: 400, p95: 400 } },
      { name: "warm", versions: 1, aliases: { live: "1" }, provisioned: { live: 5 } },
    ],
  },
};

/** Everything of the account that a caller can set. */
function stateOf(demo: DemoServer): unknown {
  const { functions, mappings, targets } = demo.account.region("us-east-1").state;
  return structuredClone({ functions, mappings, targets });
}

function reservedOf(demo: DemoServer, name: string): number | null | undefined {
  return demo.account.region("us-east-1").state.functions.find((one) => one.name === name)?.reserved;
}

/** Load tests that have something to put back. */
function records(state: string): readonly string[] {
  return readdirSync(join(state, "loads")).filter((name) => name.endsWith(".json"));
}

const compare = (name: string, reserve: number, ...more: readonly string[]) =>
  ["load", name, "-n", "40", "-c", "8", "--reserve", String(reserve), "--yes", ...more] as const;

test("a function is loaded as it is, with the reservation, and as it was, and all of the account is as before", async (t) => {
  const { env, demo, state } = await connected(t, account);
  const before = stateOf(demo);
  const { code, stdout, stderr } = await runInProcess(compare("free", 2, "--format", "json"), { env });
  assert.deepEqual([code, stderr], [0, ""]);
  const { runs, restored, seenInEffect } = JSON.parse(stdout);
  assert.deepEqual([restored, seenInEffect], [true, true]);
  assert.deepEqual(
    runs.map(({ label, reserved, requests }: Record<string, unknown>) => [label, reserved, requests]),
    [
      ["A", null, 40],
      ["B", 2, 40],
      ["A again", null, 40],
    ],
  );
  assert.deepEqual([runs[0].served, runs[2].served, runs[1].failed], [40, 40, 0]);
  assert.deepEqual(Object.keys(runs[1].reasons), ["ReservedFunctionConcurrentInvocationLimitExceeded"]);
  assert.deepEqual(stateOf(demo), before);
  assert.deepEqual(records(state), []);
});

test("a reservation that is there already is raised and put back, and the text has both side by side", async (t) => {
  const { env, demo } = await connected(t, account);
  const before = stateOf(demo);
  const { code, stdout } = await runInProcess(compare("few", 8), { env });
  assert.equal(code, 0);
  assert.match(stdout, /few: 3 → 8 for the second run, then back to 3; where it fails, restore few puts it back\./);
  assert.match(stdout, /\nWith a reservation of 8: Served .* per second; 0\.0 % throttled\.\n/);
  assert.match(stdout, / {2}A: reservation 3 {2}B: reservation 8 {2}A again: reservation 3\nserved per second /);
  assert.deepEqual(stateOf(demo), before);
});

test("runs are repeated, and the difference of what is served has its spread", async (t) => {
  const { env, demo } = await connected(t, account);
  const before = stateOf(demo);
  const args = compare("few", 8, "--repeat", "2", "--format", "json");
  const { code, stdout } = await runInProcess(args, { env });
  const { runs, difference } = JSON.parse(stdout);
  const labels = runs.map(({ label, reserved }: Record<string, unknown>) => [label, reserved]);
  assert.deepEqual(
    [code, labels.slice(0, 4)],
    [
      0,
      [
        ["A", 3],
        ["A 2", 3],
        ["B", 8],
        ["B 2", 8],
      ],
    ],
  );
  const served = runs.map(({ servedPerSecond }: { servedPerSecond: number }) => servedPerSecond);
  const each = [served[2] - served[0], served[3] - served[1]].map((one) => Number(one.toFixed(2)));
  const { min, max } = difference.servedPerSecond;
  assert.deepEqual([difference.repeats, Number(min.toFixed(2))], [2, Math.min(...each)]);
  assert.equal(Number(max.toFixed(2)), Math.max(...each));
  assert.deepEqual(stateOf(demo), before);
});

for (const [name, reserve, message] of [
  ["free", 150, /Not enough room: free can get at most 92 \(you asked for 150\), .* Nothing was sent\./],
  ["few", 3, /few has a reservation of 3 already: there is nothing to compare\. Nothing was sent\./],
] as const) {
  test(`${reserve} for ${name} is refused before anything is sent`, async (t) => {
    const { env, demo } = await connected(t, account);
    const before = stateOf(demo);
    const { code, stderr } = await runInProcess(compare(name, reserve), { env });
    assert.equal(code, 2);
    assert.match(stderr, message);
    assert.deepEqual(stateOf(demo), before);
    assert.equal(demo.account.region("us-east-1").metrics.find("Invocations", {}), undefined);
  });
}

test("a no changes nothing", async (t) => {
  const { env, demo } = await connected(t, account);
  const before = stateOf(demo);
  const asked: string[] = [];
  const args = compare("free", 2).filter((arg) => arg !== "--yes");
  const { code } = await runInProcess(args, {
    env,
    ask: async (question) => {
      asked.push(question);
      return "n";
    },
  });
  assert.deepEqual([code, asked], [130, ["Send this load to free, twice, and reserve 2 in between? [y/N] "]]);
  assert.deepEqual(stateOf(demo), before);
});

/** Does this once, as soon as the second run is under way. */
function inSecondRun(act: (interrupt: () => void) => void): (text: string, interrupt: () => void) => void {
  let acted = false;
  return (text, interrupt) => {
    if (acted || !/B: \d/.test(text)) return;
    acted = true;
    act(interrupt);
  };
}

/** Eight at once are all served, so that the second run lasts as long as the first: refusals would end it in a moment. */
const long = ["load", "free", "-n", "2000", "-c", "8", "--reserve", "8", "--yes"] as const;

test("Ctrl+C in the second run ends with 130 only after the put-back", async (t) => {
  const { env, demo, state } = await connected(t, account);
  const before = stateOf(demo);
  const watch = inSecondRun((interrupt) => interrupt());
  const { code, stdout } = await runInProcess(long, { env, isErrTTY: true, watch });
  assert.equal(code, 130);
  assert.match(stdout, /\nInterrupted\. The reservation is as it was\.\n/);
  assert.deepEqual(stateOf(demo), before);
  assert.deepEqual(records(state), []);
});

test("a put-back that fails says how to finish it, and restore does", async (t) => {
  const { env, demo, state } = await connected(t, account);
  const before = stateOf(demo);
  const deny = parseFault("deny:DeleteFunctionConcurrency");
  assert.ok(typeof deny !== "string");
  demo.account.faults.replace([deny]);
  const { code, stderr, stdout } = await runInProcess(compare("free", 2, "--format", "json"), { env });
  assert.deepEqual([code, JSON.parse(stdout).restored, reservedOf(demo, "free")], [3, false, 2]);
  assert.match(stderr, /was not put back \(before: none\)\. .* To finish: lambda-concurrency restore free\n/);
  assert.equal(records(state).length, 1);
  demo.account.faults.replace([]);
  const again = await runInProcess(compare("free", 2), { env });
  assert.equal(again.code, 2);
  assert.match(
    again.stderr,
    /An earlier load test on free was not put back: run lambda-concurrency restore free first\./,
  );
  const restored = await runInProcess(["restore", "free", "--yes"], { env });
  assert.deepEqual([restored.code, restored.stderr], [0, ""]);
  assert.match(restored.stdout, /free: 2 → none, as before the load test of .*\n\nrestored {2}free\n$/);
  assert.deepEqual(stateOf(demo), before);
  assert.deepEqual(records(state), []);
});

test("what somebody sets during the second run is not overwritten", async (t) => {
  const { env, demo, state } = await connected(t, account);
  const watch = inSecondRun(() => setReserved(demo, "free", 7));
  const { code, stderr } = await runInProcess(long, { env, isErrTTY: true, watch });
  assert.deepEqual([code, reservedOf(demo, "free"), records(state)], [3, 7, []]);
  assert.match(stderr, /Somebody changed the reservation of free meanwhile: now 7\./);
});

test("a kill during the second run stops it, and one restore puts the function back as before the test", async (t) => {
  const { env, demo, state } = await connected(t, account);
  const before = stateOf(demo);
  let killing: ReturnType<typeof runInProcess> | undefined;
  const watch = inSecondRun(() => {
    killing = runInProcess(["kill", "free", "--reason", "incident", "--yes", "--format", "json"], { env });
  });
  const { code, stderr } = await runInProcess(long, { env, isErrTTY: true, watch });
  const killed = JSON.parse((await killing)?.stdout ?? "{}");
  assert.deepEqual([killed.functions[0].takesOver.reserved, killed.functions[0].before.reserved], [8, null]);
  assert.deepEqual([code, reservedOf(demo, "free"), records(state)], [3, 0, []]);
  assert.match(stderr, /free was switched off meanwhile and stays off: restoring it gives it back what it had before/);
  const restored = await runInProcess(["restore", "free", "--yes"], { env });
  assert.deepEqual([restored.code, restored.stderr], [0, ""]);
  assert.deepEqual(stateOf(demo), before);
});

test("a kill during a load test without a reservation stops it", async (t) => {
  const { env, demo } = await connected(t, account);
  let killing: ReturnType<typeof runInProcess> | undefined;
  const args = ["load", "few", "-n", "100000", "-c", "3", "--yes"];
  const { code, stdout } = await runInProcess(args, {
    env,
    isErrTTY: true,
    watch: (text) => {
      if (/ served, /.test(text)) killing ??= runInProcess(["kill", "few", "--reason", "incident", "--yes"], { env });
    },
  });
  assert.deepEqual([code, (await killing)?.code, reservedOf(demo, "few")], [130, 0, 0]);
  assert.match(stdout, /\nfew was switched off meanwhile: the load was stopped\. Served /);
});

test("a kill after a load test that died takes over what it had to put back, also where the test had set 0", async (t) => {
  for (const reserve of [2, 0]) {
    const setup = await connected(t, account);
    const { demo, state } = setup;
    const before = stateOf(demo);
    const url = await killedAt(t, setup, (call) => put.test(call), "cutAfter", reserve);
    const env = { ...setup.env, AWS_ENDPOINT_URL: url };
    const listed = JSON.parse((await runInProcess(["kills", "--format", "json"], { env })).stdout);
    assert.deepEqual([listed.kills, listed.loads[0].name, listed.loads[0].reserved], [[], "free", reserve]);
    const kill = await runInProcess(["kill", "free", "--reason", "incident", "--yes"], { env });
    assert.match(
      kill.stdout,
      new RegExp(`A load test has set the reservation to ${reserve}: it is stopped, and a restore gives back`),
    );
    assert.deepEqual([kill.code, reservedOf(demo, "free"), records(state)], [0, 0, []]);
    assert.deepEqual(JSON.parse((await runInProcess(["kills", "--format", "json"], { env })).stdout).loads, []);
    assert.equal((await runInProcess(["restore", "free", "--yes"], { env })).code, 0);
    assert.deepEqual(stateOf(demo), before);
  }
});

test("restore in JSON says what became of a load test", async (t) => {
  const setup = await connected(t, account);
  const url = await killedAt(t, setup, (call) => put.test(call), "cutAfter");
  const env = { ...setup.env, AWS_ENDPOINT_URL: url };
  const text = await runInProcess(["kills"], { env });
  assert.match(
    text.stdout,
    /^Nothing is killed\.\nfree: 2 → none, as before the load test of .*: restore free puts it/,
  );
  const { code, stdout } = await runInProcess(["restore", "free", "--yes", "--format", "json"], { env });
  const { version, functions, results, loads } = JSON.parse(stdout);
  assert.deepEqual([code, version, functions, results, loads], [0, 1, [], [], [{ name: "free", outcome: "restored" }]]);
  assert.equal(reservedOf(setup.demo, "free"), null);
});

function setReserved(demo: DemoServer, name: string, reserved: number): void {
  const subject = demo.account.region("us-east-1").state.functions.find((one) => one.name === name);
  if (subject !== undefined) subject.reserved = reserved;
}

const put = /^PUT \/2017-10-31\/functions\/free\/concurrency/;
const remove = /^DELETE \/2017-10-31\/functions\/free\/concurrency/;
const invocation = /^POST \/2015-03-31\/functions\/free\/invocations/;

/** Runs the comparison as a process and kills it with SIGKILL at a call, before the account has heard it or after. */
async function killedAt(
  t: TestContext,
  { env, demo }: Connected,
  isIt: (call: string, invocations: number) => boolean,
  when: "cutBefore" | "cutAfter",
  reserve = 2,
) {
  const proxy = await faultProxy(t, demo.url);
  const args = [join(root, "server/src/cli/main.ts"), ...compare("free", reserve)];
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, ...env, AWS_ENDPOINT_URL: proxy.url },
    stdio: "ignore",
  });
  const gone = once(child, "close");
  let invocations = 0;
  let hit = false;
  proxy.decide = async ({ call }) => {
    if (invocation.test(call)) invocations++;
    if (hit || !isIt(call, invocations)) return "pass";
    hit = true;
    if (when === "cutBefore") {
      child.kill("SIGKILL");
      await gone;
      return "cutBefore";
    }
    return () => child.kill("SIGKILL");
  };
  await gone;
  assert.equal(hit, true);
  return proxy.url;
}

for (const [what, isIt, when, left, open] of [
  ["before the reservation is set", (call) => put.test(call), "cutBefore", null, 1],
  ["after the reservation is set", (call) => put.test(call), "cutAfter", 2, 1],
  ["in the second run", (call, invocations) => invocation.test(call) && invocations > 80, "cutBefore", 2, 1],
  ["before the reservation is put back", (call) => remove.test(call), "cutBefore", 2, 1],
  ["after the reservation is put back", (call) => remove.test(call), "cutAfter", null, 1],
] as const satisfies readonly (readonly [
  string,
  (call: string, invocations: number) => boolean,
  "cutBefore" | "cutAfter",
  number | null,
  number,
])[]) {
  test(`killed with SIGKILL ${what}: restore finishes it`, async (t) => {
    const setup = await connected(t, account);
    const { demo, state } = setup;
    const before = stateOf(demo);
    const url = await killedAt(t, setup, isIt, when);
    assert.deepEqual([reservedOf(demo, "free"), records(state).length], [left, open]);
    const env = { ...setup.env, AWS_ENDPOINT_URL: url };
    const { code, stderr } = await runInProcess(["restore", "--all", "--yes"], { env });
    assert.deepEqual([code, stderr], [0, ""]);
    assert.deepEqual(stateOf(demo), before);
    assert.deepEqual(records(state), []);
  });
}
