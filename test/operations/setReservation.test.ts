import assert from "node:assert/strict";
import { test } from "node:test";
import { type ChangeOutcome, type ChangePreview, setReservation } from "#operations";
import { before } from "../aws/apply/applySetup.ts";
import { operationSetup } from "./operationSetup.ts";

const setup = operationSetup<ChangePreview, ChangeOutcome>;
const wish = (reserved: number | null, name = "a") => ({ wanted: [{ name, reserved }] });
const lower = wish(380);

test("a set reads, shows, asks, sets and tells", async (t) => {
  const { operation, calls, confirmations, outcomes, state, writes } = await setup(t);
  const outcome = await setReservation(operation, lower);
  assert.deepEqual(calls, [
    "progress Reading a",
    "preview",
    "confirm Set the reservation of a to 380",
    "progress a to 380",
    "report applied",
  ]);
  assert.deepEqual([outcome, outcome?.kind], [outcomes[0], "applied"]);
  assert.equal(outcomes[0]?.says, "a has a reservation of 380 (before: 400). 120 left unreserved.");
  const [{ identity, changes, consequences, production } = {}] = confirmations;
  assert.deepEqual([identity?.account, changes, production], ["123456789012", ["a: 400 → 380 (-20)"], undefined]);
  assert.deepEqual(consequences, ["Unreserved: 100 now, 120 afterwards; Lambda keeps a floor of 100 (estimated)."]);
  assert.deepEqual(writes(), ["PUT a"]);
  assert.equal(state(), before.replace("a 400", "a 380"));
});

test("a no changes nothing", async (t) => {
  const { operation, calls, state, writes } = await setup(t, { confirm: () => ({ kind: "no" }) });
  await setReservation(operation, lower);
  assert.deepEqual(calls.slice(-2), ["confirm Set the reservation of a to 380", "report cancelled"]);
  assert.deepEqual([writes(), state()], [[], before]);
});

test("a dry run asks nothing and changes nothing", async (t) => {
  const { operation, calls, writes } = await setup(t);
  await setReservation(operation, { ...wish(0), dryRun: true });
  assert.deepEqual(calls, ["progress Reading a", "preview", "report shown"]);
  assert.deepEqual(writes(), []);
});

for (const [says, wanted, problem] of [
  ["more than fits", wish(401), /^Not enough room: /],
  ["a function that is not there", wish(1, "nobody"), /^The account has no function nobody in this Region\./],
] as const) {
  test(`${says} is refused before anything is asked`, async (t) => {
    const { operation, calls, outcomes, writes } = await setup(t);
    await setReservation(operation, wanted);
    assert.deepEqual(calls.slice(1), ["preview", "report impossible"]);
    assert.match(outcomes[0]?.says ?? "", problem);
    assert.match(outcomes[0]?.says ?? "", / Nothing was changed\.$/);
    assert.deepEqual(writes(), []);
  });
}

test("what is so already is told, and nothing is asked", async (t) => {
  const { operation, calls, writes } = await setup(t);
  await setReservation(operation, wish(400));
  assert.deepEqual(calls, ["progress Reading a", "preview", "report nothing"]);
  assert.deepEqual(writes(), []);
});

test("production: a yes alone changes nothing, one with the account's name or ID does", async (t) => {
  const production = "The budget of pool shop calls this account and Region production.";
  for (const [account, expected] of [
    [undefined, "cancelled"],
    ["", "cancelled"],
    ["210987654321", "cancelled"],
    ["123456789012", "applied"],
  ] as const) {
    const answer = { kind: "yes", ...(account !== undefined && { account }) } as const;
    const { operation, confirmations, outcomes, writes } = await setup(t, { confirm: () => answer }, { production });
    await setReservation(operation, lower);
    assert.equal(confirmations[0]?.production, production);
    assert.deepEqual([outcomes[0]?.kind, writes().length], [expected, expected === "applied" ? 1 : 0]);
  }
});

