import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { test } from "node:test";
import { createJournal } from "#aws";
import type { AccountFile, DemoServer } from "#demo";
import { folderOf, runCli } from "./cli.ts";
import { type Connected, connected } from "./demoAccount.ts";
import { type InProcessOptions, runInProcess } from "./inProcess.ts";

const account: AccountFile = {
  alias: "shop-prod",
  functions: [
    {
      name: "orders",
      reserved: 60,
      versions: 1,
      aliases: { live: "1" },
      provisioned: { live: 20 },
      targets: { live: { minimum: 10, maximum: 30 } },
      mappings: [{ source: "arn:aws:sqs:us-east-1:123456789012:orders" }],
      deadLetter: "arn:aws:sqs:us-east-1:123456789012:dead",
    },
    { name: "plain" },
  ],
};

const state = ({ account: { region } }: DemoServer) => region("us-east-1").state;
const reservations = (demo: DemoServer) => state(demo).functions.map(({ reserved }) => reserved);
const picture = (demo: DemoServer) =>
  structuredClone({
    functions: state(demo).functions.map(({ name, reserved, tags, provisioned }) => ({
      name,
      reserved,
      tags,
      provisioned: provisioned.map(({ qualifier, requested }) => [qualifier, requested]),
    })),
    enabled: state(demo).mappings.map(({ enabled }) => enabled),
    targets: state(demo).targets,
  });

async function shop(t: Parameters<typeof connected>[0]) {
  const { demo, env, state: folder }: Connected = await connected(t, { account });
  const cwd = folderOf(t, {});
  const cli = (line: string, more: Partial<InProcessOptions> = {}) =>
    runInProcess(line.split(" "), { env, cwd, ...more });
  return { demo, cli, folder };
}

test("a function is killed, listed and restored, and then the account is as it was", async (t) => {
  const { demo, cli } = await shop(t);
  const before = picture(demo);
  const killed = await cli("kill orders plain --reason fire --yes");
  assert.equal(killed.code, 0, killed.stderr);
  const [preview, result] = killed.stdout.split("\n\noff");
  assert.deepEqual(preview?.split("\n"), [
    "Kill in account 123456789012 (shop-prod) in us-east-1",
    "",
    "orders: reservation 60 to 0",
    "  - Provisioned concurrency is deleted first: 20 on alias live. A restore requests it again.",
    "  - Auto scaling of alias live is suspended, so that it does not bring provisioned concurrency back.",
    "  - API calls fail with 429 (TooManyRequestsException).",
    "  ! Asynchronous events are dropped at once and sent to dead.",
    "  - Queue orders: polling is disabled; messages wait for as long as the queue keeps them.",
    "  ! Schedules, notifications and rules keep firing; their events are dropped as above.",
    "  - Invocations that are running finish.",
    "",
    "plain: reservation none to 0",
    "  - API calls fail with 429 (TooManyRequestsException).",
    "  ! Asynchronous events are dropped at once and lost: the function has no dead-letter queue and no on-failure destination.",
    "  ! Schedules, notifications and rules keep firing; their events are dropped as above.",
    "  - Invocations that are running finish.",
  ]);
  assert.equal(result, "       orders\noff       plain\n");
  assert.deepEqual(reservations(demo), [0, 0]);
  const list = await cli("kills");
  assert.equal(list.code, 0);
  assert.match(
    list.stdout,
    /^orders: off since (?:yesterday )?\d\d:\d\d\n {2}123456789012\/us-east-1, by arn:aws:iam::123456789012:user\/demo\n {2}fire$/m,
  );
  const restored = await cli("restore --all --yes");
  assert.equal(restored.code, 0, restored.stderr);
  assert.match(restored.stdout, /^restored {3}orders: Provisioned concurrency is still being allocated\.$/m);
  assert.deepEqual(picture(demo), before);
  assert.equal((await cli("kills")).stdout, "Nothing is killed.\n");
});

