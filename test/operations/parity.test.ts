import assert from "node:assert/strict";
import { test } from "node:test";
import { applyPlan, planAccount } from "#aws";
import { changeUi as terminalUi } from "#cli/account/changeUi.ts";
import { finishApplyUi as terminalFinishUi } from "#cli/account/finishApply.ts";
import { changeOptions, formatOption } from "#cli/account/options.ts";
import { changeUi as editorUi } from "#client/changes/changeUi.ts";
import { finishApplyUi as editorFinishUi } from "#client/changes/finishApply.ts";
import {
  applyBudget,
  type BudgetWish,
  type ChangeOutcome,
  type ChangePreview,
  type FinishApplyOutcome,
  type FinishApplyPreview,
  finishApply,
  type Operation,
  setReservation,
  undoChange,
} from "#operations";
import { type ApplySetup, before } from "../aws/apply/applySetup.ts";
import { type Adapters, type ParityScript, parity } from "./parity.ts";
import { scriptedUi } from "./scriptedUi.ts";

const options = { ...changeOptions, ...formatOption };

const changes: Adapters<ChangePreview, ChangeOutcome> = {
  editor: editorUi,
  terminal: (given, io, signal) => terminalUi(given, io, signal, () => {}),
  options,
};
const finishing: Adapters<FinishApplyPreview, FinishApplyOutcome> = {
  editor: (parts) => editorFinishUi(parts, "here"),
  terminal: terminalFinishUi,
  options,
};

const production = "The budget of pool shop calls this account and Region production.";
const lower = { wanted: [{ name: "a", reserved: 380 }] };
const changed = "a: 400 → 380 (-20)";

/** Somebody else sets a reservation. */
function reserve({ demo }: ApplySetup, name: string, reserved: number): void {
  const fn = demo.account.region("us-east-1").state.functions.find((one) => one.name === name);
  assert.ok(fn);
  fn.reserved = reserved;
}

test("set: confirmed", async (t) => {
  const trace = await parity(t, changes, {}, (operation) => setReservation(operation, lower));
  assert.deepEqual(trace.port, [
    "progress Reading a",
    "preview",
    `confirm Set the reservation of a to 380: ${changed}: yes`,
    "progress a to 380",
    "say Step 1 of 1 step, a: 400 to 380",
    "report applied",
  ]);
  assert.equal(trace.writes.length, 1);
});

test("set: a no, and production without the account's name, change nothing", async (t) => {
  for (const [script, why] of [
    [{ confirm: ["no"] }, undefined],
    [{}, production],
    [{ account: "" }, production],
  ] as const) {
    const trace = await parity(t, changes, script, (operation) => setReservation(operation, lower), {
      ...(why !== undefined && { production: why }),
    });
    assert.deepEqual([trace.port.at(-1), trace.writes, trace.state], ["report cancelled", [], before]);
  }
});

test("set: production with the account's name", async (t) => {
  const script = { account: "123456789012" };
  const trace = await parity(t, changes, script, (operation) => setReservation(operation, lower), { production });
  assert.equal(trace.port[2], `confirm Set the reservation of a to 380 (production): ${changed}: yes`);
  assert.equal(trace.writes.length, 1);
});

test("set: what was changed while the question stood is shown and asked for again", async (t) => {
  const meanwhile: ParityScript["meanwhile"] = (setup, count) => {
    if (count === 1) reserve(setup, "a", 390);
  };
  const again = await parity(t, changes, { meanwhile }, (operation) => setReservation(operation, lower));
  assert.deepEqual(
    again.port.filter((call) => call.startsWith("confirm")),
    [
      `confirm Set the reservation of a to 380: ${changed}: yes`,
      "confirm Set the reservation of a to 380: a: 390 → 380 (-10): yes",
    ],
  );
  assert.equal(again.writes.length, 1);
  const script: ParityScript = { confirm: ["yes", "no"], meanwhile };
  const no = await parity(t, changes, script, (operation) => setReservation(operation, lower));
  assert.deepEqual([no.port.at(-1), no.writes], ["report cancelled", []]);
});

test("set: a 0 is offered as a kill", async (t) => {
  const zero = { wanted: [{ name: "a", reserved: 0 }] };
  for (const [choose, last, writes] of [
    ["Use the kill switch", "choose 0 switches a off: Use the kill switch", 0],
    ["Only set the reservation to 0", "report applied", 1],
    [undefined, "choose 0 switches a off: cancelled", 0],
  ] as const) {
    const script = choose === undefined ? {} : { choose };
    const trace = await parity(t, changes, script, (operation) => setReservation(operation, zero));
    assert.deepEqual([trace.port.at(-1), trace.writes.length], [last, writes]);
  }
});

test("set: what does not fit is refused before anything is asked", async (t) => {
  const trace = await parity(t, changes, {}, (operation) =>
    setReservation(operation, { wanted: [{ name: "a", reserved: 401 }] }),
  );
  assert.deepEqual([trace.port.slice(1), trace.writes], [["preview", "report impossible"], []]);
});

const budget = ({ session }: ApplySetup): BudgetWish => ({
  name: "shop",
  title: "concurrency-budget.yaml, pool shop",
  identity: session.identity,
  rows: [
    { key: "a", name: "a", granted: 350, off: false, live: 400 },
    { key: "c", name: "c", granted: 350, off: false, live: 300 },
    { key: "d", name: "d", granted: 100, off: false, live: 100 },
  ],
  notPlanned: [{ key: "gone", kind: "missing", message: "The account has no function gone." }],
});
const question = "Apply the budget of pool shop: 2 calls: a: 400 → 350 (-50), c: 300 → 350 (+50)";

