import assert from "node:assert/strict";
import { test } from "node:test";
import type { KilledFunction, RestoredFunction } from "#aws";
import { killPreviewText } from "#client/kills/killPreviewText.ts";
import { killEnding, killReportText, restoreEnding, restoreReportText } from "#client/kills/killReportText.ts";
import { tomorrowMorning } from "#core";
import { identity } from "../views/support.ts";
import { mapping, now, preview, record, toKill } from "./support.ts";

const order = {
  reason: "Switched off from VS Code",
  until: tomorrowMorning(now),
  leaveOne: false,
  mappings: new Map(),
};
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

test("a kill that goes on with an earlier one keeps its reason, and the reservation where it is", () => {
  const off = { ...toKill("search", { mappings: [mapping("a")] }, { reserved: 150 }), reserved: 0 } as const;
  const again = preview([{ ...off, continues: record("search", { reason: "load test" }) }]);
  const text = killPreviewText(again, order, now);
  assert.match(text, /\| Reservation \| 0 \| stays 0 \|/);
  assert.match(text, /An earlier kill \(12:30: load test\) was not finished; this one continues it\./);
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
  assert.match(
    text,
    /\| Provisioned concurrency of alias live \| 20 \| \*\*deleted\*\*, a restore requests it again \|/,
  );
  assert.match(text, /\| Auto scaling of alias live \| 20 to 60 \| \*\*suspended\*\* \|/);
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
    sentence: "a: 1 of 2 steps done; provisioned concurrency of alias live: No room.",
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
