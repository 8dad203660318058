import assert from "node:assert/strict";
import { test } from "node:test";
import { AccountError, readSnapshot } from "#aws";
import type { AccountSnapshot } from "#core";
import { complaints, progressOf, reservations, sceneFor } from "./support.ts";

const five = { functions: [3, 0, null, 7, 1].map((reserved, index) => entry(`f${index}`, reserved)) };

function entry(name: string, reserved: number | null) {
  const tags = { "aws:cloudformation:stack-name": "shop", "aws:cloudformation:logical-id": name.toUpperCase() };
  return { name, tags: { ...tags, secret: "hidden" }, ...(reserved === null ? {} : { reserved }) };
}

const known = { f0: 3, f1: 0, f2: null, f3: 7, f4: 1 };

function stacks({ functions }: AccountSnapshot) {
  return functions.map(({ stack }) => stack?.logicalId);
}

test("where GetFunction is denied, GetFunctionConcurrency and the tagging API tell the same, and GetFunction is soon left alone", async (t) => {
  const { session, faults, calls } = await sceneFor(t, { ...five, more: 100 });
  faults({ kind: "deny", action: "GetFunction" });
  const snapshot = await readSnapshot(session);
  assert.equal(progressOf(snapshot), "complete 105/105");
  assert.deepEqual(snapshot.problems, []);
  const first = { ...snapshot, functions: snapshot.functions.slice(0, 5) };
  assert.deepEqual(reservations(first), known);
  assert.deepEqual(stacks(first), ["F0", "F1", "F2", "F3", "F4"]);
  assert.equal(calls().GetFunctionConcurrency, 105);
  // Those that were under way when the third refusal came.
  assert.ok((calls().GetFunction ?? 0) <= 16, `${calls().GetFunction} calls of GetFunction`);
});

test("where only some functions are denied, only they are asked for by GetFunctionConcurrency", async (t) => {
  const { session, faults, calls } = await sceneFor(t, five);
  faults({ kind: "deny", action: "GetFunction", times: 2 });
  const snapshot = await readSnapshot(session);
  assert.equal(progressOf(snapshot), "complete 5/5");
  assert.deepEqual(reservations(snapshot), known);
  assert.deepEqual(stacks(snapshot), ["F0", "F1", "F2", "F3", "F4"]);
  assert.deepEqual([calls().GetFunction, calls().GetFunctionConcurrency, calls().GetResources], [5, 2, 1]);
});

test("with both calls denied reservations are unknown, and each missing action is one problem", async (t) => {
  const { session, faults, calls } = await sceneFor(t, { more: 60 });
  faults({ kind: "deny", action: "GetFunction" }, { kind: "deny", action: "GetFunctionConcurrency" });
  const snapshot = await readSnapshot(session);
  assert.equal(progressOf(snapshot), "partial 0/60");
  assert.deepEqual([snapshot.limit, snapshot.unreserved], [1000, 1000]);
  assert.deepEqual(complaints(snapshot), ["lambda:GetFunction", "lambda:GetFunctionConcurrency"]);
  assert.deepEqual(snapshot.functions[59]?.reserved, {
    unknown: "lambda:GetFunction and lambda:GetFunctionConcurrency are not allowed",
  });
  assert.ok((calls().GetFunctionConcurrency ?? 0) <= 16, `${calls().GetFunctionConcurrency} calls`);
});

test("with GetFunction and the tagging API denied reservations are known and stacks are not", async (t) => {
  const { session, faults } = await sceneFor(t, five);
  faults({ kind: "deny", action: "GetFunction" }, { kind: "deny", action: "GetResources" });
  const snapshot = await readSnapshot(session);
  assert.equal(progressOf(snapshot), "partial 5/5");
  assert.deepEqual(reservations(snapshot), known);
  assert.deepEqual(complaints(snapshot), ["tag:GetResources"]);
  assert.deepEqual(stacks(snapshot), Array(5).fill(undefined));
});

test("without ListFunctions there are the totals", async (t) => {
  const { session, faults } = await sceneFor(t, five);
  faults({ kind: "deny", action: "ListFunctions" });
  const snapshot = await readSnapshot(session);
  assert.equal(progressOf(snapshot), "partial 0/0");
  assert.deepEqual([snapshot.limit, snapshot.unreserved, snapshot.functionCount], [1000, 989, 5]);
  assert.deepEqual(complaints(snapshot), ["lambda:ListFunctions"]);
});

test("without a right to anything there is no snapshot but an error that names the first action", async (t) => {
  const { session, faults } = await sceneFor(t, five);
  faults({ kind: "deny", action: "GetAccountSettings" }, { kind: "deny", action: "ListFunctions" });
  await assert.rejects(readSnapshot(session), { kind: "denied", action: "lambda:GetAccountSettings" });
});

