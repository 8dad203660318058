import assert from "node:assert/strict";
import { test } from "node:test";
import { readSnapshot } from "#aws";
import { progressOf, reservations, sceneFor } from "./support.ts";

test("the default account is read with reservations, stacks and sizes, in the order of the names", async (t) => {
  const { session } = await sceneFor(t);
  const snapshot = await readSnapshot(session, { now: () => Date.UTC(2026, 0, 1) });
  assert.deepEqual(reservations(snapshot), {
    "blog-archive": 0,
    "blog-comments": 100,
    "blog-newsletter": 50,
    "blog-search": 150,
    "blog-thumbnails": 300,
    concurrencyBlog01: null,
  });
  assert.deepEqual([snapshot.limit, snapshot.unreserved, snapshot.functionCount], [1000, 400, 6]);
  assert.equal(progressOf(snapshot), "complete 6/6");
  assert.deepEqual(snapshot.problems, []);
  assert.deepEqual(
    snapshot.functions.find(({ name }) => name === "blog-search"),
    {
      name: "blog-search",
      arn: "arn:aws:lambda:us-east-1:123456789012:function:blog-search",
      reserved: 150,
      runtime: "nodejs22.x",
      timeout: 10,
      memory: 128,
      stack: { name: "concurrency-blog", logicalId: "Search" },
      readAt: "2026-01-01T00:00:00.000Z",
    },
  );
});

test("1,000 functions take 1,021 calls, none of them refused, and the totals come after the first", async (t) => {
  const { session, pace, calls } = await sceneFor(t, { more: 1000 });
  const shown: string[] = [];
  let callsAtFirst: unknown;
  const snapshot = await readSnapshot(session, {
    onProgress(state) {
      callsAtFirst ??= calls();
      shown.push(progressOf(state));
    },
  });
  assert.deepEqual(pace.counts, { getFunction: 1000, other: 21, throttled: 0 });
  assert.deepEqual(calls(), { GetAccountSettings: 1, ListFunctions: 20, GetFunction: 1000, GetCallerIdentity: 1 });
  assert.deepEqual(callsAtFirst, { GetAccountSettings: 1 });
  assert.equal(shown[0], "reading 0/0");
  assert.equal(shown.at(-1), "complete 1000/1000");
  assert.equal(progressOf(snapshot), "complete 1000/1000");
});
