import assert from "node:assert/strict";
import { test } from "node:test";
import { MarkupContent } from "vscode-languageserver-types";
import { codeLenses, hover, inlayHints, type Usage, windowText } from "#core";
import { type ShortSnapshot, snapshot } from "#support/snapshot.ts";
import { budgetName, sample, sampleWith, templateName } from "./sample.ts";
import { sceneAt, sceneOf, uriOf } from "./scene.ts";

// Times are said as on this machine.
process.env.TZ = "UTC";

const usage = (more: Partial<Usage>): Usage => ({
  from: "2026-11-22T11:05:00.000Z",
  until: "2026-11-22T14:05:00.000Z",
  concurrency: [],
  ...more,
});

const account: ShortSnapshot = {
  alias: "shop",
  usage: { ...usage({ maximum: 120, now: 38, throttles: 3 }) },
  functions: {
    "orders-prod-Ingest-X": {
      reserved: 25,
      in: "orders-prod/Ingest",
      usage: usage({ maximum: 18, now: 4, throttles: 3 }),
    },
    thumbnails: { reserved: 400, usage: usage({ maximum: 7, throttles: 0 }) },
    "orders-prod-Third-X": { reserved: null, in: "orders-prod/Third" },
  },
};

function hoverAt(files: Readonly<Record<string, string>>, short: ShortSnapshot): string {
  const { context, uri, position } = sceneAt(files, { snapshots: [snapshot(short)] });
  const contents = hover(context, uri, position)?.contents;
  return MarkupContent.is(contents) ? contents.value : "";
}

const lastLines = (text: string, count: number) => text.split(/ {2}\n|\n\n/).slice(-count);
const inTemplate = (from: string, to: string, short = account) => hoverAt(sampleWith(templateName, from, to), short);
const inBudget = (from: string, to: string, short = account) => hoverAt(sampleWith(budgetName, from, to), short);

function lensesOf(name: string, short: ShortSnapshot, files = sample): string[] {
  const { context } = sceneOf(files, { snapshots: [snapshot(short)] });
  return codeLenses(context, uriOf(name)).map(({ range, command }) => `${range.start.line}: ${command?.title}`);
}

function hintsOf(short: ShortSnapshot, files: Readonly<Record<string, string>> = sample): string[] {
  const { context } = sceneOf(files, { snapshots: [snapshot(short)] });
  const everything = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };
  return inlayHints(context, uriOf(budgetName), everything).map(({ position, label }) => `${position.line}: ${label}`);
}

test("hover on a number: live value, use, throttles, account, time, and why it differs", () => {
  assert.deepEqual(lastLines(inTemplate("!If [IsProd", "!If [Is|Prod"), 2), [
    "In AWS, account shop (123456789012) in us-east-1: reserved **25**, max 18 in 3 h, now 4, 3 throttles in 3 h (read 22 Nov 2026 14:05)",
    "Not deployed yet, or changed by hand; the budget says the same as the template.",
  ]);
});

test("the window of use is in hours, or minutes when that is no whole hour", () => {
  const until = "2026-01-02T03:00:00Z";
  const texts = ["00:00", "02:30", "01:30"].map((from) => windowText({ from: `2026-01-02T${from}:00Z`, until }));
  assert.deepEqual(texts, ["3 h", "30 min", "90 min"]);
  const early = { from: "2026-01-01T23:56:00Z", until };
  assert.equal(windowText(early), "3 h", "it began where a period of five minutes begins");
});

test("hover says how much the account has room for where other functions leave less than the files", () => {
  const full: ShortSnapshot = {
    functions: { thumbnails: 350, foreign: 200 },
  };
  const line = lastLines(inTemplate("Other:", "Ot|her:", full), 99).find((each) => each.startsWith("Max"));
  assert.equal(
    line,
    "Max 350 now, with what AWS has left (by the files alone 550): at most 3,500 requests per second (10 × 350)",
  );
});

