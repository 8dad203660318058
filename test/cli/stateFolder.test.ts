import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import type { AccountFile } from "#demo";
import { folderOf, runCli, samTemplate } from "./cli.ts";
import { connected } from "./demoAccount.ts";
import { runInProcess } from "./inProcess.ts";

const account: AccountFile = { limit: 1000, floor: 100, functions: [{ name: "orders", reserved: 300 }] };

/** What of the state cannot be read: the folder is a file, or the folder of the kills in it is one. */
const broken = {
  "the state folder is a file": (state: string) => writeFileSync(state, ""),
  "the kills are no folder": (state: string) => {
    mkdirSync(state);
    writeFileSync(path.join(state, "kills"), "");
  },
};

async function scene(t: TestContext, spoil: (state: string) => void) {
  const { env, state, demo } = await connected(t, { account });
  spoil(state);
  const reserved = () => demo.account.region("us-east-1").state.functions[0]?.reserved;
  return { cli: (line: string) => runInProcess(line.split(" "), { env }), reserved };
}

for (const [what, spoil] of Object.entries(broken)) {
  const said =
    /^lambda-concurrency: The (?:kills|load tests) recorded in \S+(?:kills|loads) cannot be read \(ENOTDIR\)\. .*$/m;

  test(`${what}: account and check --live show what the account says, and end with 3`, async (t) => {
    const { cli } = await scene(t, spoil);
    const shown = await cli("account");
    assert.equal(shown.code, 3);
    assert.match(shown.stdout, /^orders +300$/m);
    assert.match(shown.stderr, said);
    const folder = folderOf(t, { "template.yaml": samTemplate({ Orders: 500 }) });
    const checked = await cli(`check ${folder} --live --format json`);
    assert.deepEqual([checked.code, JSON.parse(checked.stdout).pools[0].inAws.unreserved], [3, 700]);
    assert.match(checked.stderr, said);
  });

  test(`${what}: kills names it, and ends with 3`, async (t) => {
    const { cli } = await scene(t, spoil);
    for (const line of ["kills", "kills --local"]) {
      const { code, stdout, stderr } = await cli(line);
      assert.equal(code, 3);
      assert.match(`${stdout}${stderr}`, /The kills recorded in \S+kills cannot be read \(ENOTDIR\)/);
    }
  });

  for (const line of ["set orders 200 --yes", "kill orders --reason test --yes", "restore orders --yes"]) {
    test(`${what}: ${line} changes nothing, says why, and ends with 3`, async (t) => {
      const { cli, reserved } = await scene(t, spoil);
      const { code, stderr } = await cli(line);
      assert.deepEqual([code, reserved()], [3, 300]);
      assert.match(stderr, said);
    });
  }
}

for (const line of ["kills --local", "kills", "set orders 200 --yes", "kill orders --reason test --yes"]) {
  test(`${line} without any home: one sentence, exit 3, and nothing in the current folder`, async (t) => {
    const { env, demo } = await connected(t, { account });
    const cwd = folderOf(t, {});
    const { code, stderr } = await runCli(line.split(" "), { cwd, env: { ...env, HOME: "", XDG_STATE_HOME: "" } });
    assert.equal(code, 3);
    assert.match(stderr, /^lambda-concurrency: There is no folder for the records of kills and changes: .*\.\n$/);
    assert.deepEqual([existsSync(cwd), readdirSync(cwd)], [true, []]);
    assert.equal(demo.account.region("us-east-1").state.functions[0]?.reserved, 300);
  });
}
