import assert from "node:assert/strict";
import { test } from "node:test";
import { createJournal, kill, previewKill } from "#aws";
import { changeOptions, formatOption } from "#cli/account/options.ts";
import { loadUi as terminalUi } from "#cli/loadTest/loadUi.ts";
import { loadUi as editorUi } from "#client/load/loadUi.ts";
import { type LoadTarget, runLoad, warmUp } from "#load";
import { type LoadGenerator, type LoadOutcome, type LoadPreview, type LoadWish, load } from "#operations";
import { type ApplySetup, before } from "../aws/apply/applySetup.ts";
import { type Adapters, type ParityScript, parity } from "./parity.ts";

const loading: Adapters<LoadPreview, LoadOutcome> = {
  editor: editorUi,
  terminal: terminalUi,
  options: { ...changeOptions, ...formatOption },
};

/** A generator whose requests get this answer at once. */
function answering(outcome: "served" | "failed" | "throttled", reason = ""): LoadGenerator {
  const target: LoadTarget = {
    name: "function a",
    send(done) {
      setImmediate(() => done({ outcome, status: 200, reason }));
      return () => {};
    },
    async close() {},
  };
  return {
    warmUp: ({ signal }) => warmUp(target, { signal }),
    run: (shape, { signal }) => runLoad(target, shape, { signal }),
  };
}

const wish: LoadWish = {
  target: "function a",
  name: "a",
  shape: { kind: "closed", requests: 8, workers: 2 },
  timeout: 1000,
  generator: answering("served"),
};
const throttling = answering("throttled", "ReservedFunctionConcurrentInvocationLimitExceeded");
const compare: LoadWish = { ...wish, generator: throttling, reserve: 390, again: false };
const production = "The budget of pool shop calls this account and Region production.";

test("load: confirmed", async (t) => {
  const trace = await parity(t, loading, {}, (operation) => load(operation, wish));
  const [preview, confirm = "", ...rest] = trace.port;
  assert.deepEqual(
    [preview, confirm, rest],
    ["preview", "confirm Send this load to a: : yes", ["progress Load on a", "report measured"]],
  );
  assert.deepEqual([trace.writes, trace.state], [[], before]);
});

test("load: a no, a dry run, what is too much, a broken target, and production without the account's name", async (t) => {
  for (const [script, more, why, last] of [
    [{ confirm: ["no"] }, {}, undefined, "report cancelled"],
    [{}, { dryRun: true }, undefined, "report shown"],
    [{}, { shape: { kind: "closed", requests: 100_001, workers: 1 } }, undefined, "report refused"],
    [{}, { generator: answering("failed") }, undefined, "report broken"],
    [{}, {}, production, "report cancelled"],
  ] as const) {
    const trace = await parity(t, loading, script, (operation) => load(operation, { ...wish, ...more }), {
      ...(why !== undefined && { production: why }),
    });
    assert.deepEqual([trace.port.at(-1), trace.writes, trace.state], [last, [], before]);
  }
});

test("load: compared with a reservation, and put back", async (t) => {
  const trace = await parity(t, loading, {}, (operation) => load(operation, compare));
  assert.deepEqual(trace.port.slice(2), [
    "progress Load on a",
    "say Reserving 390 for a",
    "say Waiting until the reservation is in effect",
    "say Putting back the reservation of a",
    "report measured",
  ]);
  assert.deepEqual([trace.writes.length, trace.state], [2, before]);
});

test("load: a cancel while it waits, and a kill, leave what they should", async (t) => {
  const script: ParityScript = { cancelAt: "Waiting until the reservation is in effect" };
  const cancelled = await parity(t, loading, script, (operation) => load(operation, compare));
  assert.deepEqual([cancelled.port.at(-1), cancelled.state], ["report interrupted", before]);
  const killed = await parity(t, loading, {}, (operation, setup) => {
    let runs = 0;
    const generator: LoadGenerator = {
      ...throttling,
      async run(shape, options) {
        // The third one is run B, after A and the probes.
        if (++runs === 3) await killA(setup);
        return await throttling.run(shape, options);
      },
    };
    return load(operation, { ...compare, generator });
  });
  assert.deepEqual([killed.port.at(-1), killed.state], ["report failed", before.replace("a 400", "a 0")]);
});

async function killA({ session, folder, options: { retryPolicy } }: ApplySetup): Promise<void> {
  const ports = { journal: createJournal(folder), ...(retryPolicy !== undefined && { retryPolicy }) };
  const preview = await previewKill(session, ["a"], ports);
  const [{ outcome } = { outcome: "" }] = await kill(session, preview, { reason: "incident", ...ports });
  assert.equal(outcome, "killed");
}