test("what a restore will need is said of the headroom, by account and by set, and is gone after the restore", async (t) => {
  const { cli, folder } = await shop(t);
  await cli("kill orders --reason fire --yes");
  const restores = "900, of which 60 are needed to restore orders";
  assert.match((await cli("account")).stdout, new RegExp(`^Headroom: ${restores}\\.$`, "m"));
  assert.deepEqual(JSON.parse((await cli("account --format json")).stdout).owed, {
    total: 60,
    functions: [{ name: "orders", owed: 60 }],
  });
  const set = await cli("set plain 880 --dry-run");
  assert.match(set.stdout, /^- Headroom afterwards: 20, but 60 are needed to restore orders: 40 too few\.$/m);
  rmSync(folder, { recursive: true, force: true });
  assert.match((await cli("account")).stdout, new RegExp(`^Headroom: ${restores}\\.$`, "m"), "by the tags alone");
  await cli("restore orders --yes");
  assert.doesNotMatch((await cli("account")).stdout, /needed to restore/);
});

test("where a kill could not be tagged, the record of this machine says what a restore will need", async (t) => {
  const { demo, cli } = await shop(t);
  demo.account.faults.replace([{ kind: "deny", action: "TagResource" }]);
  await cli("kill orders --reason fire --yes");
  assert.match((await cli("account")).stdout, /^Headroom: 900, of which 60 are needed to restore orders\.$/m);
});

test("a kill of this machine is restored elsewhere by the tags alone", async (t) => {
  const { demo, cli, folder } = await shop(t);
  const before = picture(demo);
  await cli("kill orders --reason fire --yes");
  rmSync(folder, { recursive: true });
  const listed = JSON.parse((await cli("kills --format json")).stdout);
  assert.deepEqual(
    [listed.version, listed.kills.length, listed.kills[0].source, listed.kills[0].record.reason],
    [1, 1, "tags", "fire"],
  );
  const restored = await cli("restore orders --yes --format json");
  assert.equal(restored.code, 0, restored.stderr);
  const { version, functions, results } = JSON.parse(restored.stdout);
  assert.deepEqual([version, functions[0].source, results[0].outcome], [1, "tags", "warming"]);
  assert.deepEqual(picture(demo), before);
});

test("what was restored elsewhere is listed with the time of its kill as such", async (t) => {
  const { demo, cli, folder } = await shop(t);
  await cli("kill orders --reason fire --yes");
  const env = { AWS_ENDPOINT_URL: demo.url, HOME: folderOf(t, {}), XDG_STATE_HOME: folderOf(t, {}) };
  const keys = { AWS_ACCESS_KEY_ID: "AKIDEMO", AWS_SECRET_ACCESS_KEY: "demo", AWS_REGION: "us-east-1" };
  assert.equal((await cli("restore orders --yes", { env: { ...keys, ...env } })).code, 0);
  const late = await cli("kills");
  assert.match(late.stdout, /^orders: not known, killed [^\n]+\n/);
  assert.match(
    late.stdout,
    /^ {2}AWS reports it as before the kill, and may answer late\. List again in a minute, or restore it\.$/m,
  );
  // A minute later nobody answers late any more.
  const journal = createJournal(folder);
  for (const entry of (await journal.list()).entries)
    await journal.write({ ...entry, changedAt: new Date(Date.now() - 60_000).toISOString() });
  const { stdout } = await cli("kills");
  assert.match(stdout, /^orders: restored elsewhere, killed [^\n]+\n/);
  assert.match(stdout, /^ {2}It runs again: restore orders closes the kill here\.$/m);
});

test("an event source is named in the preview and in what was not done, of a kill and of a restore", async (t) => {
  const { demo, cli } = await shop(t);
  const deny = () => demo.account.faults.replace([{ kind: "deny", action: "UpdateEventSourceMapping" }]);
  deny();
  const killed = await cli("kill orders --reason fire --yes");
  assert.equal(killed.code, 3);
  assert.match(killed.stdout, /^ {2}- Queue orders: polling is disabled;/m);
  assert.match(killed.stdout, /^ {2}not done Queue orders$/m);
  demo.account.faults.replace([]);
  assert.equal((await cli("kill orders --reason fire --yes")).code, 0);
  deny();
  const restored = await cli("restore orders --yes");
  assert.equal(restored.code, 3);
  assert.match(restored.stdout, /^ {2}- Queue orders is enabled\.$/m);
  assert.match(restored.stdout, /^ {2}not done Queue orders$/m);
});

