import assert from "node:assert/strict";
import { test } from "node:test";
import { DetailRequests } from "#client/views/detailRequests.ts";
import { connected, fn, snapshot } from "./support.ts";

const details = { readAt: "2026-01-02T03:00:00.000Z", provisioned: [], targets: [], mappings: [], problems: [] };

test("details are asked for once for each reading, and never when they are there", () => {
  const requests = new DetailRequests();
  const first = connected(snapshot([fn("a", 1), fn("b", 1, { details })]));
  assert.deepEqual(
    [
      requests.take(first, "node/a", "a"),
      requests.take(first, "node/a", "a"),
      requests.take(first, "node/b", "b"),
      requests.take(first, "node/gone", "gone"),
    ],
    [true, false, false, false],
  );
  const later = connected(snapshot([fn("a", 1)], { readAt: "2026-01-02T03:05:00.000Z" }));
  assert.deepEqual([requests.take(later, "node/a", "a"), requests.take(later, "node/a", "a")], [true, false]);
});

test("nothing is asked of an account that is not connected", () => {
  const last = snapshot([fn("a", 1)]);
  assert.equal(new DetailRequests().take({ kind: "disconnected", last }, "node/a", "a"), false);
});
