import assert from "node:assert/strict";
import { test } from "node:test";
import type { KilledFunction, PreviewedRestore, RestoredFunction } from "#aws";
import { killConfirmation } from "#client/kills/killConfirmation.ts";
import { noReason } from "#client/kills/killOrder.ts";
import { killPreviewText } from "#client/kills/killPreviewText.ts";
import { killEnding, killReportText, restoreEnding, restoreReportText } from "#client/kills/killReportText.ts";
import { namesText, stateText } from "#client/kills/killWords.ts";
import { restoreQuestion } from "#client/kills/restoreConfirmation.ts";
import { tomorrowMorning } from "#core";
import { fn, identity } from "../views/support.ts";
import { details, mapping, now, preview, record, state, today, toKill } from "./support.ts";

const order = { reason: noReason, until: tomorrowMorning(now), leaveOne: false, mappings: new Map() };
const search = toKill(
  "search",
  {
    provisioned: [{ qualifier: "live", requested: 20, allocated: 20, status: "READY" }],
    targets: [{ qualifier: "live", minimum: 20, maximum: 60, suspended: { in: false, out: false, scheduled: false } }],
  },
  {
    reserved: 150,
    provisioned: [{ qualifier: "live", requested: 20 }],
    targets: [{ qualifier: "live", minimum: 20, maximum: 60, suspended: { in: false, out: false, scheduled: false } }],
  },
  { stack: "blog" },
);
const stream = { source: "arn:aws:kinesis:us-east-1:123456789012:stream/clicks", kind: "kinesis" } as const;
const pictures = toKill(
  "pictures",
  { mappings: [mapping("a"), mapping("b", stream)] },
  { reserved: null },
  { onlyHere: "No room for tags." },
);

test("the confirmation says what changes, what may be lost first, and who can restore it", () => {
  const refused = { name: "managed", kind: "refused", message: "managed runs on Managed Instances." } as const;
  assert.deepEqual(killConfirmation(preview([search, pictures, refused]), order, now), {
    identity,
    question: "Switch off search and pictures?",
    action: "Switch Off",
    changes: [
      "search: 150 → 0, provisioned 20 on live deleted, scaling of live suspended",
      "pictures: no reservation → 0, Queue pictures disabled",
    ],
    consequences: [
      "⚠ Asynchronous events are dropped at once and lost: the function has no dead-letter queue and no on-failure destination.",
      "⚠ Schedules, notifications and rules go on; their events are dropped as above.",
      "⚠ pictures: Stream clicks: its shards are blocked; records are retried until they expire.",
      "and 3 more in the preview.",
      "Only this machine can restore pictures.",
      "Left alone: managed. The preview says why.",
      "Reason: Switched off from VS Code. Reminder: tomorrow 09:00; nothing is restored by itself.",
    ],
  });
});

test("of many consequences those that lose something are said, and how many are left out", () => {
  const streams = Array.from({ length: 12 }, (_, index) =>
    mapping(String(index), { kind: "kinesis", source: `arn:aws:kinesis:us-east-1:123456789012:stream/s${index}` }),
  );
  const { consequences } = killConfirmation(preview([toKill("busy", { mappings: streams })]), order, now);
  assert.equal(consequences.filter((line) => line.startsWith("⚠ ")).length, 5);
  assert.equal(consequences[5], "and 11 more in the preview, 9 of them lose something.");
});

test("of many functions the first are named, so that the message stays in the window", () => {
  const many = Array.from({ length: 40 }, (_, index) => toKill(`f${index}`, {}));
  const { question, changes, consequences } = killConfirmation(preview(many), order, now);
  assert.equal(question, "Switch off 40 functions?");
  assert.deepEqual(changes.slice(-2), ["f4: 100 → 0", "and 35 more in the preview"]);
  assert.equal(consequences.length, 5);
});

test("whatever is switched off, the message fits a window that is 700 pixels high", () => {
  const name = (index: number) => `a-service-with-a-long-name-that-runs-in-production-${index}`;
  const busy = Array.from({ length: 9 }, (_, index) => ({
    ...search,
    name: name(index),
    before: { ...search.before, mappings: [{ uuid: "a", enabled: true }] },
    mappings: pictures.mappings,
    consequences: [...search.consequences, ...pictures.consequences].map((each) => ({
      ...each,
      message: `${each.message} (${name(index)})`,
    })),
    onlyHere: "No room for tags.",
  }));
  const gone = Array.from({ length: 9 }, (_, index) => ({
    name: `${name(index)}-gone`,
    kind: "refused" as const,
    message: "It is gone.",
  }));
  const { changes, consequences } = killConfirmation(
    preview([...busy, ...gone]),
    { ...order, reason: "why ".repeat(250) },
    now,
  );
  const lines = [...changes, ...consequences].reduce((sum, text) => sum + Math.ceil(text.length / 50), 0);
  assert.ok(lines <= 26, `${lines} lines:\n${[...changes, ...consequences].join("\n")}`);
  assert.match(consequences[0] ?? "", /^⚠ /);
});

