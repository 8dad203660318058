import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  auditPath,
  createJournal,
  followAllocation,
  forgetKill,
  type JournalEntry,
  kill,
  listKills,
  openAudit,
  previewKill,
  previewRestore,
} from "#aws";
import { interceptCalls } from "./interceptCalls.ts";
import { sceneFor, temporaryFolder } from "./scene.ts";
import { stateOf } from "./stateOf.ts";

test("kill and restore are the identity on every field, for functions of all sorts", async (t) => {
  const names = ["orders", "plain", "off", "warm"];
  const scene = await sceneFor(t);
  const look = async () => {
    const found = [];
    for (const name of names) found.push(await scene.seen(name));
    return found;
  };
  const before = await look();
  const killed = await scene.kill(names);
  assert.deepEqual(
    killed.map(({ name, outcome }) => [name, outcome]),
    [
      ["orders", "killed"],
      ["plain", "killed"],
      ["off", "alreadyOff"],
      ["warm", "killed"],
    ],
  );
  const off = await look();
  assert.deepEqual(
    off.map(({ reserved }) => reserved),
    [0, 0, 0, 0],
  );
  const restored = await scene.restore(["orders", "plain", "warm"]);
  assert.deepEqual(
    restored.map(({ name, outcome }) => [name, outcome]),
    [
      ["orders", "warming"],
      ["plain", "restored"],
      ["warm", "warming"],
    ],
  );
  assert.deepEqual(await look(), before);
});

test("a preview says for each trigger what happens to it, and changes nothing", async (t) => {
  const { session, journal, now, calls } = await sceneFor(t);
  const { functions } = await previewKill(session, ["orders"], { journal, now });
  const [orders] = functions;
  assert.ok(orders?.kind === "kill");
  assert.deepEqual(
    orders.consequences.map(({ kind, message }) => `${kind}: ${message}`),
    [
      "provisioned: Provisioned concurrency is deleted first: 20 on alias live, 5 on alias next. A restore requests it again.",
      "scaling: Auto scaling of alias live is suspended, so that it does not bring provisioned concurrency back.",
      "synchronous: API calls fail with 429 (TooManyRequestsException).",
      "asynchronous: Asynchronous events are dropped at once and sent to orders-dead.",
      "stream: Stream clicks: its shards are blocked; records are retried until they expire.",
      "queue: Queue orders: polling is disabled; messages wait for as long as the queue keeps them.",
      "schedules: Schedules, notifications and rules keep firing; their events are dropped as above.",
      "running: Invocations that are running finish.",
      "deployment: The next deployment of stack shop may undo this.",
    ],
  );
  assert.deepEqual(
    orders.mappings.map(({ kind, disable }) => [kind, disable]),
    [
      ["kinesis", false],
      ["sqs", true],
    ],
  );
  assert.deepEqual(
    calls.filter((name) => !/^(?:Get|List|Describe)/.test(name)),
    [],
  );
});

test("triggers are kept, disabled one by one, or one invocation is left, as somebody chooses", async (t) => {
  const scene = await sceneFor(t);
  const { state, subject } = stateOf(scene, "orders");
  const before = await scene.seen("orders");
  const enabled = () => state.mappings.map((mapping) => mapping.enabled);
  await scene.kill(["orders"], { keepTriggers: true, leaveOne: true });
  assert.deepEqual([subject.reserved, enabled()], [1, [true, true, false]]);
  await scene.restore(["orders"]);
  const [stream, queue] = state.mappings;
  assert.ok(stream && queue);
  const mappings = new Map([
    [stream.uuid, true],
    [queue.uuid, false],
  ]);
  scene.clock.advance(60_000);
  await scene.kill(["orders"], { mappings });
  assert.deepEqual([subject.reserved, enabled()], [0, [false, true, false]]);
  await scene.restore(["orders"]);
  assert.deepEqual(await scene.seen("orders"), before);
});

test("killing what is killed keeps the first record and succeeds", async (t) => {
  const scene = await sceneFor(t);
  const [first] = await scene.kill(["orders"]);
  const [second] = await scene.kill(["orders"]);
  assert.deepEqual([second?.outcome, second?.record], ["alreadyKilled", first?.record]);
});

test("another machine restores by the tags alone, and then this one knows", async (t) => {
  const scene = await sceneFor(t);
  const before = await scene.seen("orders");
  await scene.kill(["orders"]);
  const elsewhere = createJournal(temporaryFolder(t));
  const { kills } = await listKills({ journal: elsewhere, session: scene.session });
  assert.deepEqual(
    kills.map(({ record, source }) => [record.name, record.reason, source]),
    [["orders", "on fire", "tags"]],
  );
  assert.equal((await scene.restore(["orders"], { journal: elsewhere }))[0]?.outcome, "warming");
  assert.deepEqual(await scene.seen("orders"), before);
  assert.deepEqual((await elsewhere.list()).entries, []);
  assert.equal((await scene.restore(["orders"]))[0]?.outcome, "restored");
  assert.deepEqual((await listKills(scene)).kills, []);
});