test("apply: confirmed, and cancelled", async (t) => {
  const yes = await parity(t, changes, {}, (operation, setup) => applyBudget(operation, budget(setup)));
  assert.deepEqual(yes.port, [
    "progress Reading 2 functions",
    "preview",
    `confirm ${question}: yes`,
    "progress concurrency-budget.yaml, pool shop",
    "say Step 1 of 2 steps, a: 400 to 350",
    "say Step 2 of 2 steps, c: 300 to 350",
    "report applied",
  ]);
  assert.equal(yes.state, before.replace("a 400", "a 350").replace("c 300", "c 350"));
  const script: ParityScript = { confirm: ["no"] };
  const no = await parity(t, changes, script, (operation, setup) => applyBudget(operation, budget(setup)));
  assert.deepEqual([no.port.at(-1), no.writes], ["report cancelled", []]);
});

test("apply: cancelled between two calls", async (t) => {
  const script: ParityScript = { cancelAt: "Step 2 of 2 steps, c: 300 to 350" };
  const trace = await parity(t, changes, script, (operation, setup) => applyBudget(operation, budget(setup)));
  assert.deepEqual([trace.port.at(-1), trace.writes.length], ["report applied", 1]);
  assert.equal(trace.state, before.replace("a 400", "a 350"));
});

test("apply: credentials of another account than the one compared are refused", async (t) => {
  const trace = await parity(t, changes, {}, async (operation, setup) => {
    const wish = { ...budget(setup), identity: { ...setup.session.identity, account: "210987654321" } };
    await assert.rejects(applyBudget(operation, wish), /The credentials lead to another account than a moment ago\./);
  });
  assert.deepEqual([trace.port, trace.writes], [[], []]);
});

/** An apply that ended after its first step. */
async function interrupted({ session, options }: ApplySetup): Promise<void> {
  const wanted = [
    { name: "a", reserved: 380 },
    { name: "c", reserved: 320 },
  ];
  const planned = await planAccount(session, wanted, { folder: options.folder });
  const controller = new AbortController();
  const report = await applyPlan(
    session,
    planned,
    { title: "budget" },
    {
      ...options,
      signal: controller.signal,
      onProgress: ({ index }) => index === 1 && controller.abort(),
    },
  );
  assert.equal(report.result, "cancelled");
  assert.notEqual(report.pending, undefined);
}

for (const [way, label, state] of [
  ["resume", "Finish it", "a 380, b none +100 live, c 320, d 100"],
  ["undo", "Take it back", before],
  ["forget", "Leave it as it is", before.replace("a 400", "a 380")],
] as const) {
  test(`an unfinished apply: ${way}, named and chosen, confirmed and not`, async (t) => {
    for (const wish of [{ way }, {}]) {
      const script = { choose: label };
      const yes = await parity(t, finishing, script, (operation) => finishApply(operation, wish), {
        prepare: interrupted,
      });
      assert.equal(yes.state, state);
      const not: ParityScript = { ...script, confirm: ["no"] };
      const no = await parity(t, finishing, not, (operation) => finishApply(operation, wish), { prepare: interrupted });
      assert.deepEqual([no.port.at(-1), no.writes], ["report cancelled", []]);
    }
    const cancelled = await parity(t, finishing, {}, (operation) => finishApply(operation, {}), {
      prepare: interrupted,
    });
    assert.deepEqual([cancelled.port.at(-1), cancelled.writes], ["report cancelled", []]);
  });
}

test("undo: confirmed, not confirmed, refused because somebody changed it since, and nothing left", async (t) => {
  const { ui } = scriptedUi<ChangePreview, ChangeOutcome>();
  const prepare = async ({ session, options: { folder, retryPolicy, now } }: ApplySetup) => {
    const state = {
      folder,
      production: async () => undefined,
      ...(retryPolicy && { retryPolicy }),
      ...(now && { now }),
    };
    await setReservation({ session, state, ui }, lower);
  };
  const undo = async (operation: Operation<ChangePreview, ChangeOutcome>) => await undoChange(operation, {});
  const yes = await parity(t, changes, {}, undo, { prepare });
  assert.deepEqual([yes.port.at(-1), yes.writes.length, yes.state], ["report applied", 1, before]);
  const no = await parity(t, changes, { confirm: ["no"] }, undo, { prepare });
  assert.deepEqual([no.port.at(-1), no.writes], ["report cancelled", []]);
  const foreign = await parity(t, changes, {}, undo, {
    async prepare(setup) {
      await prepare(setup);
      reserve(setup, "a", 390);
    },
  });
  assert.deepEqual([foreign.port.at(-1), foreign.writes], ["report impossible", []]);
  const nothing = await parity(t, changes, {}, undo);
  assert.deepEqual([nothing.port, nothing.writes, nothing.reads], [[], [], []]);
});

test("nothing unfinished", async (t) => {
  const trace = await parity(t, finishing, {}, (operation) => finishApply(operation, {}));
  assert.deepEqual([trace.port, trace.writes], [["report nothing"], []]);
});
