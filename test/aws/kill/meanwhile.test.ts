import assert from "node:assert/strict";
import { test } from "node:test";
import { createJournal } from "#aws";
import { sceneFor, temporaryFolder } from "./scene.ts";

const names = ["orders", "plain"];
const outcomes = (results: readonly { readonly outcome: string }[]) => results.map(({ outcome }) => outcome);

test("credentials that become somebody else's in the middle stop a kill and a restore at the next function", async (t) => {
  const scene = await sceneFor(t);
  const look = async () => [await scene.seen("orders"), await scene.seen("plain")];
  const before = await look();
  scene.faults("other-account:GetCallerIdentity:after=1");
  assert.deepEqual(outcomes(await scene.kill(names)), ["failed", "failed"]);
  assert.deepEqual(await look(), before);
  assert.deepEqual((await scene.journal.list()).entries, []);
  scene.faults();
  await scene.kill(names);
  const off = await look();
  scene.faults("other-account:GetCallerIdentity:after=1");
  assert.deepEqual(outcomes(await scene.restore(names)), ["failed", "failed"]);
  assert.deepEqual(await look(), off);
  scene.faults();
  await scene.restore(names);
  assert.deepEqual(await look(), before);
});

test("a function that is killed again while many are being restored stays off", async (t) => {
  const scene = await sceneFor(t);
  const elsewhere = createJournal(temporaryFolder(t));
  await scene.kill(["plain"]);
  const journal = {
    ...scene.journal,
    async claim(key: string, name: string) {
      await scene.restore(["plain"], { journal: elsewhere });
      await scene.kill(["plain"], { journal: elsewhere });
      return await scene.journal.claim(key, name);
    },
  };
  const off = await scene.seen("plain");
  const [result] = await scene.restore(["plain"], { journal });
  assert.equal(result?.outcome, "changed");
  assert.match(result.message ?? "", /^plain was killed again by arn:aws:iam::123456789012:user\/demo meanwhile; /);
  const { tags: _, ...rest } = await scene.seen("plain");
  const { tags: _tags, ...before } = off;
  assert.deepEqual(rest, before);
});