test("without the permission to tag a function is killed, and only this machine can restore it", async (t) => {
  const scene = await sceneFor(t);
  const before = await scene.seen("orders");
  scene.faults("deny:TagResource");
  const [killed] = await scene.kill(["orders"]);
  assert.equal(killed?.outcome, "killed");
  assert.match(killed.onlyHere ?? "", /^The record is not on orders as tags, so only this machine can restore it: /);
  const elsewhere = createJournal(temporaryFolder(t));
  assert.equal((await scene.restore(["orders"], { journal: elsewhere }))[0]?.outcome, "notKilled");
  await scene.restore(["orders"]);
  assert.deepEqual(await scene.seen("orders"), before);
});

test("without room for tags the preview says so, and the kill goes on", async (t) => {
  const scene = await sceneFor(t);
  const { subject } = stateOf(scene, "plain");
  subject.tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`tag-${index}`, ""]));
  const { functions } = await previewKill(scene.session, ["plain"], scene);
  assert.equal(
    functions[0]?.kind === "kill" && functions[0].onlyHere,
    "plain has room for 0 more tags, which may not be enough for the record.",
  );
  const [killed] = await scene.kill(["plain"]);
  assert.deepEqual([killed?.outcome, subject.reserved], ["killed", 0]);
  assert.match(killed?.onlyHere ?? "", /there is room for 0 more tags, and the record needs more\.$/);
});

test("what somebody changed after the kill is shown and not overwritten, unless it may stay", async (t) => {
  const scene = await sceneFor(t);
  const before = await scene.seen("orders");
  await scene.kill(["orders"]);
  const { subject } = stateOf(scene, "orders");
  subject.reserved = 33;
  const off = await scene.seen("orders");
  const [refused] = await scene.restore(["orders"]);
  assert.deepEqual(
    [refused?.outcome, refused?.message],
    ["changed", "The reservation of orders is 33: the kill set it to 0, and before it was 60. Nothing was done."],
  );
  assert.deepEqual(await scene.seen("orders"), off);
  const [kept] = await scene.restore(["orders"], { keepChanges: true });
  assert.equal(kept?.outcome, "warming");
  assert.deepEqual(await scene.seen("orders"), { ...before, reserved: 33 });
});

test("provisioned concurrency, mappings and targets that are not as the kill left them are conflicts", async (t) => {
  const scene = await sceneFor(t);
  const { state, subject } = stateOf(scene, "orders");
  await scene.kill(["orders"], { leaveOne: true });
  subject.provisioned.push({ qualifier: "live", requested: 1, modified: 0, readyAt: 0 });
  state.mappings.splice(1, 1);
  const [target] = state.targets;
  assert.ok(target);
  target.maximum = 99;
  const [orders] = (await previewRestore(scene.session, ["orders"], scene)).functions;
  assert.ok(orders?.kind === "restore");
  assert.deepEqual(
    orders.conflicts.map(({ message }) => message.replace(/[\da-f-]{36}/, "UUID")),
    [
      "Alias live of orders has provisioned concurrency 1; before the kill it had 20.",
      "The event source mapping UUID of orders is gone.",
      "The scaling target of orders, alias live, is 10 to 99; before the kill it was 10 to 30.",
    ],
  );
});

test("a function that runs on Managed Instances is refused with the reason, and one that is missing too", async (t) => {
  const scene = await sceneFor(t);
  interceptCalls(scene.session, async (call, command) => {
    const answer = await call();
    if (command === "GetFunction") Object.assign(Object(Object(answer).Configuration), { CapacityProviderConfig: {} });
    return answer;
  });
  const results = await scene.kill(["plain", "gone"]);
  assert.deepEqual(
    results.map(({ outcome }) => outcome),
    ["failed", "failed"],
  );
  assert.match(results[0]?.message ?? "", /^plain runs on Managed Instances and takes nothing from the pool/);
  assert.equal(stateOf(scene, "plain").subject.reserved, null);
});

test("a restore for which the pool has no room says what is short and changes nothing", async (t) => {
  const scene = await sceneFor(t);
  await scene.kill(["orders"]);
  const { subject } = stateOf(scene, "plain");
  subject.reserved = 870;
  const { short } = await previewRestore(scene.session, ["orders"], scene);
  assert.deepEqual([short?.needed, short?.available, short?.floor], [60, 20, 100]);
  const off = await scene.seen("orders");
  const [result] = await scene.restore(["orders"]);
  assert.deepEqual(
    [result?.outcome, result?.floor, result?.message],
    [
      "short",
      100,
      "orders cannot get 60 back: Lambda keeps 100 unreserved. 120 are unreserved now, so at most 20 can be given; 40 are short. Lower other reservations first.",
    ],
  );
  assert.deepEqual(await scene.seen("orders"), off);
  subject.reserved = null;
  assert.equal((await scene.restore(["orders"]))[0]?.outcome, "warming");
});