test("a kill that goes on with an earlier one keeps its reason, and the reservation where it is", () => {
  const off = { ...toKill("search", { mappings: [mapping("a")] }, { reserved: 150 }), reserved: 0 } as const;
  const again = preview([{ ...off, continues: record("search", { reason: "load test" }) }]);
  const { changes, consequences } = killConfirmation(again, order, now);
  assert.deepEqual(changes, ["search: stays at 0, Queue pictures disabled"]);
  assert.equal(consequences.at(-1), "Reason and reminder of the earlier kill stay; nothing is restored by itself.");
  const text = killPreviewText(again, order, now);
  assert.match(text, /\| Reservation \| 0 \| stays 0 \|/);
  assert.match(text, /An earlier kill \(12:30: load test\) was not finished; this goes on with it\./);
  assert.ok(!text.includes("Reminder"), text);
});

test("what an earlier kill left off becomes part of this one", () => {
  const replaced = preview([{ ...search, replaces: record("search") }]);
  assert.match(
    killPreviewText(replaced, order, now),
    /An earlier kill \(12:30: on fire\) was not finished; what it switched off comes back with this one\./,
  );
});

test("the preview says for each part what it is and what it becomes", () => {
  const text = killPreviewText(preview([search, pictures]), order, now);
  assert.match(text, /^# Switch off 2 functions\n/);
  assert.match(text, /\*\*production\*\* \(123456789012\) · us-east-1/);
  assert.match(text, /Nothing is changed yet\. Read at 13:59\./);
  assert.match(text, /\| search \| 150 \| 20 \| none \| ⚠ asynchronous events, scheduled events \|/);
  assert.match(
    text,
    /\| pictures \| none \| none \| 1 of 2 disabled \| ⚠ asynchronous events, records, scheduled events \|/,
  );
  assert.match(text, /\| Reservation \| 150 \| \*\*0\*\* \|/);
  assert.match(text, /\| Provisioned concurrency of live \| 20 \| \*\*deleted\*\*, a restore requests it again \|/);
  assert.match(text, /\| Scaling of live \| 20 to 60 \| \*\*suspended\*\* \|/);
  assert.match(text, /\| Queue pictures \| enabled \| \*\*disabled\*\* \|/);
  assert.match(text, /\| Stream clicks \| enabled \| stays enabled \|/);
  assert.match(text, /Only this machine can restore it: No room for tags\./);
});

test("the preview names what is left alone and why", () => {
  const text = killPreviewText(
    preview([
      search,
      { name: "gone", kind: "refused", message: "There is no function gone." },
      { name: "idle", kind: "off", reserved: 0 },
      { name: "done", kind: "killed", record: record("done") },
    ]),
    { reason: "load test", leaveOne: false, mappings: new Map() },
    now,
  );
  assert.match(text, /- ✗ \*\*gone\*\*: There is no function gone\./);
  assert.match(text, /- \*\*idle\*\* is off already/);
  assert.match(text, /- \*\*done\*\* was killed 12:30: on fire\./);
  assert.match(text, /Reason: load test\. {2}\nReminder: none\. Nothing is restored by itself\./);
});

test("text of an account cannot become Markdown of ours", () => {
  const text = killPreviewText(preview([search]), { ...order, reason: "[x](command:evil) | <b>" }, now);
  assert.ok(text.includes("\\[x\\](command:evil) \\| \\<b\\>"), text);
});

test("a kill that ended in part says so, what is not done first", () => {
  const done: readonly KilledFunction[] = [
    { name: "search", outcome: "killed", steps: [{ field: "reserved", outcome: "done" }] },
    {
      name: "pictures",
      outcome: "partial",
      message: "mapping:a: Access denied.",
      steps: [
        { field: "mapping:a", outcome: "refused", message: "Access denied." },
        { field: "reserved", outcome: "done" },
      ],
    },
    { name: "late", outcome: "skipped", steps: [] },
  ];
  assert.deepEqual(killEnding(done, new Map()), {
    sentence: "Switched off 1 of 3 functions.",
    notDone: ["pictures", "late"],
  });
  const text = killReportText(identity, done, new Map([["pictures", pictures.mappings]]), now);
  assert.match(text, /^# Switched off 1 of 3 functions\n/);
  assert.match(
    text,
    /\| pictures \| ⚠ partly done \| 1 of 2 \|\n\| late \| – not begun \| {2}\|\n\| search \| ✓ off \| 1 of 1 \|/,
  );
  assert.match(text, /- ✗ Queue pictures: Access denied\.\n- ✓ Reservation/);
});

test("one function alone says why", () => {
  const steps = [
    { field: "reserved", outcome: "done" },
    { field: "provisioned:live", outcome: "refused", message: "No room." },
  ] as const;
  assert.deepEqual(restoreEnding([{ name: "a", outcome: "partial", message: "m", steps }], new Map()), {
    sentence: "a: 1 of 2 steps done; provisioned concurrency of live: No room.",
    notDone: ["a"],
  });
  assert.deepEqual(killEnding([{ name: "a", outcome: "changed", message: "It is 5 now.", steps: [] }], new Map()), {
    sentence: "a: It is 5 now.",
    notDone: ["a"],
  });
  assert.deepEqual(killEnding([{ name: "a", outcome: "alreadyKilled", steps: [] }], new Map()), {
    sentence: "Switched off a.",
    notDone: [],
  });
});

test("what is not done of one function is named as people know it, in the message and above the report", () => {
  const steps = [{ field: "mapping:a", outcome: "refused", message: "Access denied." }] as const;
  const done: readonly KilledFunction[] = [{ name: "pictures", outcome: "partial", steps }];
  const mappings = new Map([["pictures", pictures.mappings]]);
  assert.equal(killEnding(done, mappings).sentence, "pictures: 0 of 1 step done; Queue pictures: Access denied.");
  assert.match(killReportText(identity, done, mappings, now), /^# pictures: partly done\n/);
  const back: readonly RestoredFunction[] = [{ name: "pictures", outcome: "partial", steps }];
  assert.equal(restoreEnding(back, mappings).sentence, "pictures: 0 of 1 step done; Queue pictures: Access denied.");
  assert.match(restoreReportText(identity, back, mappings, now), /\n- ✗ Queue pictures: Access denied\.$/);
});

test("a function is named once", () => {
  const done: readonly RestoredFunction[] = [
    { name: "a", outcome: "short", message: "a cannot get 3 back.", steps: [] },
  ];
  assert.equal(restoreEnding(done, new Map()).sentence, "a cannot get 3 back.");
});

test("a restore that is warming is a restore", () => {
  const done: readonly RestoredFunction[] = [
    { name: "a", outcome: "warming", message: "Provisioned concurrency is still being allocated.", steps: [] },
    {
      name: "b",
      outcome: "short",
      message: "3 are short.",
      steps: [{ field: "reserved", outcome: "refused", message: "Lambda refused." }],
    },
  ];
  assert.deepEqual(restoreEnding(done, new Map()), { sentence: "Restored 1 of 2 functions.", notDone: ["b"] });
  const text = restoreReportText(identity, done, new Map(), now);
  assert.match(text, /## b\n\n3 are short\.\n\n- ✗ Reservation: Lambda refused\./);
  assert.match(
    text,
    /\| b \| ✗ not enough in the pool, nothing done \| 0 of 1 \|\n\| a \| ✓ restored, warming \| {2}\|/,
  );
});

const fresh = { live: { ...fn("a", 0), reserved: 0 }, details: details() };
const found = (name: string, conflicts: readonly string[]): PreviewedRestore => ({
  kind: "restore",
  name,
  record: record(name),
  source: "tags",
  fresh,
  conflicts: conflicts.map((message) => ({ field: "reserved", message })),
});

test("the question of a restore names what somebody changed, what is short, and what is refused", () => {
  const message = "The restore takes 100 from the pool, but only 40 can be given.";
  const lack = { needed: 100, available: 40, floor: 100, fitting: [] };
  const { clean, changed, confirmation, keeping } = restoreQuestion({
    identity,
    readAt: today(14),
    functions: [
      found("a", []),
      found("b", ["The reservation of b is 5."]),
      { kind: "refused", name: "c", message: "There is no record of a kill of c." },
    ],
    short: { ...lack, message },
  });
  assert.deepEqual([clean, changed], [["a"], ["b"]]);
  assert.deepEqual(confirmation, {
    identity,
    question: "Restore a?",
    action: "Restore",
    changes: ["a: reservation 100", "b: reservation 100 (changed since, left alone)"],
    consequences: [
      `⚠ ${message}`,
      "⚠ The reservation of b is 5.",
      "“Keep Changes” restores everything else of b and leaves what somebody changed.",
      "There is no record of a kill of c.",
    ],
  });
  assert.deepEqual(
    restoreQuestion(
      { identity, readAt: today(14), functions: [found("a", [])], short: { ...lack, message } },
      {
        holders: [],
        enough: [
          { name: "big", from: 500, to: 440 },
          { name: "small", from: 70, to: 10 },
        ],
      },
    ).confirmation.consequences,
    [`⚠ ${message}`, "Lowering one of these makes enough room: big to 440, small to 10."],
  );
  assert.deepEqual(keeping, {
    identity,
    question: "Restore a and b, except what somebody changed?",
    action: "Keep Changes",
    changes: ["a: reservation 100", "b: reservation 100 (what was changed stays)"],
    consequences: [`⚠ ${message}`, "⚠ The reservation of b is 5.", "There is no record of a kill of c."],
  });
});

test("words for states and lists of names", () => {
  assert.equal(
    stateText(
      state({
        reserved: null,
        provisioned: [{ qualifier: "1", requested: 5 }],
        mappings: [{ uuid: "a" }, { uuid: "b" }],
      }),
    ),
    "no reservation, provisioned 5 on 1, 2 event source mappings",
  );
  assert.equal(namesText(["a", "b", "c"]), "a, b and c");
  assert.equal(namesText(["a", "b", "c", "d", "e"]), "a, b and 3 more");
  assert.equal(namesText([]), "");
});