test("what somebody changed while the question stood is shown, and asked for again", async (t) => {
  const { operation, calls, previews, confirmations, demo, state, writes } = await setup(t, {
    confirm(_, count) {
      if (count === 1) reserve("c", 290);
      return { kind: "yes" };
    },
  });
  const reserve = (name: string, reserved: number) => {
    const fn = demo.account.region("us-east-1").state.functions.find((one) => one.name === name);
    assert.ok(fn);
    fn.reserved = reserved;
  };
  await setReservation(operation, lower);
  assert.deepEqual(calls.slice(4), [
    "progress Reading a",
    "preview",
    "confirm Set the reservation of a to 380",
    "progress a to 380",
    "report applied",
  ]);
  assert.deepEqual(
    previews.map(({ changed }) => changed?.differences),
    [undefined, ["Unreserved: was 100, is now 110."]],
  );
  assert.deepEqual(confirmations[1]?.consequences.slice(0, 3), [
    "Somebody changed the account meanwhile, so nothing was done yet. This is the new plan.",
    "Unreserved: was 100, is now 110.",
    "Unreserved: 110 now, 130 afterwards; Lambda keeps a floor of 100 (estimated).",
  ]);
  assert.deepEqual(writes(), ["PUT a"]);
  assert.equal(state(), before.replace("a 400", "a 380").replace("c 300", "c 290"));
});

test("an answer that was given beforehand covers what was shown first and nothing later", async (t) => {
  const { operation, calls, outcomes, demo, writes } = await setup(t, {
    interactive: false,
    confirm() {
      const [fn] = demo.account.region("us-east-1").state.functions;
      assert.ok(fn);
      fn.reserved = 390;
      return { kind: "yes" };
    },
  });
  await setReservation(operation, lower);
  assert.deepEqual(calls.slice(-2), ["progress a to 380", "report applied"]);
  assert.deepEqual([outcomes[0]?.applied?.result, writes()], ["changed", []]);
});

test("a 0 is offered as a kill, which sets nothing", async (t) => {
  for (const [label, expected, sets] of [
    ["Use the kill switch", { kind: "kill", names: ["a"] }, []],
    [undefined, undefined, []],
  ] as const) {
    const { operation, calls, writes } = await setup(t, { choose: () => label });
    assert.deepEqual(await setReservation(operation, wish(0)), expected);
    assert.deepEqual([calls, writes()], [["choose 0 switches a off"], sets]);
  }
  const { operation, calls, writes } = await setup(t, { choose: () => "Only set the reservation to 0" });
  await setReservation(operation, wish(0));
  assert.deepEqual([calls[0], calls.at(-1), writes()], ["choose 0 switches a off", "report applied", ["PUT a"]]);
});

test("several functions at once are one plan, lowered first", async (t) => {
  const { operation, confirmations, writes } = await setup(t);
  await setReservation(operation, {
    wanted: [
      { name: "c", reserved: 310 },
      { name: "a", reserved: 390 },
    ],
  });
  assert.deepEqual(confirmations[0]?.what, "Set the reservations of 2 functions");
  assert.deepEqual(confirmations[0]?.changes, ["a: 400 → 390 (-10)", "c: 300 → 310 (+10)"]);
  assert.deepEqual(writes(), ["PUT a", "PUT c"]);
});

test("cancelled between two calls: what was begun is told, and can be settled", async (t) => {
  const { operation, outcomes, state, writes } = await setup(t, {
    say: (what, cancel) => what.startsWith("Step 2 of 2 steps") && cancel(),
  });
  await setReservation(operation, {
    wanted: [
      { name: "c", reserved: 310 },
      { name: "a", reserved: 390 },
    ],
  });
  const { applied, says } = outcomes[0] ?? {};
  assert.equal(applied?.result, "cancelled");
  assert.equal(says, "Cancelled before the reservation of c was changed.");
  assert.notEqual(applied?.pending, undefined);
  assert.deepEqual(writes(), ["PUT a"]);
  assert.equal(state(), before.replace("a 400", "a 390"));
});

test("a floor that Lambda names is the one the next plan counts with", async (t) => {
  const { operation, outcomes, demo, folder } = await setup(t);
  demo.account.region("us-east-1").state.floor = 120;
  await setReservation(operation, lower);
  await setReservation(operation, wish(390));
  assert.deepEqual(
    outcomes.map(({ kind, applied }) => [kind, applied?.result, applied?.floor]),
    [
      ["applied", "done", undefined],
      ["applied", "stopped", 120],
    ],
    folder,
  );
  await setReservation(operation, wish(390));
  assert.equal(outcomes[2]?.kind, "impossible");
  assert.match(outcomes[2]?.says ?? "", /as Lambda keeps 120 unreserved\./);
});
