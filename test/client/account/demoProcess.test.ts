import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { DemoProcess } from "#client/account/demoProcess.ts";

const program = path.join(import.meta.dirname, "../../../server/src/cli/main.ts");
const log = { info: () => {}, warn: () => {} };

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

async function ended(url: string): Promise<void> {
  while (await answers(url)) await setTimeout(20);
}

test("a window has one demo account, which ends when something else is chosen", async (t) => {
  const demo = new DemoProcess(program, log);
  t.after(() => demo.stop());
  const [choice, same] = await Promise.all([demo.start(), demo.start()]);
  assert.deepEqual(choice, same);
  assert.deepEqual({ ...choice, endpoint: "" }, { endpoint: "", region: "us-east-1", demo: true });
  const url = choice.endpoint ?? "";
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
  demo.keepFor({ ...choice, region: "eu-west-1" });
  assert.equal(await answers(url), true);
  demo.keepFor({ profile: "production" });
  await ended(url);
  const next = await demo.start();
  assert.notEqual(next.endpoint, url);
  demo.stop();
  await ended(next.endpoint ?? "");
});

test("a demo account that cannot start says why, and can be started later", async () => {
  const demo = new DemoProcess(path.join(import.meta.dirname, "missing.js"), log);
  await assert.rejects(demo.start(), /^Error: The demo account did not start: .*missing\.js.*$/);
  await assert.rejects(demo.start(), /The demo account did not start/);
});

test("one that dies by itself is known to have ended, and the next one is another", async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), "demo-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const mortal = path.join(folder, "mortal.mjs");
  writeFileSync(
    mortal,
    `import { createServer } from "node:http";
    const server = createServer(() => process.kill(process.pid, "SIGKILL")).listen(0, "127.0.0.1");
    server.on("listening", () => console.log("http://127.0.0.1:" + server.address().port));
    process.on("disconnect", () => process.exit());`,
  );
  const said: string[] = [];
  const demo = new DemoProcess(mortal, { ...log, info: (text: string) => void said.push(text) });
  t.after(() => demo.stop());
  const choice = await demo.start();
  assert.equal(demo.hasEnded(choice), false);
  await answers(choice.endpoint ?? "");
  while (!demo.hasEnded(choice)) await setTimeout(20);
  assert.deepEqual(said, ["The demo account has ended (SIGKILL)."]);
  const next = await demo.start();
  assert.deepEqual(
    [demo.hasEnded(choice), demo.hasEnded(next), demo.hasEnded({ profile: "dev" })],
    [true, false, false],
  );
});
