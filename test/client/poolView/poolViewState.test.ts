import assert from "node:assert/strict";
import { test } from "node:test";
import { pictureCsv } from "#client/poolView/pictureCsv.ts";
import { accountSource, liveNames, type PoolViewInput, poolViewState } from "#client/poolView/poolViewState.ts";
import type { PoolPicture } from "#webview/poolMessages.ts";
import { arnOf, connected, fn, snapshot, usage } from "../views/support.ts";
import { liveRow, pool, row } from "./pools.ts";

function told(input: Partial<PoolViewInput>) {
  return poolViewState({
    pools: [],
    server: "running",
    account: { kind: "disconnected" },
    chosen: undefined,
    whatIf: new Map(),
    ...input,
  });
}

function picture(input: Partial<PoolViewInput>): PoolPicture {
  const { shown } = told(input);
  assert.equal(shown.kind, "picture");
  return (shown as Extract<typeof shown, { kind: "picture" }>).picture;
}

test("files alone are enough for a picture: the largest slice first, with what it may have", () => {
  const shown = picture({ pools: [pool([row("A", 200), row("B", 500)], { claimed: 700, unreserved: 300 })] });
  assert.equal(shown.summary, "700 of 1,000 claimed, 200 headroom");
  assert.deepEqual(
    shown.slices.map(({ name, claimed, most, use, places }) => ({ name, claimed, most, use, places })),
    [
      { name: "B", claimed: "500", most: "700", use: undefined, places: ["tree", "template", "budget"] },
      { name: "A", claimed: "200", most: "400", use: undefined, places: ["tree", "template", "budget"] },
    ],
  );
  assert.deepEqual([shown.findings, shown.actions], [[], []]);
});

test("a typed reservation changes numbers, finds what it leads to, and offers what can be done", () => {
  const pools = [pool([liveRow("A", 200), liveRow("B", 500)], { live: true, claimed: 700, unreserved: 300 })];
  const account = connected(snapshot([fn("A", 200, { usage: usage({ now: 80 }) }), fn("B", 500)]));
  const more = picture({ pools, account, whatIf: new Map([["shop/A", 450]]) });
  assert.equal(more.summary, "50 too many: 950 of 1,000 claimed");
  assert.deepEqual(
    more.findings.map(({ severity, text }) => [severity, text]),
    [["error", "Over-committed by 50. AWS refuses what does not fit; lower a reservation."]],
  );
  assert.deepEqual(
    more.slices.map(({ name, was, outside }) => [name, was, outside.to - outside.from]),
    [
      ["B", undefined, 0],
      ["A", "200", 50],
    ],
  );
  assert.deepEqual(
    more.actions.map(({ id }) => id),
    ["writeBudget", "writeAndPlan", "discard"],
  );
  const less = picture({ pools, account, whatIf: new Map([["shop/A", 50]]) });
  assert.deepEqual(
    less.findings.map(({ text }) => text),
    [
      "A: 80 in use now, so 50 would throttle it.",
      "Templates declare more than you typed: A (200). Lower them too, else the budget is exceeded.",
    ],
  );
});

test("a typed reservation is for each copy of a function", () => {
  const pools = [pool([row("A", 60, { instances: 3, declared: 20 })], { claimed: 60, unreserved: 940 })];
  const [slice] = picture({ pools, whatIf: new Map([["shop/A", 30]]) }).slices;
  assert.deepEqual([slice?.input, slice?.claimed, slice?.was], [30, "90", "60"]);
  assert.equal(picture({ pools }).slices[0]?.input, 20);
});

test("a function of unknown size is drawn as unknown", () => {
  const claim = { unknown: "parameter Size has no value" };
  const pools = [
    pool([row("A", 200), row("B", claim)], {
      claimed: { ...claim, min: 200 },
      unreserved: { ...claim, max: 800 },
      verdict: "depends",
    }),
  ];
  const { summary, slices, findings } = picture({ pools });
  assert.equal(summary, "at least 200 of 1,000 claimed, 0 to 700 headroom");
  assert.deepEqual(
    slices.map(({ name, claimed, size, perhaps }) => [name, claimed, size, perhaps.to - perhaps.from]),
    [
      ["A", "200", 200, 0],
      ["B", "unknown", undefined, 700],
    ],
  );
  assert.deepEqual(findings, [
    { severity: "warning", text: "1 function of unknown size: hatched, because no number is known." },
  ]);
});