test("hover on a function that agrees says so by saying nothing more", () => {
  assert.deepEqual(lastLines(inTemplate("Other:", "Ot|her:"), 1), [
    "In AWS, account shop (123456789012) in us-east-1: reserved **400**, max 7 in 3 h, no throttles in 3 h (read 22 Nov 2026 14:05)",
  ]);
});

test("hover shows provisioned concurrency where it was read, and kills", () => {
  const details = {
    readAt: "2026-11-22T14:06:00.000Z",
    provisioned: [
      { qualifier: "live", requested: 5, allocated: 5, status: "READY" },
      { qualifier: "canary", requested: 4, allocated: 1, status: "IN_PROGRESS" },
      { qualifier: "3", requested: 2, allocated: 0, status: "FAILED" },
      { qualifier: "4", requested: 2, allocated: 2, status: "READY" },
    ],
    targets: [],
    mappings: [],
    problems: [],
  } as const;
  const killTags = { "lambda-concurrency:kill:1": "x" };
  const functions = { thumbnails: { reserved: 0, details, killTags, readAt: "2026-11-22T14:06:30.000Z" } };
  assert.deepEqual(lastLines(inTemplate("Other:", "Ot|her:", { functions }), 2), [
    "In AWS, account 123456789012 in us-east-1: reserved **0** (killed), provisioned **5** on alias `live`, provisioned **4** (1 allocated) on alias `canary`, provisioned **2** (failed) on version `3`, provisioned on 1 more (read 22 Nov 2026 14:06)",
    "Switched off with the kill switch. Restore it when the incident is over.",
  ]);
});

test("hover on a function that is missing, or not known, says which", () => {
  const live = (short: ShortSnapshot) => lastLines(inTemplate("Other:", "Ot|her:", short), 1)[0];
  assert.equal(live({ functions: {} }), "It is not deployed yet, or deployed under another name.");
  assert.equal(
    live({ state: "reading" }),
    "In AWS, account 123456789012 in us-east-1: unknown, because the account is still being read (read 22 Nov 2026 14:05)",
  );
  assert.equal(
    live({ functions: { thumbnails: { unknown: "not read yet" } } }),
    "In AWS, account 123456789012 in us-east-1: reserved **unknown**, because not read yet (read 22 Nov 2026 14:05)",
  );
});

test("hover on a budget entry: who takes it, with what is live", () => {
  const text = inBudget("orders-prod/Ingest:", "orders-prod/In|gest:");
  assert.match(text, /- `orders-prod\/Ingest`: reserved 300 in `orders\/template.yaml`, in AWS 25\n/);
  assert.match(
    lastLines(text, 2)[0] ?? "",
    /^In AWS, account shop \(123456789012\) in us-east-1: reserved \*\*25\*\*, max 18 in/,
  );
});

test("hover on a budget entry that no template declares", () => {
  const files = sampleWith(budgetName, "  thumbnails: 350", "  thumbnails: 350\n  rep|orts: 20");
  assert.deepEqual(lastLines(hoverAt(files, { functions: { reports: 30 } }), 2), [
    "In AWS, account 123456789012 in us-east-1: reserved **30** (read 22 Nov 2026 14:05)",
    "It was set by hand to more than the budget grants.",
  ]);
});

