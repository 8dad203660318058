import assert from "node:assert/strict";
import { test } from "node:test";
import { type AccountFile, type DemoServer, parseFault } from "#demo";
import { folderOf, samTemplate } from "./cli.ts";
import { connected } from "./demoAccount.ts";
import { runInProcess } from "./inProcess.ts";

const tags = (stack: string, id: string) => ({
  "aws:cloudformation:stack-name": stack,
  "aws:cloudformation:logical-id": id,
});
const account: AccountFile = {
  alias: "shop-prod",
  limit: 1000,
  floor: 100,
  functions: [
    { name: "shop-Orders-1", reserved: 200, tags: tags("shop", "Orders") },
    { name: "shop-Mail-1", reserved: 400, tags: tags("shop", "Mail") },
    { name: "legacy", reserved: 300 },
    { name: "free" },
  ],
};
const template = samTemplate({ Orders: 300, Mail: 300 });
const budget = (head: string, reservations = "shop/Orders: 350, shop/Mail: 250, legacy: 300") =>
  `pool: shop\n${head}floor: 100\nstacks:\n  - { template: template.yaml, name: shop }\nreservations: { ${reservations} }\n`;
const stated = 'account: "123456789012"\nregion: us-east-1\n';
const files = (head = stated, reservations?: string) => ({
  "concurrency-budget.yaml": budget(head, reservations),
  "template.yaml": template,
});

const reservations = ({ account: { home, region } }: DemoServer) =>
  Object.fromEntries(region(home).state.functions.map(({ name, reserved }) => [name, reserved]));
const fault = (text: string) => {
  const read = parseFault(text);
  if (typeof read === "string") throw new Error(read);
  return read;
};
/** Calls that reach the account and change something. */
function writesOf(demo: DemoServer): readonly string[] {
  const writes: string[] = [];
  const { faults } = demo.account;
  const strike = faults.strike.bind(faults);
  faults.strike = (action) => {
    if (/^(Put|Delete)/.test(action)) writes.push(action);
    return strike(action);
  };
  return writes;
}
const untouched = { "shop-Orders-1": 200, "shop-Mail-1": 400, legacy: 300, free: null };

interface Json {
  readonly version: number;
  readonly pools: readonly {
    readonly pool?: string;
    readonly identity: { readonly account: string };
    readonly steps: readonly { readonly kind: string; readonly name: string; readonly result?: string }[];
    readonly unchanged: readonly string[];
    readonly problems: readonly { readonly message: string; readonly short?: number }[];
    readonly notPlanned: readonly { readonly kind: string; readonly key: string }[];
    readonly applied: { readonly result: string; readonly message?: string; readonly unreserved?: number } | null;
  }[];
}
const json = (text: string): Json => JSON.parse(text);

test("plan shows the calls in their order and ends with 1; apply makes them; then there is nothing left", async (t) => {
  const { env, demo } = await connected(t, { account });
  const cwd = folderOf(t, files());
  const planned = await runInProcess(["plan"], { env, cwd });
  assert.equal(planned.stderr, "");
  assert.equal(planned.code, 1);
  assert.match(
    planned.stdout,
    /^Plan for account 123456789012 \(shop-prod\) in us-east-1\n\nconcurrency-budget\.yaml, pool shop\n/,
  );
  assert.match(
    planned.stdout,
    /\n 1 {2}shop-Mail-1 {7}400 {6}250 {4}-150 {9}250\n 2 {2}shop-Orders-1 {5}200 {6}350 {4}\+150 {9}100\n/,
  );
  assert.match(planned.stdout, /\n2 calls: 100 unreserved now, 100 afterwards\. 1 function already matches\.\n/);
  const applied = await runInProcess(["apply", "--yes"], { env, cwd });
  assert.deepEqual([applied.code, applied.stderr], [0, ""]);
  assert.match(applied.stdout, /\n2 of 2 steps done\. 100 unreserved now\.\n$/);
  assert.deepEqual(reservations(demo), { "shop-Orders-1": 350, "shop-Mail-1": 250, legacy: 300, free: null });
  const again = await runInProcess(["plan", "."], { env, cwd });
  assert.equal(again.code, 0);
  assert.match(again.stdout, /\nNothing to change\. 3 functions already match\.\n$/);
});

