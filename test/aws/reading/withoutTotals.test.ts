import assert from "node:assert/strict";
import { test } from "node:test";
import { readSnapshot } from "#aws";
import { complaints, progressOf, reservations, sceneFor } from "./support.ts";

const three = { functions: [{ name: "a", reserved: 300 }, { name: "b", reserved: 0 }, { name: "c" }] };

for (const [who, fault] of [
  ["a role that may not ask for the totals", { kind: "deny", action: "GetAccountSettings" }],
  ["an emulator that does not offer them", { kind: "moto", action: "*" }],
] as const) {
  test(`${who}: functions and reservations are read, the totals are unknown and a problem says so`, async (t) => {
    const { session, faults } = await sceneFor(t, three);
    faults(fault);
    const snapshot = await readSnapshot(session);
    assert.equal(progressOf(snapshot), "complete 3/3");
    assert.deepEqual(reservations(snapshot), { a: 300, b: 0, c: null });
    assert.deepEqual([snapshot.limit, snapshot.unreserved, snapshot.functionCount], [undefined, undefined, 3]);
    assert.deepEqual(complaints(snapshot), ["lambda:GetAccountSettings"]);
  });
}