test("credentials that are of somebody else now stop a kill and a restore before their first call", async (t) => {
  const scene = await sceneFor(t);
  scene.faults("other-account:GetCallerIdentity");
  const before = await scene.seen("orders");
  await assert.rejects(scene.kill(["orders"]), { kind: "changed" });
  await assert.rejects(scene.restore(["orders"]), { kind: "changed" });
  assert.deepEqual(await scene.seen("orders"), before);
  assert.deepEqual((await scene.journal.list()).entries, []);
});

test("what changed between preview and kill is not touched", async (t) => {
  const scene = await sceneFor(t);
  const { session, journal, now, retryPolicy } = scene;
  const preview = await previewKill(session, ["orders", "plain"], { journal, now });
  stateOf(scene, "orders").subject.reserved = 61;
  const results = await kill(session, preview, { reason: "on fire", journal, now, retryPolicy });
  assert.deepEqual(
    results.map(({ name, outcome, message }) => [name, outcome, message]),
    [
      ["orders", "changed", "The reservation of orders was 60 and is 61. Nothing was done; look again."],
      ["plain", "killed", undefined],
    ],
  );
});

test("two people at once leave one record, and what was before comes back", async (t) => {
  const scene = await sceneFor(t);
  const before = await scene.seen("orders");
  const elsewhere = createJournal(temporaryFolder(t));
  const { session, now, retryPolicy, journal } = scene;
  const person = async (own: typeof journal) => {
    const preview = await previewKill(session, ["orders"], { journal: own, now });
    return await kill(session, preview, { reason: "on fire", journal: own, now, retryPolicy });
  };
  const both = (await Promise.all([person(journal), person(elsewhere)])).flat().map(({ outcome }) => outcome);
  assert.ok(both.includes("killed"), both.join(" "));
  for (const own of [journal, elsewhere, journal]) {
    const [result] = await scene.restore(["orders"], { journal: own });
    assert.ok(result && ["warming", "restored", "notKilled"].includes(result.outcome), result?.message);
  }
  assert.deepEqual(await scene.seen("orders"), before);
});

test("a journal that cannot be written stops the kill before its first call", async (t) => {
  const scene = await sceneFor(t);
  const before = await scene.seen("orders");
  const failing = { ...scene.journal, write: () => Promise.reject(new Error("no space left")) };
  const { session, now, retryPolicy } = scene;
  const preview = await previewKill(session, ["orders"], { journal: failing, now });
  const [result] = await kill(session, preview, { reason: "on fire", journal: failing, now, retryPolicy });
  assert.equal(result?.outcome, "failed");
  assert.match(
    result.message ?? "",
    /so nothing was done: no space left\. Make room there, or set XDG_STATE_HOME to another folder\.$/,
  );
  assert.deepEqual(await scene.seen("orders"), before);
});

test("a disk that is full after the record was written stops neither the kill nor the restore", async (t) => {
  const scene = await sceneFor(t);
  const before = await scene.seen("orders");
  let writes = 0;
  const full = async (entry: JournalEntry) => {
    if (writes++ > 0) throw new Error("no space left");
    await scene.journal.write(entry);
  };
  const journal = { ...scene.journal, write: full };
  const [killed] = await scene.kill(["orders"], { journal });
  assert.equal(killed?.outcome, "killed");
  assert.match(killed.message ?? "", /does not say how far orders has come: no space left\.$/);
  const [restored] = await scene.restore(["orders"], { journal });
  assert.equal(restored?.outcome, "warming");
  assert.deepEqual(await scene.seen("orders"), before);
  assert.equal((await scene.restore(["orders"]))[0]?.outcome, "restored");
  assert.deepEqual((await listKills(scene)).kills, []);
});

test("what somebody else switches off in the same moment is not brought back", async (t) => {
  const scene = await sceneFor(t);
  const { state } = stateOf(scene, "orders");
  const [, queue] = state.mappings;
  assert.ok(queue);
  interceptCalls(scene.session, async (call, command) => {
    if (command === "TagResource") queue.enabled = false;
    return await call();
  });
  const [killed] = await scene.kill(["orders"]);
  assert.deepEqual([killed?.outcome, killed?.record?.before.mappings], ["killed", []]);
  await scene.restore(["orders"], { journal: createJournal(temporaryFolder(t)) });
  assert.deepEqual([stateOf(scene, "orders").subject.reserved, queue.enabled], [60, false]);
});