test("hover on the head of a pool says how much of the headroom restores will need", () => {
  const off = { reserved: 0, owed: 150 };
  assert.match(
    lastLines(inBudget("pool:", "po|ol:", { functions: { "blog-search": off, other: 300 } }), 1).join(),
    /: 700 of 1,000 unreserved, headroom 600, of which 150 are needed to restore blog-search, 2 functions \(read/,
  );
});

test("hover on the head of a pool: what is unreserved in the account, and where its limit or floor is another", () => {
  assert.deepEqual(lastLines(inBudget("pool:", "po|ol:"), 1), [
    "In AWS, account shop (123456789012) in us-east-1: 575 of 1,000 unreserved, 3 functions, max 120 in 3 h, now 38, 3 throttles in 3 h (read 22 Nov 2026 14:05)",
  ]);
  const other = { limit: 400, learnedFloor: 50 };
  assert.deepEqual(lastLines(inBudget("limit:", "li|mit:", other), 1), ["Limit 1,000, given. The account has 400."]);
  assert.deepEqual(lastLines(inBudget("floor:", "fl|oor:", other), 1), [
    "Floor 100, configured. Lambda insisted on 50 when it last refused a change.",
  ]);
  assert.match(
    inBudget("region:", "re|gion:"),
    /\n\nIn AWS, account shop \(123456789012\) in us-east-1: 575 of 1,000 unreserved/,
  );
  const partly = { state: "partial", functionCount: 340 } as const;
  assert.match(
    inBudget("pool:", "po|ol:", partly),
    /1,000 of 1,000 unreserved, 0 of 340 functions read \(read 22 Nov 2026 /,
  );
});

test("lenses: the summaries say what is unreserved, and each function what is live", () => {
  assert.deepEqual(lensesOf(budgetName, account), [
    "0: 750 of 1,000 claimed · 150 left · fits · keeps 150 · 575 unreserved in AWS",
  ]);
  assert.deepEqual(lensesOf(templateName, account), [
    "9: claims 750 in production · 750 of 1,000 claimed · 150 left · fits · 575 unreserved in AWS",
    "10: in AWS: 25 · max 18 in 3 h · 3 throttles",
    "14: in AWS: 400 · max 7 in 3 h",
  ]);
});

test("a function without reservation has a lens only where its use is known, and one that is unknown none", () => {
  const third = (more: object) => ({ functions: { x: { reserved: null, in: "orders-prod/Third", ...more } } });
  assert.equal(lensesOf(templateName, third({})).length, 1);
  assert.equal(lensesOf(templateName, third({ usage: usage({ maximum: 3 }) }))[1], "19: in AWS: none · max 3 in 3 h");
  assert.equal(
    lensesOf(templateName, { ...account, functions: { thumbnails: { unknown: "not read yet" } } }).length,
    1,
  );
});

test("a function of several stacks shows the value of each", () => {
  const files = sampleWith(budgetName, "name: orders-prod", "name: [orders-prod, orders-test]");
  const functions = {
    a: { reserved: 25, in: "orders-prod/Ingest" },
    b: { reserved: 5, in: "orders-test/Ingest" },
  };
  assert.equal(lensesOf(templateName, { functions }, files)[1], "10: in AWS: 25 (orders-prod), 5 (orders-test)");
});

test("hints at the entries of a budget: what is live, or that nothing is", () => {
  assert.deepEqual(hintsOf(account), ["11: in AWS: 25", "12: in AWS: 400"]);
  assert.deepEqual(hintsOf({ functions: { thumbnails: 0 } }), ["11: not deployed", "12: in AWS: 0"]);
  assert.deepEqual(hintsOf({ state: "reading" }), []);
  const files = sampleWith(budgetName, "  thumbnails: 350", '  "orders-prod/*": 50');
  const two = Object.fromEntries(
    ["Ingest", "Third"].map((id, i) => [`f${i}`, { reserved: i + 1, in: `orders-prod/${id}` }]),
  );
  assert.deepEqual(hintsOf({ functions: { ...two, thumbnails: 9 } }, files), [
    "11: in AWS: 1",
    "12: × 2 = 100",
    "12: in AWS: 9, 2",
  ]);
});

test("a snapshot of another account leaves every text as it is without one", () => {
  const shown = (options: object) => {
    const { context } = sceneOf(sample, options);
    const everything = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };
    return [budgetName, templateName].map((name) => [
      codeLenses(context, uriOf(name)),
      inlayHints(context, uriOf(name), everything),
    ]);
  };
  const other = snapshot({ ...account, account: "999999999999" });
  assert.deepEqual(shown({ snapshots: [other], linkAll: true }), shown({}));
});
