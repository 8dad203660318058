import assert from "node:assert/strict";
import { test } from "node:test";
import { createJournal, kill, previewKill, previewRestore, restore } from "#aws";
import {
  forgetUi as terminalForgetUi,
  killUi as terminalKillUi,
  restoreUi as terminalRestoreUi,
} from "#cli/account/killUi.ts";
import { changeOptions, formatOption } from "#cli/account/options.ts";
import { forgetUi as editorForgetUi } from "#client/kills/forgetUi.ts";
import { killDocument } from "#client/kills/killDocument.ts";
import { killUi as editorKillUi } from "#client/kills/killUi.ts";
import { restoreUi as editorRestoreUi } from "#client/kills/restoreUi.ts";
import type { KillUiParts } from "#client/kills/workingUi.ts";
import type { EditorUiParts } from "#client/operations/editorUi.ts";
import {
  type ForgetOutcome,
  type ForgetShown,
  forgetKills,
  type KillOutcome,
  type KillShown,
  killFunctions,
  type RestoreOutcome,
  type RestoreShown,
  restoreFunctions,
} from "#operations";
import { type ApplySetup, before } from "../aws/apply/applySetup.ts";
import { type Adapters, type ParityScript, parity } from "./parity.ts";

const options = { ...changeOptions, ...formatOption };
const partsOf = (parts: EditorUiParts & { readonly readAgain: () => void }): KillUiParts => ({
  ...parts,
  document: killDocument(parts.window),
  whileMarked: async (_, __, work) => await work(),
  follow() {},
});

const killing: Adapters<KillShown, KillOutcome> = {
  editor: (parts) => editorKillUi(partsOf(parts)),
  terminal: (given, io, signal) => terminalKillUi(given, io, signal, () => {}),
  options,
};
const restoring: Adapters<RestoreShown, RestoreOutcome> = {
  editor: (parts) => editorRestoreUi(partsOf(parts)),
  terminal: (given, io, signal) => terminalRestoreUi(given, io, signal, () => {}),
  options,
};
const forgetting: Adapters<ForgetShown, ForgetOutcome> = {
  editor: (parts) => editorForgetUi(partsOf(parts)),
  terminal: (given, io, signal) => terminalForgetUi(given, io, signal, () => {}),
  options,
};

const wish = { names: ["a"], order: { reason: "on fire", leaveOne: false, mappings: new Map<string, boolean>() } };
const names = ["a"];
const off = before.replace("a 400", "a 0");
const production = "The budget of pool shop calls this account and Region production.";

function ports({ folder, options: { retryPolicy, now } }: ApplySetup) {
  return {
    journal: createJournal(folder),
    ...(retryPolicy !== undefined && { retryPolicy }),
    ...(now !== undefined && { now: () => new Date(now()) }),
  };
}

async function killA(setup: ApplySetup): Promise<void> {
  const preview = await previewKill(setup.session, names, ports(setup));
  const [{ outcome } = { outcome: "" }] = await kill(setup.session, preview, { reason: "before", ...ports(setup) });
  assert.equal(outcome, "killed");
}

async function killAgain(setup: ApplySetup): Promise<void> {
  await restore(setup.session, await previewRestore(setup.session, names, ports(setup)), ports(setup));
  await killA(setup);
}

function reserve({ demo }: ApplySetup, name: string, reserved: number): void {
  for (const fn of demo.account.region("us-east-1").state.functions) if (fn.name === name) fn.reserved = reserved;
}

test("kill: confirmed", async (t) => {
  const trace = await parity(t, killing, {}, (operation) => killFunctions(operation, wish));
  assert.deepEqual(trace.port, [
    "progress Reading a",
    "say 1 of 1 function read",
    "preview",
    "confirm Switch off a: a: 400 → 0: yes",
    "progress Switching off a",
    "say a: record in its tags",
    "say a: reservation",
    "report done",
  ]);
  assert.equal(trace.state, off);
});

test("kill: a no, a dry run, and production without the account's name, change nothing", async (t) => {
  for (const [script, more, why, last] of [
    [{ confirm: ["no"] }, {}, undefined, "report cancelled"],
    [{}, { dryRun: true }, undefined, "report shown"],
    [{}, {}, production, "report cancelled"],
  ] as const) {
    const trace = await parity(t, killing, script, (operation) => killFunctions(operation, { ...wish, ...more }), {
      ...(why !== undefined && { production: why }),
    });
    assert.deepEqual([trace.port.at(-1), trace.writes, trace.state], [last, [], before]);
  }
});