test("a reminder is read and said in the time of this machine, and kept in UTC", async (t) => {
  const { env } = await connected(t, { account });
  const cwd = folderOf(t, {});
  const cli = (line: string) => runCli(line.split(" "), { env: { ...env, TZ: "Asia/Kolkata" }, cwd });
  const day = new Date(Date.now() + 5 * 86_400_000);
  const date = day.toISOString().slice(0, 10);
  const said = `${day.getUTCDate()} ${day.toLocaleString("en-US", { month: "short", timeZone: "UTC" })}`;
  const preview = async (time: string) =>
    (await cli(`kill plain --reason fire --dry-run --remind ${time}`)).stdout.split("\n")[1] ?? "";
  assert.match(
    await preview(date),
    new RegExp(
      `^Reminder: ${said}(?: \\d{4})? 00:00 \\(in [45] days\\)\\. Nothing is restored automatically; run "lambda-concurrency restore plain"\\.$`,
    ),
  );
  assert.match(await preview(`${date}T16:00+02:00`), new RegExp(`^Reminder: ${said}(?: \\d{4})? 19:30 `));
  const { stdout } = await cli(`kill plain --reason fire --yes --format json --remind ${date}`);
  assert.equal(
    JSON.parse(stdout).results[0].record.until,
    new Date(Date.parse(`${date}T00:00:00Z`) - 5.5 * 3_600_000).toISOString(),
  );
});

test("a question that is not answered with yes, a dry run and no terminal leave no trace in the account and on disk", async (t) => {
  const { demo, cli, folder } = await shop(t);
  const calls: string[] = [];
  const { faults } = demo.account;
  const strike = faults.strike.bind(faults);
  faults.strike = (action) => {
    calls.push(action);
    return strike(action);
  };
  const kill = "kill orders plain --reason fire";
  for (const answer of [undefined, "", "no", "orders"])
    assert.equal((await cli(kill, { ask: async () => answer })).code, 130);
  assert.equal((await cli(`${kill} --dry-run --yes`)).code, 0);
  assert.equal((await cli(kill)).code, 2);
  const changes = () => calls.filter((action) => !/^(Get|List|Describe)/.test(action));
  assert.deepEqual([changes(), existsSync(folder)], [[], false]);
  await cli(`${kill} --yes`);
  const written = readFileSync(`${folder}/audit.jsonl`, "utf8");
  calls.length = 0;
  assert.equal((await cli("restore --all", { ask: async () => "no" })).code, 130);
  assert.equal((await cli("restore --all --dry-run --yes")).code, 0);
  assert.equal((await cli("restore orders --forget")).code, 2);
  assert.deepEqual(changes(), []);
  assert.equal(readFileSync(`${folder}/audit.jsonl`, "utf8"), written);
});

test("credentials that change while the question is open kill nothing", async (t) => {
  const { demo, cli } = await shop(t);
  const before = picture(demo);
  const ask = async () => {
    demo.account.identity = { ...demo.account.identity, account: "210987654321" };
    return "y";
  };
  const { code, stderr } = await cli("kill orders --reason fire", { ask });
  assert.equal(code, 3);
  assert.match(stderr, /The credentials now belong to account 210987654321/);
  assert.deepEqual(picture(demo), before);
});

test("a reminder that is due makes the exit code 1", async (t) => {
  const { demo, cli } = await shop(t);
  assert.equal((await cli("kill plain --reason fire --remind 1h --yes")).code, 0);
  const fine = await cli("kills --expired");
  assert.deepEqual([fine.code, fine.stdout], [0, "No reminder is due.\n"]);
  assert.equal((await cli("kills --local")).code, 0);
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() + 2 * 3_600_000 });
  const late = await cli("kills --expired --local");
  assert.equal(late.code, 1);
  assert.match(
    late.stdout,
    /^plain: off since (?:yesterday )?\d\d:\d\d, REMINDER DUE since (?:yesterday )?\d\d:\d\d\n/,
  );
  assert.equal(reservations(demo)[1], 0);
});