test("the account alone is a picture too, with what no reservation accounts for", () => {
  const account = connected(
    snapshot([fn("A", 200, { usage: usage({ now: 150 }) }), fn("B", null)], { usage: usage({ unreservedNow: 350 }) }),
  );
  const shown = picture({ account });
  assert.deepEqual(
    shown.slices.map(({ name, claimed, rest }) => [name, claimed, rest]),
    [
      ["Provisioned, or not readable", "400", true],
      ["A", "200", undefined],
      ["B", "0", undefined],
    ],
  );
  assert.deepEqual(shown.findings, []);
  const starving = picture({ account, whatIf: new Map([[arnOf("B"), 100]]) });
  assert.deepEqual(
    starving.findings.map(({ text }) => text),
    ["Functions without a reservation use 350 now; 300 would be left for them."],
  );
  assert.deepEqual(
    starving.actions.map(({ id }) => id),
    ["setInAws", "discard"],
  );
});

test("the pool that was chosen stays chosen; what is gone is replaced by the first", () => {
  const pools = [pool([row("A", 1)]), pool([row("B", 1)], { id: "1 x", name: "staging" })];
  const account = connected(snapshot([]));
  assert.equal(told({ pools, account, chosen: "1 x" }).chosen, "1 x");
  assert.equal(told({ pools, account, chosen: accountSource }).chosen, accountSource);
  assert.equal(told({ pools, account, chosen: "gone" }).chosen, pools[0]?.id);
});

test("without anything to draw it says why and what to do", () => {
  const says = (input: Partial<PoolViewInput>) => {
    const { shown } = told(input);
    return shown.kind === "message" ? [shown.error, shown.text, shown.actions.map(({ id }) => id)] : [];
  };
  assert.deepEqual(says({}), [
    false,
    "There is no pool yet: no budget and no template with functions here, and no account connected.",
    ["createBudget", "connect"],
  ]);
  assert.deepEqual(says({ pools: undefined }), [false, "Reading the templates and budgets of this workspace…", []]);
  assert.deepEqual(
    says({ account: { kind: "failed", choice: {}, error: { kind: "expired", message: "Sign in again." } } }),
    [true, "The account could not be read. Sign in again.", ["connect"]],
  );
  const { limit: _, unreserved: __, ...denied } = snapshot([fn("A", 1)]);
  assert.deepEqual(says({ account: connected(denied) }), [
    true,
    "The account does not say its limit: lambda:GetAccountSettings is denied. Allow it and refresh.",
    ["retry"],
  ]);
});

test("the use of what is drawn is asked for by the names in the account, largest claim first", () => {
  const rows = [liveRow("A", 100), liveRow("B", 500, { name: "logical" }), row("C", 300), liveRow("D", 0)];
  const account = connected(snapshot([fn("A", 100), fn("B", 500), fn("D", 0), fn("E", 50)]));
  const input = { pools: [pool(rows, { live: true })], server: "running", account, whatIf: new Map() } as const;
  const names = (chosen: string) => {
    const told = poolViewState({ ...input, chosen });
    return told.shown.kind === "picture" ? liveNames({ ...input, chosen }, chosen, told.shown.picture) : undefined;
  };
  assert.deepEqual(names(input.pools[0]?.id ?? ""), ["B", "A"]);
  assert.deepEqual(names(accountSource), ["B", "A", "E"]);
});

test("a table as CSV has numbers without commas, and no formula", () => {
  const pools = [pool([row("A", 1500), row("=cmd()", 2), row('B,"b"', 3)], { limit: 5000 })];
  assert.equal(
    pictureCsv(picture({ pools })),
    [
      "function,claimed,in use now,max,granted,declared,in AWS,before the what-if",
      "A,1500,,4895,1500,1500,,",
      '"B,""b""",3,,3398,3,3,,',
      "'=cmd(),2,,3397,2,2,,",
      "",
    ].join("\r\n"),
  );
});