test("as JSON: steps with their result, and what was applied", async (t) => {
  const { env } = await connected(t, { account });
  const cwd = folderOf(t, files(stated, "shop/Orders: 350, shop/Mail: 250, gone: 5"));
  const planned = json((await runInProcess(["plan", "--format", "json"], { env, cwd })).stdout);
  assert.equal(planned.version, 1);
  assert.deepEqual(
    planned.pools.map(({ pool, identity, steps, unchanged, problems, notPlanned, applied }) => ({
      pool,
      account: identity.account,
      steps: steps.map(({ kind, name, result }) => [kind, name, result]),
      unchanged,
      problems,
      notPlanned: notPlanned.map(({ kind, key }) => [kind, key]),
      applied,
    })),
    [
      {
        pool: "shop",
        account: "123456789012",
        steps: [
          ["put", "shop-Mail-1", undefined],
          ["put", "shop-Orders-1", undefined],
        ],
        unchanged: [],
        problems: [],
        notPlanned: [["missing", "gone"]],
        applied: null,
      },
    ],
  );
  const { code, stdout } = await runInProcess(["apply", "--yes", "--format", "json"], { env, cwd });
  assert.equal(code, 0, "what does not exist yet is nothing that was left undone");
  const [pool] = json(stdout).pools;
  assert.deepEqual(
    pool?.steps.map(({ result }) => result),
    ["done", "done"],
  );
  assert.deepEqual([pool?.applied?.result, pool?.applied?.unreserved], ["done", 100]);
});

test("a budget that does not fit: what is short, exit code 3, and apply changes nothing", async (t) => {
  const { env, demo } = await connected(t, { account });
  const writes = writesOf(demo);
  const cwd = folderOf(t, files(stated, "shop/Orders: 350, shop/Mail: 251, legacy: 300"));
  for (const command of [["plan"], ["apply", "--yes"]]) {
    const { code, stdout } = await runInProcess(command, { env, cwd });
    assert.equal(code, 3);
    assert.match(stdout, /\nCannot be done\n\n- Not enough room: /);
    assert.match(stdout, /\nNothing is planned\. 1 function already matches\.\n/);
    assert.match(stdout, /\nshop-Mail-1 {7}400 {6}251 {4}-149\nshop-Orders-1 {5}200 {6}350 {4}\+150\n/);
  }
  assert.deepEqual([writes, reservations(demo)], [[], untouched]);
});

test("nobody there to confirm: the plan is printed, nothing is changed, exit code 2", async (t) => {
  const { env, demo } = await connected(t, { account });
  const writes = writesOf(demo);
  const cwd = folderOf(t, files());
  const text = await runInProcess(["apply"], { env, cwd });
  assert.equal(text.code, 2);
  assert.match(text.stdout, /\n2 calls: /);
  assert.match(
    text.stderr,
    /^lambda-concurrency: There is no terminal to ask at: add --yes to confirm, or --dry-run to look\. /,
  );
  const structured = await runInProcess(["apply", "--format", "json"], { env, cwd });
  assert.deepEqual([structured.code, json(structured.stdout).pools[0]?.applied], [2, null]);
  const set = await runInProcess(["set", "free", "0"], { env, cwd: folderOf(t, {}) });
  assert.equal(set.code, 2);
  assert.deepEqual(writes, []);
});

test("a dry run and a no change nothing", async (t) => {
  const { env, demo } = await connected(t, { account });
  const writes = writesOf(demo);
  const cwd = folderOf(t, files());
  assert.equal((await runInProcess(["apply", "--dry-run"], { env, cwd })).code, 0);
  assert.equal((await runInProcess(["set", "legacy", "1", "--dry-run", "--yes"], { env, cwd })).code, 0);
  const questions: string[] = [];
  const ask = (answer: string | undefined) => async (question: string) => {
    questions.push(question);
    return answer;
  };
  const no = await runInProcess(["apply"], { env, cwd, ask: ask("n") });
  assert.deepEqual([no.code, no.stdout.endsWith("\nNothing was changed.\n")], [130, true]);
  assert.equal((await runInProcess(["set", "legacy", "none"], { env, cwd, ask: ask(undefined) })).code, 130);
  assert.deepEqual(questions, [
    "Apply the budget of pool shop: 2 calls? [y/N] ",
    "Remove the reservation of legacy? [y/N] ",
  ]);
  assert.deepEqual([writes, reservations(demo)], [[], untouched]);
});