test("cancelled, functions that are not begun are left alone", async (t) => {
  const scene = await sceneFor(t);
  const { session, journal, now, retryPolicy } = scene;
  const preview = await previewKill(session, ["orders", "plain"], { journal, now });
  const abort = new AbortController();
  const order = preview.functions.map(({ name }) => name);
  const results = await kill(session, preview, {
    reason: "on fire",
    journal,
    now,
    retryPolicy,
    signal: abort.signal,
    onProgress: () => abort.abort(),
  });
  assert.deepEqual(order, ["orders", "plain"]);
  for (const { name, outcome } of results) {
    const { subject } = stateOf(scene, name);
    assert.equal(outcome === "killed", subject.reserved === 0, `${name} ${outcome}`);
  }
});

test("an expired kill is listed as such, and one that is forgotten is not listed", async (t) => {
  const scene = await sceneFor(t);
  const { session, journal, now, retryPolicy } = scene;
  const preview = await previewKill(session, ["orders"], { journal, now });
  await kill(session, preview, { reason: "r", until: new Date(now().getTime() + 1000), journal, now, retryPolicy });
  const list = async () => (await listKills({ session, journal, now })).kills;
  scene.clock.advance(2000);
  const [listed] = await list();
  assert.deepEqual([listed?.expired, listed?.source], [true, "both"]);
  assert.ok(listed);
  const forgotten = { name: "orders", outcome: "forgotten" };
  assert.deepEqual(await forgetKill(session, listed.record, { journal, now, retryPolicy }), forgotten);
  assert.deepEqual(await list(), []);
  assert.equal(stateOf(scene, "orders").subject.reserved, 0);
});

test("provisioned concurrency is followed until it is allocated or has failed", async (t) => {
  const scene = await sceneFor(t);
  const { session, retryPolicy } = scene;
  const { subject } = stateOf(scene, "warm");
  await scene.kill(["warm"]);
  const [warming] = await scene.restore(["warm"]);
  assert.ok(warming?.outcome === "warming");
  assert.deepEqual((await followAllocation(session, warming, { retryPolicy })).outcome, "restored");
  await scene.kill(["warm"]);
  subject.initFails = true;
  const [again] = await scene.restore(["warm"]);
  assert.ok(again?.outcome === "warming");
  const failed = await followAllocation(session, again, { retryPolicy });
  assert.deepEqual(
    [failed.outcome, failed.message],
    [
      "partial",
      "The provisioned concurrency of alias live is requested again, but Lambda could not allocate it: FUNCTION_ERROR_INIT_FAILURE.",
    ],
  );
});

test("each step is a line of the log, whatever came of it", async (t) => {
  const scene = await sceneFor(t);
  const { session, folder, journal, now, retryPolicy } = scene;
  const audit = await openAudit(folder, session.identity);
  t.after(() => audit.close());
  scene.faults("deny:UpdateEventSourceMapping");
  const preview = await previewKill(session, ["orders"], { journal, now });
  const [killed] = await kill(session, preview, { reason: "r", journal, audit, now, retryPolicy });
  assert.equal(killed?.outcome, "partial");
  const lines = readFileSync(auditPath(folder), "utf8").trim().split("\n");
  const tags = [1, 2].map((part) => `lambda-concurrency:kill:${part}`);
  assert.deepEqual(
    lines.map((line) => {
      const { action, function: name, field, before, after, result } = JSON.parse(line);
      return [action, name, field.replace(/[\da-f-]{36}/, "UUID"), before, after, result];
    }),
    [
      ["kill", "orders", "tags", null, tags, "done"],
      [
        "kill",
        "orders",
        "target:live",
        { in: false, out: false, scheduled: false },
        { in: true, out: true, scheduled: true },
        "done",
      ],
      ["kill", "orders", "mapping:UUID", "enabled", "disabled", "refused"],
      ["kill", "orders", "provisioned:live", 20, null, "done"],
      ["kill", "orders", "provisioned:next", 5, null, "done"],
      ["kill", "orders", "reserved", 60, 0, "done"],
    ],
  );
  scene.faults();
  const [again] = await scene.kill(["orders"]);
  assert.deepEqual([again?.outcome, again?.record?.id], ["killed", killed.record?.id]);
  scene.clock.advance(60_000);
  await scene.restore(["orders"], { audit });
  await scene.kill(["plain"]);
  const [plain] = (await listKills({ journal })).kills;
  assert.ok(plain);
  assert.equal((await forgetKill(session, plain.record, { journal, audit, retryPolicy })).outcome, "forgotten");
  const [restored, forgotten] = readFileSync(auditPath(folder), "utf8").trim().split("\n").slice(-2);
  for (const [line = "", action] of [
    [restored, "restore"],
    [forgotten, "forget"],
  ]) {
    const { action: found, field, before, after, result } = JSON.parse(line);
    assert.deepEqual([found, field, before.includes(tags[0]), after, result], [action, "tags", true, null, "done"]);
  }
});