test("credentials that expire in the middle leave what is known, and are one problem", async (t) => {
  const { session, faults } = await sceneFor(t, { more: 200 });
  faults({ kind: "expired", action: "GetFunction", after: 100 });
  const snapshot = await readSnapshot(session);
  assert.equal(snapshot.reading.state, "partial");
  assert.equal(snapshot.reading.known, 100);
  assert.deepEqual(complaints(snapshot), ["lambda:GetFunction"]);
  const unknown = snapshot.functions.filter(({ readAt }) => readAt === undefined);
  assert.deepEqual([...new Set(unknown.map(({ reserved }) => JSON.stringify(reserved)))].sort(), [
    '{"unknown":"it could not be read"}',
    '{"unknown":"the reading ended before it"}',
  ]);
});

test("429 now and then slows the reading down and loses nothing", async (t) => {
  const { session, faults, rateLimiter } = await sceneFor(t, { more: 80 });
  faults(
    { kind: "throttle", action: "GetFunction", after: 20, times: 7 },
    { kind: "throttle", action: "ListFunctions", times: 2 },
  );
  assert.equal(progressOf(await readSnapshot(session)), "complete 80/80");
  assert.deepEqual(rateLimiter.counts, { getFunction: 87, other: 5, throttled: 9 });
});

test("429 without end leaves Lambda in peace and says so once", async (t) => {
  const { session, faults, calls } = await sceneFor(t, { more: 80 });
  faults({ kind: "throttle", action: "GetFunction", after: 30 });
  const snapshot = await readSnapshot(session);
  assert.equal(progressOf(snapshot), "partial 30/80");
  assert.deepEqual(complaints(snapshot), ["lambda:GetFunction"]);
  assert.ok((calls().GetFunction ?? 0) < 30 + 16 * 8, `${calls().GetFunction} calls of GetFunction`);
});

test("cut connections and errors of Lambda's own are tried again", async (t) => {
  const { session, faults } = await sceneFor(t, { more: 20 });
  faults(
    { kind: "cut", action: "GetFunction", after: 3, times: 2 },
    { kind: "server-error", action: "GetFunction", after: 9, times: 2 },
    { kind: "cut", action: "ListFunctions", times: 1 },
    { kind: "server-error", action: "GetAccountSettings", times: 2 },
  );
  assert.equal(progressOf(await readSnapshot(session)), "complete 20/20");
});

test("a call that keeps failing is made three times, one that is refused once", async (t) => {
  const { session, faults, calls } = await sceneFor(t, five);
  for (const [kind, made] of [
    ["server-error", 3],
    ["cut", 3],
    ["deny", 1],
  ] as const) {
    faults({ kind, action: "GetAccountSettings" }, { kind: "deny", action: "ListFunctions" });
    const before = calls().GetAccountSettings ?? 0;
    await assert.rejects(readSnapshot(session));
    assert.equal((calls().GetAccountSettings ?? 0) - before, made, kind);
  }
});

test("after five failures in a row the account is left alone", async (t) => {
  const { session, faults, calls } = await sceneFor(t, { more: 200 });
  faults({ kind: "server-error", action: "GetFunction", after: 50 });
  const snapshot = await readSnapshot(session);
  assert.equal(progressOf(snapshot), "partial 50/200");
  assert.deepEqual(complaints(snapshot), ["lambda:GetFunction"]);
  assert.ok((calls().GetFunction ?? 0) <= 50 + 3 * 20, `${calls().GetFunction} calls of GetFunction`);
});

test("a cancelled reading gives what is known by then, without a problem", async (t) => {
  const { session } = await sceneFor(t, { more: 300 });
  const cancel = new AbortController();
  const snapshot = await readSnapshot(session, {
    signal: cancel.signal,
    onProgress: ({ reading: { known } }) => known >= 20 && cancel.abort(),
  });
  const { state, known: count, listed } = snapshot.reading;
  assert.deepEqual([state, snapshot.problems, count < listed], ["partial", [], true]);
  assert.deepEqual(snapshot.functions.find(({ readAt }) => readAt === undefined)?.reserved, {
    unknown: "the reading was cancelled",
  });
});

test("an answer that does not come can be cancelled", async (t) => {
  const { session, faults } = await sceneFor(t, five);
  // The clock of this account stands still while nothing waits for the rate budget.
  faults({ kind: "slow", action: "GetFunction", ms: 3_600_000 });
  const cancel = new AbortController();
  const reading = readSnapshot(session, {
    signal: cancel.signal,
    onProgress: ({ reading: { listed } }) => listed === 5 && cancel.abort(),
  });
  assert.equal(progressOf(await reading), "partial 0/5");
});

test("cancelled before the totals are there, a reading rejects", async (t) => {
  const { session, calls } = await sceneFor(t, five);
  await assert.rejects(readSnapshot(session, { signal: AbortSignal.abort() }), { kind: "cancelled" });
  assert.deepEqual(calls(), {});
});

test("a reading whose credentials were exchanged underneath gives nothing", async (t) => {
  const { session, demo } = await sceneFor(t, five);
  const shown: string[] = [];
  const reading = readSnapshot(session, {
    onProgress(snapshot) {
      shown.push(progressOf(snapshot));
      demo.account.identity = { account: "210987654321", arn: "arn:aws:iam::210987654321:user/x", userId: "X" };
    },
  });
  await assert.rejects(reading, (error) => error instanceof AccountError && error.kind === "changed");
  assert.equal(shown.includes("complete 5/5"), false);
});
