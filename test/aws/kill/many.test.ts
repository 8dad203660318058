import assert from "node:assert/strict";
import { test } from "node:test";
import { createJournal, kill, listKills, openSession, previewKill, previewRestore, restore } from "#aws";
import { createRateLimiter } from "#aws/rateLimiter.ts";
import { type FunctionEntry, startDemo } from "#demo";
import { temporaryFolder } from "./scene.ts";

const COUNT = 200;
/** How much faster than the wall clock time runs, for the account and for the rate limiter alike. */
const SCALE = 100;

test("200 functions are killed and restored at the default rate without a single 429", async (t) => {
  const functions = Array.from(
    { length: COUNT },
    (_, index): FunctionEntry => ({
      name: `function-${index}`,
      ...(index % 4 === 0 ? { reserved: 2 } : {}),
      ...(index % 10 === 0 ? { mappings: [{ source: `arn:aws:sqs:us-east-1:123456789012:queue-${index}` }] } : {}),
      tags: { team: "shop" },
    }),
  );
  const demo = await startDemo({ traffic: false, timeScale: SCALE, account: { limit: 5000, functions } });
  t.after(() => demo.close());
  const opened = await openSession({ demo: true, region: "us-east-1", endpoint: demo.url }, { env: {} });
  t.after(() => opened.close());
  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms / SCALE));
  const session = {
    ...opened,
    rateLimiter: createRateLimiter({ clock: { now: () => performance.now() * SCALE, wait } }),
  };
  const journal = createJournal(temporaryFolder(t));
  const names = functions.map(({ name }) => name);
  const { state } = demo.account.region("us-east-1");
  const reservations = () => state.functions.map(({ reserved }) => reserved);
  const before = reservations();
  const started = demo.account.clock.now();
  const preview = await previewKill(session, names, { journal });
  const results = await kill(session, preview, { reason: "on fire", journal, retryPolicy: { wait } });
  const seconds = (demo.account.clock.now() - started) / 1000;
  assert.deepEqual(new Set(results.map(({ outcome }) => outcome)), new Set(["killed"]));
  assert.deepEqual(new Set(reservations()), new Set([0]));
  const { throttled, other } = session.rateLimiter.counts;
  assert.equal(throttled, 0);
  t.diagnostic(`killed in ${Math.round(seconds)} s of account time with ${other} calls of the small rate`);
  assert.equal((await listKills({ journal, session })).kills.length, COUNT);
  const killed = await previewRestore(session, names, { journal });
  await restore(session, killed, { journal, retryPolicy: { wait } });
  assert.deepEqual(reservations(), before);
  assert.equal(session.rateLimiter.counts.throttled, 0);
  assert.deepEqual((await listKills({ journal, session })).kills, []);
});