test("production: --yes alone is refused with 2, with --account it is applied; at a terminal the name is typed", async (t) => {
  const { env, demo } = await connected(t, { account });
  const writes = writesOf(demo);
  const cwd = folderOf(t, files(`environment: production\n${stated}`));
  for (const command of [["apply"], ["set", "legacy", "299"]]) {
    const alone = await runInProcess([...command, "--yes"], { env, cwd });
    assert.equal(alone.code, 2);
    assert.match(
      alone.stderr,
      /calls this account and Region production\. To confirm, add --account 123456789012 beside --yes\. Nothing was changed\./,
    );
    const other = await runInProcess([...command, "--yes", "--account", "210987654321"], { env, cwd });
    assert.equal(other.code, 3);
    assert.equal((await runInProcess(command, { env, cwd, ask: async () => "y" })).code, 130);
  }
  assert.deepEqual(writes, []);
  assert.equal((await runInProcess(["set", "legacy", "299"], { env, cwd, ask: async () => "shop-prod" })).code, 0);
  assert.equal((await runInProcess(["apply", "--yes", "--account", "123456789012"], { env, cwd })).code, 0);
  assert.deepEqual(reservations(demo), { "shop-Orders-1": 350, "shop-Mail-1": 250, legacy: 300, free: null });
});

test("set: a number, none, and what is already so", async (t) => {
  const { env, demo } = await connected(t, { account });
  const cwd = folderOf(t, {});
  const run = (...args: string[]) => runInProcess(["set", ...args, "--yes"], { env, cwd });
  const lowered = await run("shop-Mail-1", "350");
  assert.equal(lowered.code, 0);
  assert.match(
    lowered.stdout,
    /\nshop-Mail-1 to 350\n[\s\S]*\n- The next deployment of stack shop may undo this for shop-Mail-1\.\n[\s\S]*\n1 of 1 step done\. 150 unreserved now\.\n$/,
  );
  assert.equal((await run("free", "50")).code, 0);
  assert.equal((await run("legacy", "none")).code, 0);
  const same = await run("legacy", "none");
  assert.match(same.stdout, /\nNothing to change\. 1 function already matches\.\n$/);
  assert.equal(same.code, 0);
  assert.deepEqual(reservations(demo), { "shop-Orders-1": 200, "shop-Mail-1": 350, legacy: null, free: 50 });
  const two = await run("free", "none", "shop-Mail-1", "360");
  assert.match(two.stdout, /\n2 functions to new reservations\n[\s\S]*\n2 of 2 steps done\./);
  assert.deepEqual(reservations(demo), { "shop-Orders-1": 200, "shop-Mail-1": 360, legacy: null, free: null });
  const unknown = await run("nobody", "5");
  assert.equal(unknown.code, 3);
  assert.match(unknown.stdout, /\n- The account has no function nobody in this Region\.\n/);
});

test("set to 0 at a terminal offers the kill switch", async (t) => {
  const { env, demo } = await connected(t, { account });
  const writes = writesOf(demo);
  const questions: string[] = [];
  const answering = (...answers: readonly string[]) => ({
    env,
    cwd: folderOf(t, {}),
    async ask(question: string) {
      questions.push(question);
      return answers[(questions.length - 1) % answers.length];
    },
  });
  const kill = await runInProcess(["set", "legacy", "0"], answering("1"));
  assert.deepEqual(kill, {
    code: 130,
    stdout: "Nothing was changed.\n",
    stderr: "lambda-concurrency: To switch it off: lambda-concurrency kill legacy --reason TEXT\n",
  });
  assert.equal(
    questions[0],
    `0 switches legacy off
  1 Use the kill switch: Records how it is now, so that it can be restored exactly.
  2 Only set the reservation to 0: Nothing is recorded: whoever wants it back has to know the number.
How [1-2]? `,
  );
  assert.equal((await runInProcess(["set", "legacy", "0"], answering("3"))).code, 130);
  assert.deepEqual(writes, []);
  questions.length = 0;
  const zero = await runInProcess(["set", "legacy", "0"], answering("2", "y"));
  assert.equal(zero.code, 0);
  assert.match(
    zero.stdout,
    /\n- legacy stops running: every invocation is refused until it has a reservation again\.\n/,
  );
  assert.equal(reservations(demo).legacy, 0);
});

