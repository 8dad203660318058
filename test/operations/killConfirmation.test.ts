import assert from "node:assert/strict";
import { test } from "node:test";
import { tomorrowMorning } from "#core";
import { killConfirmation } from "#operations/killConfirmation.ts";
import { mapping, now, preview, record, toKill } from "../client/kills/support.ts";

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

test("the confirmation says what changes, what may be lost first, and who can restore it", () => {
  const refused = { name: "managed", kind: "refused", message: "managed runs on Managed Instances." } as const;
  assert.deepEqual(killConfirmation(preview([search, pictures, refused]), order, now), {
    what: "Switch off search and pictures",
    action: "Switch Off",
    changes: [
      "search: 150 → 0, provisioned 20 on alias live deleted, auto scaling of alias live suspended",
      "pictures: no reservation → 0, Queue pictures disabled",
    ],
    consequences: [
      "⚠ Asynchronous events are dropped at once and lost: the function has no dead-letter queue and no on-failure destination.",
      "⚠ Schedules, notifications and rules keep firing; their events are dropped as above.",
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
  const { what, changes, consequences } = killConfirmation(preview(many), order, now);
  assert.equal(what, "Switch off 40 functions");
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
});