test("without a terminal and without --yes nothing is changed", async (t) => {
  const { demo, cli } = await shop(t);
  const before = picture(demo);
  const refused = await cli("kill orders --reason fire");
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /There is no terminal to ask at: add --yes to confirm/);
  assert.equal((await cli("kill orders --reason fire --dry-run")).code, 0);
  const no = await cli("kill orders --reason fire", { ask: async () => "n" });
  assert.equal(no.code, 130);
  assert.deepEqual(picture(demo), before);
});

test("a production account asks for its name, or for --account beside --yes", async (t) => {
  const { demo, env } = await connected(t, { account });
  const budget = "pool: shop\nenvironment: production\nfloor: 100\nreservations: { orders: 60 }\n";
  const cwd = folderOf(t, { "concurrency-budget.yaml": budget });
  const cli = (line: string) => runInProcess(line.split(" "), { env, cwd });
  const refused = await cli("kill plain --reason fire --yes");
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /add --account 123456789012 beside --yes/);
  assert.equal((await cli("kill plain --reason fire --yes --account 210987654321")).code, 3);
  assert.deepEqual(reservations(demo), [60, null]);
  assert.equal((await cli("kill plain --reason fire --yes --account 123456789012")).code, 0);
  assert.deepEqual(reservations(demo), [60, 0]);
});

test("what somebody changed since the kill is shown, kept or forgotten", async (t) => {
  const { demo, cli } = await shop(t);
  await cli("kill plain --reason fire --yes");
  const [, plain] = state(demo).functions;
  assert.ok(plain);
  plain.reserved = 5;
  const refused = await cli("restore plain --yes");
  assert.equal(refused.code, 3);
  assert.match(
    refused.stdout,
    /^changed {4}plain: The reservation of plain is 5: the kill set it to 0, and before it was none\. Nothing was done\.$/m,
  );
  assert.equal((await cli("restore plain --forget --yes")).code, 0);
  assert.deepEqual([plain.reserved, plain.tags], [5, {}]);
  assert.equal((await cli("kills")).stdout, "Nothing is killed.\n");
  assert.equal((await cli("restore plain --yes")).code, 3);
});

test("the kill of a function that is gone can be forgotten", async (t) => {
  const { demo, cli } = await shop(t);
  await cli("kill plain --reason fire --yes");
  state(demo).functions.splice(1, 1);
  const gone = await cli("restore plain --yes");
  assert.equal(gone.code, 3);
  assert.match(gone.stdout, /^plain: not possible$/m);
  assert.match((await cli("kills --local")).stdout, /^plain: off since /);
  const forgotten = await cli("restore plain --forget --yes");
  assert.deepEqual([forgotten.code, forgotten.stdout.split("\n").at(-2)], [0, "forgotten  plain"]);
  assert.equal((await cli("kills --local")).stdout, "Nothing is killed.\n");
});

test("what cannot be asked for is said before anything is read", async (t) => {
  const { cli } = await shop(t);
  const cases: readonly (readonly [string, RegExp])[] = [
    ["kill --reason x", /kill takes the functions to switch off/],
    ["kill orders", /Add --reason "…" \(shown to whoever restores\)\./],
    ["kill orders:live --reason x", /"orders:live" is not the name of a function/],
    [
      "kill orders --reason x --remind soon",
      /--remind soon: This is not a time\. Write 30m, 2h, 3d, 1w, 18:00, 2026-11-24 or/,
    ],
    ["kill orders --reason x --until 2020-01-01", /--until 2020-01-01: This is in the past\./],
    ["kill orders --reason x --until 400d", /--until 400d: This is more than a year ahead\./],
    ["kill orders --reason x --until 2027-02-30", /--until 2027-02-30: There is no such day in the calendar\./],
    [`kill orders --reason ${"x".repeat(1001)}`, /--reason takes at most 1000 characters, not 1001: shorten it/],
    ["restore", /restore takes the functions to restore, or --all/],
    ["restore orders --all", /--all takes everything: it excludes functions by name, --stack, --tag and --group/],
    ["kills orders", /kills takes no functions/],
  ];
  for (const [line, message] of cases) {
    const { code, stderr } = await cli(line);
    assert.equal(code, 2, line);
    assert.match(stderr, message);
  }
});