test("kill: what is killed already, and what does not exist", async (t) => {
  for (const [given, prepare] of [
    [names, killA],
    [["nobody"], async () => {}],
  ] as const) {
    const trace = await parity(t, killing, {}, (operation) => killFunctions(operation, { ...wish, names: given }), {
      prepare,
    });
    assert.deepEqual([trace.port.at(-1), trace.writes], ["report nothing", []]);
  }
});

test("kill: what was changed while the question stood is left alone and read again", async (t) => {
  const script: ParityScript = { meanwhile: (setup) => reserve(setup, "a", 390) };
  const trace = await parity(t, killing, script, (operation) => killFunctions(operation, wish));
  assert.deepEqual(trace.port.slice(-3), ["progress Reading a", "say 1 of 1 function read", "report done"]);
  assert.deepEqual([trace.writes, trace.state], [[], before.replace("a 400", "a 390")]);
});

test("restore: confirmed, and not", async (t) => {
  const yes = await parity(t, restoring, {}, (operation) => restoreFunctions(operation, { names }), {
    prepare: killA,
  });
  assert.deepEqual(yes.port.slice(2, 5), [
    "preview",
    "confirm Restore a: a: reservation 400: yes",
    "progress Restoring a",
  ]);
  assert.deepEqual([yes.port.at(-1), yes.state], ["report done", before]);
  const script: ParityScript = { confirm: ["no"] };
  const no = await parity(t, restoring, script, (operation) => restoreFunctions(operation, { names }), {
    prepare: killA,
  });
  assert.deepEqual([no.port.at(-1), no.writes, no.state], ["report cancelled", [], off]);
});

test("restore: a function that was not killed", async (t) => {
  const trace = await parity(t, restoring, {}, (operation) => restoreFunctions(operation, { names }));
  assert.deepEqual([trace.port.at(-1), trace.writes], ["report nothing", []]);
});

test("restore: a kill that was made while the question stood is left alone", async (t) => {
  const script: ParityScript = { meanwhile: killAgain };
  const trace = await parity(t, restoring, script, (operation) => restoreFunctions(operation, { names }), {
    prepare: killA,
  });
  assert.deepEqual([trace.port.at(-1), trace.state], ["report done", off]);
});

test("restore: where everything was changed since, keeping it is what is asked for", async (t) => {
  const prepare = async (setup: ApplySetup) => {
    await killA(setup);
    reserve(setup, "a", 7);
  };
  for (const [confirm, last] of [
    ["yes", "report done"],
    ["no", "report cancelled"],
  ] as const) {
    const script: ParityScript = { confirm: [confirm] };
    const trace = await parity(t, restoring, script, (operation) => restoreFunctions(operation, { names }), {
      prepare,
    });
    assert.ok(trace.port.some((call) => call.startsWith("confirm Restore a, except what somebody changed: ")));
    assert.deepEqual([trace.port.at(-1), trace.state], [last, before.replace("a 400", "a 7")]);
  }
});

test("restore: what the pool lacks is looked for before and after", async (t) => {
  const prepare = async (setup: ApplySetup) => {
    await killA(setup);
    reserve(setup, "c", 400);
  };
  const trace = await parity(t, restoring, {}, (operation) => restoreFunctions(operation, { names }), { prepare });
  assert.ok(trace.port.includes("progress Reading who could make room"));
  assert.equal(trace.state, off.replace("c 300", "c 400"));
});

test("forget: confirmed, and not", async (t) => {
  for (const [confirm, last, count] of [
    ["yes", "report done", 1],
    ["no", "report cancelled", 0],
  ] as const) {
    const script: ParityScript = { confirm: [confirm] };
    const trace = await parity(t, forgetting, script, (operation) => forgetKills(operation, { kills: { names } }), {
      prepare: killA,
    });
    assert.equal(trace.port[3], `confirm Forget the kill of a: a had: reservation 400: ${confirm}`);
    assert.deepEqual([trace.port.at(-1), trace.writes.length, trace.state], [last, count, off]);
  }
});
