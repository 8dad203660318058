import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { accountMemory } from "#client/account/accountMemory.ts";
import type { AccountSnapshot } from "#core";

const snapshot: AccountSnapshot = {
  version: 1,
  identity: {
    account: "123456789012",
    arn: "arn:aws:iam::123456789012:user/me",
    partition: "aws",
    region: "us-east-1",
  },
  readAt: "2026-03-01T12:00:00.000Z",
  limit: 1000,
  unreserved: 1000,
  functionCount: 0,
  reading: { state: "complete", known: 0, listed: 0 },
  functions: [],
  problems: [],
};

/** VS Code's memory, kept in maps. */
function memoryOf(test: TestContext) {
  const folder = mkdtempSync(path.join(tmpdir(), "memory-"));
  test.after(() => rmSync(folder, { recursive: true }));
  const memento = () => {
    const values = new Map<string, unknown>();
    return {
      values,
      keys: () => [...values.keys()],
      get: (key: string, otherwise?: unknown) => values.get(key) ?? otherwise,
      update: async (key: string, value: unknown) => void values.set(key, value),
      setKeysForSync: () => {},
    };
  };
  const [globalState, workspaceState] = [memento(), memento()];
  const storage = path.join(folder, "storage");
  const context = { globalState, workspaceState, storageUri: { fsPath: storage } };
  // The test has no VS Code: only what is used of a context is there.
  const memory = accountMemory(context as unknown as Parameters<typeof accountMemory>[0]);
  return { memory, storage, globalState, workspaceState };
}

test("profile and Region are remembered by name, for this workspace; an address and a demo account are not", (t) => {
  const { memory, workspaceState } = memoryOf(t);
  assert.deepEqual([memory.everConnected, memory.lastChoice()], [false, undefined]);
  memory.connected({ profile: "prod", region: "eu-west-1", endpoint: "http://user:secret@127.0.0.1:1" });
  assert.equal(memory.everConnected, true);
  assert.deepEqual(memory.lastChoice(), { profile: "prod", region: "eu-west-1" });
  memory.connected({ endpoint: "http://127.0.0.1:2", region: "us-east-1", demo: true });
  assert.deepEqual(memory.lastChoice(), { profile: "prod", region: "eu-west-1" });
  assert.doesNotMatch(JSON.stringify([...workspaceState.values]), /secret|127/);
});

test("the last snapshot survives, in a file for nobody else; one that was cut off is none", async (t) => {
  const { memory, storage } = memoryOf(t);
  assert.equal(await memory.loadLast(), undefined);
  await memory.saveLast(snapshot);
  assert.deepEqual(await memory.loadLast(), snapshot);
  const file = path.join(storage, "lastSnapshot.json");
  assert.equal(statSync(file).mode & 0o077, 0);
  writeFileSync(file, readFileSync(file, "utf8").slice(0, 100));
  assert.equal(await memory.loadLast(), undefined);
  writeFileSync(file, JSON.stringify({ ...snapshot, functions: [null] }));
  assert.equal(await memory.loadLast(), undefined, "an editor that draws it would fail");
  writeFileSync(file, "{}");
  assert.equal(await memory.loadLast(), undefined);
});
