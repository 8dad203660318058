import assert from "node:assert/strict";
import { test } from "node:test";
import type { ServerState } from "#client/languageServer.ts";
import { requestFromServer } from "#client/pools/requestFromServer.ts";
import type { Status } from "#protocol";
import { emitter } from "../emitter.ts";

/** A question to a server of a test. */
function question(state: ServerState, status?: Status["state"], ask: () => Promise<string> = async () => "pools") {
  const changed = emitter<void>();
  const limit = new AbortController();
  const made = { state, status: status && { state: status }, asked: 0 };
  const answer = requestFromServer(
    {
      get state() {
        return made.state;
      },
      get status() {
        return made.status;
      },
      onDidChange: changed.event,
    },
    () => {
      made.asked++;
      return ask();
    },
    limit.signal,
  );
  return {
    answer,
    made,
    limit,
    listeners: changed.listeners,
    become(next: ServerState, said?: Status["state"]) {
      made.state = next;
      made.status = said && { state: said };
      changed.fire();
    },
  };
}

test("a server is asked once it has read the folders", async () => {
  const { answer, made, become, listeners } = question("starting");
  become("running");
  become("running", "busy");
  assert.equal(made.asked, 0);
  become("running", "idle");
  assert.equal(await answer, "pools");
  assert.deepEqual([made.asked, listeners()], [1, 0]);
});

test("a server that found a bug of its own still answers", async () => {
  assert.equal(await question("running", "faulty").answer, "pools");
});

test("one that does not run, fails to start or checks nothing is not asked", async () => {
  for (const state of ["stopped", "failed"] as const) {
    const { answer, made } = question(state);
    assert.deepEqual([await answer, made.asked], [undefined, 0]);
  }
  const starting = question("starting");
  starting.become("failed");
  assert.deepEqual([await starting.answer, starting.made.asked], [undefined, 0]);
  const disabled = question("running", "disabled");
  assert.deepEqual([await disabled.answer, disabled.made.asked], [undefined, 0]);
});

test("a refusal is no answer, and neither is one that nobody waits for any longer", async () => {
  const refused = question("running", "idle", () => Promise.reject(new Error("closed")));
  assert.equal(await refused.answer, undefined);
  const silent = question("running", "idle", () => new Promise(() => {}));
  silent.limit.abort();
  assert.equal(await silent.answer, undefined);
  const reading = question("running", "busy");
  reading.limit.abort();
  assert.deepEqual([await reading.answer, reading.made.asked, reading.listeners()], [undefined, 0, 0]);
});