test("undo takes the last set or apply back; what somebody changed since is left alone", async (t) => {
  const { env, demo } = await connected(t, { account });
  const cwd = folderOf(t, files());
  const run = (...args: string[]) => runInProcess([...args], { env, cwd });
  await run("apply", "--yes");
  await run("set", "free", "0", "--yes");
  const shown = await run("undo", "--dry-run");
  assert.deepEqual([shown.code, shown.stderr], [0, ""]);
  assert.match(shown.stdout, /\nUndo of free to 0\n[\s\S]*\n 1 {2}free {11}0 {5}none /);
  const first = await run("undo", "--yes");
  assert.equal(first.code, 0);
  assert.match(first.stdout, /\n1 of 1 step done\. 100 unreserved now\.\n$/);
  const second = await runInProcess(["undo"], { env, cwd, ask: async () => "y" });
  assert.equal(second.code, 0);
  assert.deepEqual(reservations(demo), untouched);
  const nothing = await run("undo", "--yes", "--format", "json");
  assert.deepEqual([nothing.code, JSON.parse(nothing.stdout)], [0, { version: 1, pools: [] }]);
  assert.match(nothing.stderr, /^lambda-concurrency: Nothing to undo: /);

  await run("set", "legacy", "200", "--yes");
  const fn = demo.account.region("us-east-1").state.functions.find(({ name }) => name === "legacy");
  assert.ok(fn);
  fn.reserved = 250;
  const refused = await run("undo", "--yes");
  assert.equal(refused.code, 3);
  assert.match(
    refused.stdout,
    /\n- legacy was changed since: it has a reservation of 250, and the change left it with a reservation of 200\.\n/,
  );
  assert.equal(reservations(demo).legacy, 250);
  assert.equal((await run("undo", "it")).code, 2);
});

for (const [args, message] of [
  [["legacy"], "set takes a function and its reservation: set FUNCTION N, or set FUNCTION none."],
  [["legacy", "5", "6"], "set takes a function and its reservation: set FUNCTION N, or set FUNCTION none."],
  [["legacy", "-1"], "No command takes a number below 0. A reservation is a whole number from 0 on; none removes it."],
  [["legacy", "1.5"], 'A reservation is a whole number from 0 on, or none, not "1.5".'],
  [["legacy:live", "5"], '"legacy:live" is not the name of a function. Give it without account, version or alias.'],
] as const) {
  test(`set ${args.join(" ")} is refused before an account is asked`, async () => {
    const { code, stderr } = await runInProcess(["set", ...args], {});
    assert.deepEqual([code, stderr], [2, `lambda-concurrency: ${message}\n`]);
  });
}

test("a floor that Lambda names is used from then on", async (t) => {
  const { env } = await connected(t, { account: { ...account, floor: 120 } });
  const cwd = folderOf(t, {});
  await runInProcess(["set", "shop-Mail-1", "350", "--yes"], { env, cwd });
  const first = await runInProcess(["set", "free", "40", "--yes"], { env, cwd });
  assert.equal(first.code, 3);
  assert.match(
    first.stdout,
    /\nStopped after 0 of 1 step: .* Lambda keeps 120 unreserved here, the plan counted with 100: plan again\. 150 unreserved now\.\n/,
  );
  const second = await runInProcess(["set", "free", "40", "--yes"], { env, cwd });
  assert.equal(second.code, 3);
  assert.match(
    second.stdout,
    /Not enough room: free can get at most 30 \(you asked for 40\), as Lambda keeps 120 unreserved\./,
  );
});

