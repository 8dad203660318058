import assert from "node:assert/strict";
import { test } from "node:test";
import type { PreviewedRestore } from "#aws";
import { restoreQuestion } from "#operations/restoreConfirmation.ts";
import { details, record, today } from "../client/kills/support.ts";
import { fn, identity } from "../client/views/support.ts";

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
    what: "Restore a",
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
    what: "Restore a and b, except what somebody changed",
    action: "Keep Changes",
    changes: ["a: reservation 100", "b: reservation 100 (what was changed stays)"],
    consequences: [`⚠ ${message}`, "⚠ The reservation of b is 5.", "There is no record of a kill of c."],
  });
});
