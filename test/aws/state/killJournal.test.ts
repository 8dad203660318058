import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { createJournal, type JournalContent, type JournalEntry } from "#aws";
import { killRecords } from "../kill/arbitraries.ts";
import { temporaryFolder } from "../kill/scene.ts";

const samples = fc.sample(killRecords, { numRuns: 3, seed: 3 });

function entry(number: number, more: Partial<JournalEntry> = {}): JournalEntry {
  const record = samples[number];
  assert.ok(record);
  const changedAt = "2026-11-23T12:00:00.000Z";
  const before = { ...record, at: `2026-11-2${number}T12:00:00.000Z` };
  return { version: 1, key: "aws/1/r", stage: "killed", changedAt, tagged: true, record: before, ...more };
}

test("what is written is read again, newest first, and only its owner may read it", async (t) => {
  const folder = temporaryFolder(t);
  const journal = createJournal(folder);
  assert.deepEqual(await journal.list(), { entries: [], broken: [] });
  await journal.write(entry(0));
  await journal.write(entry(1));
  await journal.write(entry(1, { stage: "restored" }));
  assert.deepEqual(await createJournal(folder).list(), {
    entries: [entry(1, { stage: "restored" }), entry(0)],
    broken: [],
  });
  const files = readdirSync(journal.folder);
  assert.deepEqual(files.sort(), [`${entry(0).record.id}.json`, `${entry(1).record.id}.json`].sort());
  for (const file of files) assert.equal(statSync(path.join(journal.folder, file)).mode & 0o777, 0o600);
  assert.equal(statSync(journal.folder).mode & 0o777, 0o700);
});

/** Why each file is broken. */
function reasons(broken: JournalContent["broken"]) {
  return broken.map(({ file, message }) => [path.basename(file), message.split("cannot be read: ")[1]]).sort();
}

test("a record that could not be read back is not written, and one of another function than its own is none", async (t) => {
  const journal = createJournal(temporaryFolder(t));
  const { record } = entry(0);
  const wrong: readonly Partial<JournalEntry["record"]>[] = [
    { before: { ...record.before, reserved: -7 } },
    { before: { ...record.before, provisioned: [{ qualifier: "live", requested: 1.5 }] } },
    { name: "other" },
    { account: "999999999999" },
    { region: "us-east-1" },
  ];
  for (const part of wrong)
    await assert.rejects(journal.write(entry(0, { record: { ...record, ...part } })), {
      name: "AccountError",
      message: /^the record of [\w-]+ could not be read back$/,
    });
  assert.equal(existsSync(journal.folder), false);
  await journal.write(entry(0));
  const file = path.join(journal.folder, `${record.id}.json`);
  writeFileSync(file, JSON.stringify(entry(0, { record: { ...record, account: "999999999999" } })));
  const { entries, broken } = await journal.list();
  assert.deepEqual([entries, broken.length], [[], 1]);
});

test("a kill is read by its id", async (t) => {
  const journal = createJournal(temporaryFolder(t));
  await journal.write(entry(0, { stage: "restored" }));
  assert.deepEqual(await journal.read(entry(0).record.id), entry(0, { stage: "restored" }));
  assert.equal(await journal.read(entry(1).record.id), undefined);
  writeFileSync(path.join(journal.folder, `${entry(1).record.id}.json`), "");
  await assert.rejects(journal.read(entry(1).record.id), { name: "AccountError" });
});

test("files that cannot be read are reported and left alone", async (t) => {
  const journal = createJournal(temporaryFolder(t));
  await journal.write(entry(0));
  const text = JSON.stringify(entry(1));
  const broken: Readonly<Record<string, string>> = {
    "cut.json": text.slice(0, 40),
    "empty.json": "",
    "later.json": text.replace('"version":1', '"version":2'),
    "less.json": text.replace('"stage":"killed",', ""),
    "copy.json": text,
  };
  for (const [file, content] of Object.entries(broken)) writeFileSync(path.join(journal.folder, file), content);
  const { entries, broken: found } = await journal.list();
  assert.deepEqual(entries, [entry(0)]);
  const lost = "The log of changes says under this id what was changed: put that back, then remove the file.";
  assert.deepEqual(reasons(found), [
    ["copy.json", `it is a copy of ${entry(1).record.id}.json. Remove it.`],
    ["cut.json", `it is not JSON. ${lost}`],
    ["empty.json", `it is not JSON. ${lost}`],
    ["later.json", "it was written by another version of this program. Use that version for it."],
    ["less.json", `something is missing in it. ${lost}`],
  ]);
  for (const [file, content] of Object.entries(broken))
    assert.equal(readFileSync(path.join(journal.folder, file), "utf8"), content);
});

