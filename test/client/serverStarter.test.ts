import assert from "node:assert/strict";
import { test } from "node:test";
import type { ServerState } from "#client/languageServer.ts";
import { ServerStarter } from "#client/serverStarter.ts";

/** A starter of a test, with what it has done. */
function starterOf(isEnabled = true) {
  const made = { isEnabled, state: "stopped" as ServerState, done: [] as string[] };
  const starter = new ServerStarter({
    isEnabled: () => made.isEnabled,
    state: () => made.state,
    start() {
      made.done.push("start");
      made.state = "running";
    },
    stop() {
      made.done.push("stop");
      made.state = "stopped";
    },
  });
  return { starter, made };
}

test("the first reason starts the server, later ones nothing, also after the user has stopped it", () => {
  const { starter, made } = starterOf();
  assert.equal(starter.isWaiting, true);
  starter.start();
  starter.start();
  made.state = "stopped";
  starter.start();
  assert.deepEqual([made.done, starter.isWaiting], [["start"], false]);
});

test("nothing starts while checking is disabled; enabled again, a stopped server waits for a reason", () => {
  const { starter, made } = starterOf(false);
  starter.start();
  assert.deepEqual([made.done, starter.isWaiting], [[], false]);
  made.isEnabled = true;
  starter.settingChanged();
  assert.equal(starter.isWaiting, true);
  starter.start();
  made.isEnabled = false;
  starter.settingChanged();
  assert.deepEqual(made.done, ["start", "stop"]);
  made.isEnabled = true;
  starter.settingChanged();
  starter.start();
  assert.deepEqual(made.done, ["start", "stop", "start"]);
});

test("a server that runs is not started again because a setting changed", () => {
  const { starter, made } = starterOf();
  starter.start();
  starter.settingChanged();
  assert.deepEqual([starter.isWaiting, made.done], [false, ["start"]]);
});
