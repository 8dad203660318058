import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccountFile } from "#demo";
import { folderOf } from "./cli.ts";
import { connected } from "./demoAccount.ts";
import { runInProcess } from "./inProcess.ts";

const account: AccountFile = {
  limit: 1000,
  floor: 100,
  functions: [
    { name: "a", reserved: 300 },
    { name: "b", reserved: 200 },
    { name: "c", reserved: 50 },
    {
      name: "big",
      reserved: 100,
      tags: { "aws:cloudformation:stack-name": "shop", "aws:cloudformation:logical-id": "Big" },
    },
    { name: "d", reserved: 10 },
  ],
};

async function crowded(t: Parameters<typeof connected>[0], floor = 100) {
  const { demo, env } = await connected(t, { account: { ...account, floor } });
  const cwd = folderOf(t, {});
  const cli = (line: string) => runInProcess(line.split(" "), { env, cwd });
  await cli("kill a b c --reason fire --yes");
  await cli("set big 600 --yes --floor 100");
  const reserved = () => demo.account.region("us-east-1").state.functions.map((each) => each.reserved);
  return { cli, reserved };
}

test("a restore for which there is no room says who holds what, which command makes room, and what fits as it is", async (t) => {
  const { cli, reserved } = await crowded(t);
  const { code, stdout } = await cli("restore a b c --yes --region us-east-1");
  assert.equal(code, 3);
  assert.deepEqual(stdout.split("\n").slice(11), [
    "The restore takes 550 from the pool, but only 290 can be given: 390 are unreserved, and 100 must stay so. 260 are short: lower other reservations first.",
    "They are restored in this order; as it is, 2 functions of 3 fit: b, c.",
    "",
    "Others hold:",
    "  big  600  stack shop",
    "  d     10",
    "This makes enough room:",
    "  lambda-concurrency set big 340 --region us-east-1",
    "",
    "no room    a: a cannot get 300 back: Lambda keeps 100 unreserved. 390 are unreserved now, so at most 290 can be given; 10 are short. Lower other reservations first.",
    "restored   b",
    "restored   c",
    "",
  ]);
  assert.deepEqual(reserved(), [0, 200, 50, 600, 10]);
  assert.equal((await cli("set big 340 --region us-east-1 --yes")).code, 0);
  assert.equal((await cli("restore a --yes")).code, 0);
  assert.deepEqual(reserved(), [300, 200, 50, 340, 10]);
});

test("where Lambda keeps more than was thought, what would make room is said after its refusal, and JSON has it too", async (t) => {
  const { cli } = await crowded(t, 150);
  await cli("set big 545 --yes --floor 150");
  const { code, stdout } = await cli("restore a --yes --format json");
  const { results, room, short } = JSON.parse(stdout);
  assert.equal(code, 3);
  assert.deepEqual([short, results[0].outcome, results[0].floor], [undefined, "short", 150]);
  assert.deepEqual(room.enough, [
    { name: "big", from: 545, to: 540 },
    { name: "d", from: 10, to: 5 },
  ]);
});

test("not all is restored while a record cannot be read", async (t) => {
  const { demo, env } = await connected(t, { account });
  const cwd = folderOf(t, {});
  const [first] = demo.account.region("us-east-1").state.functions;
  assert.ok(first);
  first.tags["lambda-concurrency:kill:1"] = "1.20.AAAAAAAA.x";
  const { code, stdout, stderr } = await runInProcess("restore --all --yes".split(" "), { env, cwd });
  assert.equal(code, 3);
  assert.equal(stdout, "No kill can be restored.\n");
  assert.match(stderr, /^lambda-concurrency: The tags lambda-concurrency:kill:… on a cannot be read: /);
});