test("what is no plain file, or far too large, is reported at once", {
  skip: process.platform === "win32",
}, async (t) => {
  const journal = createJournal(temporaryFolder(t));
  await journal.write(entry(0));
  const at = (name: string) => path.join(journal.folder, name);
  assert.equal(spawnSync("mkfifo", [at("pipe.json")]).status, 0);
  mkdirSync(at("folder.json"));
  symlinkSync("/dev/zero", at("device.json"));
  symlinkSync("/nowhere", at("nowhere.json"));
  symlinkSync("loop.json", at("loop.json"));
  writeFileSync(at("large.json"), "");
  truncateSync(at("large.json"), 16 * 1024 * 1024 + 1);
  const { entries, broken } = await journal.list();
  assert.deepEqual(entries, [entry(0)]);
  assert.deepEqual(reasons(broken), [
    ["device.json", "it is no file. Move it away."],
    ["folder.json", "it is no file. Move it away."],
    ["large.json", "it is larger than 16 MB. Move it away."],
    ["loop.json", "ELOOP. Make it readable."],
    ["nowhere.json", "ENOENT. Make it readable."],
    ["pipe.json", "it is no file. Move it away."],
  ]);
});

test("an open kill is found among a thousand closed ones where few files may be open", {
  skip: process.platform === "win32",
}, async (t) => {
  const folder = temporaryFolder(t);
  const journal = createJournal(folder);
  await journal.write(entry(0));
  for (let number = 0; number < 1000; number++) {
    const closed = entry(1, { stage: "restored" });
    const id = String(number).padStart(16, "0");
    writeFileSync(
      path.join(journal.folder, `${id}.json`),
      JSON.stringify({ ...closed, record: { ...closed.record, id } }),
    );
  }
  const script = `import { createJournal } from "#aws"; const { entries, broken } = await createJournal(process.argv[1]).list();
    console.log(JSON.stringify([entries.length, entries.filter(({ stage }) => stage === "killed").length, broken]));`;
  const node = `ulimit -n 64; exec "$0" --input-type=module -e "$1" "$2"`;
  const few = spawnSync("sh", ["-c", node, process.execPath, script, folder], {
    cwd: import.meta.dirname,
    encoding: "utf8",
  });
  assert.deepEqual([few.stdout, few.stderr], ["[1001,1,[]]\n", ""]);
});

test("a kill that is closed lets those go that were closed 30 days ago and are off their functions", async (t) => {
  const journal = createJournal(temporaryFolder(t));
  const day = 24 * 60 * 60_000;
  await journal.write(entry(1));
  const aged = (id: string, days: number, more: Partial<JournalEntry>) => {
    const at = new Date(Date.now() - days * day);
    const made = entry(0, { stage: "restored", tagged: false, changedAt: at.toISOString(), ...more });
    const file = path.join(journal.folder, `${id}.json`);
    writeFileSync(file, JSON.stringify({ ...made, record: { ...made.record, id } }));
    utimesSync(file, at, at);
  };
  aged("restored-old----", 31, {});
  aged("removed-old-----", 31, { stage: "removed" });
  aged("restored-young--", 29, {});
  aged("open-old--------", 400, { stage: "killed" });
  aged("tagged-old------", 400, { tagged: true });
  writeFileSync(path.join(journal.folder, "broken-old------.json"), "");
  utimesSync(path.join(journal.folder, "broken-old------.json"), new Date(0), new Date(0));
  await journal.write(entry(1));
  assert.equal(readdirSync(journal.folder).length, 7);
  await journal.write(entry(1, { stage: "restored" }));
  assert.deepEqual(
    readdirSync(journal.folder).sort(),
    [
      `${entry(1).record.id}.json`,
      "broken-old------.json",
      "open-old--------.json",
      "restored-young--.json",
      "tagged-old------.json",
    ].sort(),
  );
});

