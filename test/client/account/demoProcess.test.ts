import assert from "node:assert/strict";
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