test("an apply that is stopped half way: exit code 3, how to settle it, and each of the three ways", async (t) => {
  for (const [wish, expected, shown] of [
    [
      "--resume",
      { "shop-Orders-1": 350, "shop-Mail-1": 250, legacy: 300, free: null },
      /\nFinish “concurrency-budget\.yaml, pool shop”:\n {2}shop-Orders-1: 200 → 350 \(\+150\)\n- A function that /,
    ],
    [
      "--undo",
      untouched,
      /\nTake back “concurrency-budget\.yaml, pool shop”:\n {2}shop-Mail-1: back to 400\n {2}shop-Orders-1: back to 200\n/,
    ],
    [
      "--forget",
      { "shop-Orders-1": 200, "shop-Mail-1": 250, legacy: 300, free: null },
      /\nLeave “concurrency-budget\.yaml, pool shop” as it is:\n {2}made: shop-Mail-1: 400 → 250 \(-150\)\n- No call is made\./,
    ],
  ] as const) {
    const { env, demo } = await connected(t, { account });
    const cwd = folderOf(t, files());
    demo.account.faults.replace([fault("deny:PutFunctionConcurrency:after=1")]);
    const stopped = await runInProcess(["apply", "--yes"], { env, cwd });
    assert.equal(stopped.code, 3);
    assert.match(
      stopped.stdout,
      /\nStopped after 1 of 2 steps: .*lambda:PutFunctionConcurrency.*\n {2}done {6}shop-Mail-1: 400 to 250\n {2}not done {2}shop-Orders-1: 200 to 350\nFinish it with apply --resume, /,
    );
    demo.account.faults.replace([]);
    const another = await runInProcess(["apply", "--yes"], { env, cwd });
    assert.equal(another.code, 3);
    assert.match(
      another.stdout,
      /\nNot begun: An earlier apply \(concurrency-budget\.yaml, pool shop, .*\nFinish it with apply --resume, /,
    );
    const looked = await runInProcess(["apply", wish, "--dry-run", "--format", "json"], { env, cwd });
    const { record, applied } = JSON.parse(looked.stdout);
    assert.deepEqual([record.next, applied], [1, null]);
    const settled = await runInProcess(["apply", wish, "--yes"], { env, cwd });
    assert.deepEqual([settled.code, settled.stderr], [0, ""]);
    assert.match(settled.stdout, shown);
    assert.deepEqual(reservations(demo), expected);
    const nothing = await runInProcess(["apply", wish, "--yes"], { env, cwd });
    const none = await runInProcess(["apply", wish, "--yes", "--format", "json"], { env, cwd });
    assert.deepEqual(JSON.parse(none.stdout), { version: 1, record: null, applied: null });
    assert.match(nothing.stderr, /There is no unfinished apply to account 123456789012 in us-east-1 on this machine\./);
  }
});

test("a budget of another account, one with mistakes, and no budget at all", async (t) => {
  const { env, demo } = await connected(t, { account });
  const writes = writesOf(demo);
  const run = (head: string) => runInProcess(["apply", "--yes"], { env, cwd: folderOf(t, files(head)) });
  const other = await run('account: "210987654321"\nregion: us-east-1\n');
  assert.equal(other.code, 3);
  assert.match(
    other.stderr,
    /pool shop: it is in account 210987654321 in us-east-1, and these credentials lead to account 123456789012/,
  );
  const invalid = await run(`limits: 5\n${stated}`);
  assert.equal(invalid.code, 2);
  assert.match(invalid.stderr, /^lambda-concurrency: concurrency-budget\.yaml: .*limits.* Mend it first: /);
  const none = await runInProcess(["plan"], { env, cwd: folderOf(t, {}) });
  assert.equal(none.code, 2);
  assert.match(none.stderr, /There is no budget file in this folder: lambda-concurrency init writes one\./);
  assert.deepEqual(writes, []);
});

test("Ctrl+C ends an apply before the step that was about to be made; --resume finishes it", async (t) => {
  const { env, demo } = await connected(t, { account });
  const cwd = folderOf(t, files());
  const watch = (text: string, interrupt: () => void) => {
    if (text.includes("Step 2 of 2 steps, shop-Orders-1: 200 to 350")) interrupt();
  };
  const { code, stdout } = await runInProcess(["apply", "--yes"], { env, cwd, isErrTTY: true, watch });
  assert.equal(code, 130);
  assert.match(
    stdout,
    /\nCancelled after 1 of 2 steps: Cancelled before the reservation of shop-Orders-1 was changed\. 250 unreserved now\.\n/,
  );
  assert.deepEqual(reservations(demo), { ...untouched, "shop-Mail-1": 250 });
  const resumed = await runInProcess(["apply", "--resume", "--yes"], { env, cwd });
  assert.equal(resumed.code, 0);
  assert.match(resumed.stdout, /\n2 of 2 steps done\. 100 unreserved now\.\n$/);
  assert.deepEqual(reservations(demo), { ...untouched, "shop-Orders-1": 350, "shop-Mail-1": 250 });
});