test("what a process left behind when it was stopped while writing disturbs nobody", async (t) => {
  const journal = createJournal(temporaryFolder(t));
  await journal.write(entry(0));
  writeFileSync(path.join(journal.folder, `.${entry(0).record.id}.json.abcdef`), '{"version":1,');
  assert.deepEqual(await journal.list(), { entries: [entry(0)], broken: [] });
});

test("one claim at a time, also for many at once", async (t) => {
  const journal = createJournal(temporaryFolder(t));
  const first = await journal.claim("aws/1/r", "orders");
  assert.ok(first);
  assert.equal(await journal.claim("aws/1/r", "orders"), undefined);
  assert.equal(
    await journal.holder("aws/1/r", "orders"),
    `Process ${process.pid} on this machine is at it: wait until it has ended, then try again.`,
  );
  const other = await journal.claim("aws/2/r", "orders");
  assert.ok(other);
  await first.release();
  const claims = await Promise.all(Array.from({ length: 8 }, () => journal.claim("aws/1/r", "orders")));
  const held = claims.filter((claim) => claim !== undefined);
  assert.ok(held.length <= 1, `${held.length} hold it`);
  for (const claim of [...held, other]) await claim.release();
  assert.deepEqual(readdirSync(path.join(journal.folder, "claims")), []);
});

test("the claim of a process that is gone is taken over", async (t) => {
  const journal = createJournal(temporaryFolder(t));
  const script = `import { createJournal } from "#aws/state/killJournal.ts";
    await createJournal(${JSON.stringify(path.dirname(journal.folder))}).claim("aws/1/r", "orders");
    process.kill(process.pid, "SIGKILL");`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], { cwd: process.cwd() });
  const [, signal] = await once(child, "exit");
  assert.equal(signal, "SIGKILL");
  assert.equal(readdirSync(path.join(journal.folder, "claims")).length, 1);
  const claim = await journal.claim("aws/1/r", "orders");
  assert.ok(claim);
  await claim.release();
});

test("a claim of another machine counts while it is renewed", async (t) => {
  const journal = createJournal(temporaryFolder(t));
  const own = await journal.claim("aws/1/r", "orders");
  assert.ok(own);
  const claims = path.join(journal.folder, "claims");
  mkdirSync(claims, { recursive: true });
  const [name] = readdirSync(claims);
  assert.ok(name);
  const file = path.join(claims, `${name.split(".")[0]}.elsewhere`);
  await own.release();
  writeFileSync(file, JSON.stringify({ host: "elsewhere", pid: 1 }));
  assert.equal(await journal.claim("aws/1/r", "orders"), undefined);
  assert.match(
    await journal.holder("aws/1/r", "orders"),
    /^Process 1 on elsewhere is at it\. If it is gone, it keeps others away until (tomorrow )?\d\d:\d\d \(in [45] minutes\): try again then\.$/,
  );
  const longAgo = new Date(Date.now() - 10 * 60_000);
  utimesSync(file, longAgo, longAgo);
  const claim = await journal.claim("aws/1/r", "orders");
  assert.ok(claim);
  assert.equal(existsSync(file), false);
  await claim.release();
  assert.equal(await journal.holder("aws/1/r", "orders"), "It has just ended: try again.");
});

test("a claim that a full disk keeps from being written keeps nobody away", {
  skip: process.platform === "win32",
}, async (t) => {
  const folder = temporaryFolder(t);
  const journal = createJournal(folder);
  const script = `import { createJournal } from "#aws"; createJournal(process.argv[1]).claim("aws/1/r", "orders").catch((e) => process.stderr.write(e.code));`;
  const node = `exec "$0" --input-type=module -e "$1" "$2"`;
  // Files may have no bytes.
  const full = spawnSync("sh", ["-c", `ulimit -f 0; ${node}`, process.execPath, script, folder], {
    cwd: import.meta.dirname,
    encoding: "utf8",
  });
  assert.equal(full.stderr, "EFBIG");
  assert.deepEqual(readdirSync(path.join(journal.folder, "claims")), []);
  const claim = await journal.claim("aws/1/r", "orders");
  assert.ok(claim);
  await claim.release();
});
