import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { noAwsVariables } from "#client/noAwsVariables.ts";

test("a process that is started without AWS's variables has everything else", async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), "environment-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const program = path.join(folder, "names.mjs");
  writeFileSync(program, "process.send(Object.keys(process.env).filter((name) => /^(aws|mine)_/i.test(name)))");
  const env = { AWS_ACCESS_KEY_ID: "a", AWS_PROFILE: "production", aws_region: "eu-west-1", MINE_AWS_: "b" };
  const started = async (more: Readonly<Record<string, string | undefined>>) => {
    const [names] = await once(fork(program, [], { env: { ...env, ...more } }), "message");
    return names;
  };
  assert.deepEqual(await started({}), Object.keys(env));
  assert.deepEqual(await started(noAwsVariables(env)), ["MINE_AWS_"]);
});
