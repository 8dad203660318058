import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { TestFolder } from "#support/testConnection.ts";

const script = path.join(import.meta.dirname, "../scripts/circles.ts");

/** Runs the check on a project of these files and exceptions: its exit code, and the lines that it wrote. */
function check(t: TestContext, files: Readonly<Record<string, string>>, known: readonly string[] = []) {
  const folder = new TestFolder(t, {
    "package.json": JSON.stringify({
      imports: { "#core": "./server/src/core/index.ts", "#core/*": "./server/src/core/*" },
    }),
    "scripts/circles/known.json": JSON.stringify(known),
    ...files,
  });
  const { status, stderr } = spawnSync(process.execPath, [script, folder.path], { encoding: "utf8" });
  return { status, lines: stderr.split("\n").filter((line) => line !== "") };
}

const passes = { status: 0, lines: [] };

test("imports one way pass, also of packages and of files that are not there", (t) => {
  const files = {
    "server/src/core/a.ts":
      'import type { B } from "./b.ts";\nimport fs from "node:fs";\nimport { x } from "./gone.ts";\n',
    "server/src/core/b.ts": "export type B = number;\n",
    "client/src/c.ts": 'import { a } from "#core/a.ts";\n',
  };
  assert.deepEqual(check(t, files), passes);
});

test("two files that import each other's types are refused, with both imports", (t) => {
  const files = {
    "server/src/core/a.ts": 'import type { B } from "./b.ts";\n',
    "server/src/core/b.ts": 'export type B = import("./a.ts").A;\n',
  };
  assert.deepEqual(check(t, files), {
    status: 1,
    lines: [
      "A circle of 2: server/src/core/a.ts, server/src/core/b.ts",
      "  server/src/core/a.ts -> server/src/core/b.ts: server/src/core/a.ts imports server/src/core/b.ts",
      "  server/src/core/b.ts -> server/src/core/a.ts: server/src/core/b.ts imports server/src/core/a.ts",
    ],
  });
});

/** `one` imports `two`, and `two` imports `one`, by files that no chain of imports joins. */
const folders = {
  "client/src/one/a.ts": 'import {\n  b,\n  c,\n} from "../two/b.ts";\n',
  "client/src/one/deep/d.ts": "export const d = 1;\n",
  "client/src/two/b.ts": "export const b = 1;\n",
  "client/src/two/c.ts": 'export { d } from "../one/deep/d.ts";\n',
};

test("two folders that import each other are refused, although no file does", (t) => {
  assert.deepEqual(check(t, folders), {
    status: 1,
    lines: [
      "A circle of 2: client/src/one, client/src/two",
      "  client/src/one -> client/src/two: client/src/one/a.ts imports client/src/two/b.ts",
      "  client/src/two -> client/src/one: client/src/two/c.ts imports client/src/one/deep/d.ts",
    ],
  });
});

test("a circle through the names of modules is refused", (t) => {
  const files = {
    "server/src/core/index.ts": 'export * from "../lsp/a.ts";\n',
    "server/src/lsp/a.ts": 'import { b } from "#core";\n',
  };
  const { status, lines } = check(t, files);
  assert.deepEqual([status, lines[0]], [1, "A circle of 2: server/src/core, server/src/lsp"]);
});

test("a circle that is known passes, and an exception that no circle needs does not", (t) => {
  assert.deepEqual(check(t, folders, ["client/src/two -> client/src/one"]), passes);
  const { "client/src/two/c.ts": _, ...apart } = folders;
  assert.deepEqual(check(t, apart, ["client/src/two -> client/src/one"]), {
    status: 1,
    lines: [
      "No circle needs the exception client/src/two -> client/src/one: remove it from scripts/circles/known.json.",
    ],
  });
});
