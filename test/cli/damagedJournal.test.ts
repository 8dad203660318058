import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { type AccountFile, parseFault } from "#demo";
import { folderOf } from "./cli.ts";
import { connected } from "./demoAccount.ts";
import { runInProcess } from "./inProcess.ts";

const account: AccountFile = {
  limit: 1000,
  floor: 100,
  functions: [{ name: "orders", reserved: 300 }, { name: "plain" }],
};
const budget = `pool: shop
account: "123456789012"
region: us-east-1
reservations: { plain: 40, orders: 200 }
`;

async function scene(t: TestContext) {
  const { env, demo, state } = await connected(t, { account });
  const cwd = folderOf(t, { "concurrency-budget.yaml": budget });
  const cli = (line: string) => runInProcess(line.split(" "), { env, cwd });
  const { functions } = demo.account.region("us-east-1").state;
  const reservations = () => Object.fromEntries(functions.map(({ name, reserved }) => [name, reserved]));
  /** Cuts the only file of a folder of the state. */
  const damage = (of: string) => {
    const [name = "", ...others] = readdirSync(path.join(state, of)).filter((found) => found.endsWith(".json"));
    assert.deepEqual(others, []);
    const file = path.join(state, of, name);
    writeFileSync(file, readFileSync(file).subarray(0, 100));
    return file;
  };
  const untag = () => {
    for (const each of functions) for (const tag of Object.keys(each.tags)) delete each.tags[tag];
  };
  return { cli, damage, untag, reservations, demo };
}

/** `orders` is killed, and its record lost on this machine and in its tags. */
async function killLost(t: TestContext) {
  const lost = await scene(t);
  assert.equal((await lost.cli("kill orders --reason test --yes")).code, 0);
  lost.untag();
  return { ...lost, file: lost.damage("kills") };
}

const sentence = (what: string, file: string) =>
  `The ${what} ${file} cannot be read: it is not JSON. The log of changes says under this id what was changed: `;

for (const [line, code] of [
  ["kills", 3],
  ["kills --local", 3],
  ["account", 3],
  ["check --live --allow-empty", 3],
  ["plan", 3],
  ["set plain 40 --yes", 0],
  ["kill plain --reason test --yes", 0],
  ["kill plain --reason test --dry-run", 0],
  ["restore plain --yes", 3],
  ["restore --all --yes", 3],
] as const) {
  test(`${line} names a kill of this machine that cannot be read`, async (t) => {
    const { cli, file } = await killLost(t);
    const said = await cli(line);
    assert.ok(`${said.stdout}${said.stderr}`.includes(sentence("kill recorded in", file)), said.stdout + said.stderr);
    assert.equal(said.code, code, said.stdout + said.stderr);
    assert.doesNotMatch(said.stdout, /Nothing is killed/);
  });
}

test("a function at 0 whose kill may be lost is neither changed nor said not to be killed", async (t) => {
  const { cli, file, reservations } = await killLost(t);
  for (const line of ["set orders 50 --yes", "apply --yes"]) {
    const { code, stdout } = await cli(line);
    const why = "orders is at 0, and may have been switched off by a kill whose record cannot be read.";
    assert.ok(stdout.includes(`- ${why} ${sentence("kill recorded in", file)}`), stdout);
    assert.equal(code, 3);
  }
  const { code, stdout } = await cli("restore orders --yes");
  assert.match(stdout, /No record of a kill of orders can be read, neither on this machine nor in its tags\./);
  assert.equal(code, 3);
  assert.deepEqual(reservations(), { orders: 0, plain: null });
});

test("an apply that cannot be read is the same error for apply, set and what settles it, and is left alone", async (t) => {
  const { cli, damage, reservations, demo } = await scene(t);
  const fault = parseFault("deny:PutFunctionConcurrency:after=1");
  assert.ok(typeof fault !== "string", String(fault));
  demo.account.faults.replace([fault]);
  assert.equal((await cli("apply --yes")).code, 3);
  demo.account.faults.replace([]);
  const file = damage("applies");
  const before = reservations();
  const damaged = readFileSync(file);
  for (const line of [
    "apply --yes",
    "set plain 7 --yes",
    "apply --resume --yes",
    "apply --undo --yes",
    "apply --forget --yes",
  ]) {
    const { code, stdout, stderr } = await cli(line);
    assert.ok(
      `${stdout}${stderr}`.includes(`${sentence("unfinished apply in", file)}look at that, then remove the file.`),
      stderr,
    );
    assert.equal(code, 3, line);
  }
  assert.deepEqual([reservations(), readFileSync(file)], [before, damaged]);
});
