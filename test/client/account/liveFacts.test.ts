import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccountState } from "#client/account/accountState.ts";
import { sendLiveFacts } from "#client/account/liveFacts.ts";
import type { AccountSnapshot, PoolLink } from "#core";
import type { AccountParams } from "#protocol";
import { type ShortSnapshot, snapshot } from "#support/snapshot.ts";
import { emitter } from "../emitter.ts";

/** An account, links and a server of a test; what was sent, in few words. */
function flow(refuses = false) {
  const account = emitter<void>();
  const linked = emitter<void>();
  const changed = emitter<void>();
  const poolsChanged = emitter<number>();
  const sent: AccountParams[] = [];
  const made = {
    state: { kind: "disconnected" } as AccountState,
    links: [] as readonly PoolLink[],
    client: {} as object | undefined,
    refuses,
  };
  const sender = sendLiveFacts(
    {
      get state() {
        return made.state;
      },
      onDidChange: account.event,
    },
    {
      get client() {
        return made.client;
      },
      onDidChange: changed.event,
      onPoolsChanged: poolsChanged.event,
      async sendAccount(facts) {
        sent.push(facts);
        if (made.refuses) throw new Error("the connection is closed");
      },
    },
    {
      get all() {
        return made.links;
      },
      onDidChange: linked.event,
    },
  );
  return {
    sender,
    listeners: () => [account, linked, changed, poolsChanged].reduce((sum, { listeners }) => sum + listeners(), 0),
    /** `revision: known functions` of each message; `-`: nobody is connected. */
    sent: () => sent.map(({ revision, snapshot }) => `${revision}: ${snapshot?.reading.known ?? "-"}`),
    all: sent,
    become(state: AccountState) {
      made.state = state;
      account.fire();
    },
    link(links: readonly PoolLink[]) {
      made.links = links;
      linked.fire();
    },
    server(client: object | undefined, refuses = false) {
      made.client = client;
      made.refuses = refuses;
      changed.fire();
    },
    analysed: (revision: number) => poolsChanged.fire(revision),
  };
}

const choice = { profile: "dev" };

/** A snapshot of which so many functions are known. */
function read(known: number, more: ShortSnapshot = {}): AccountSnapshot {
  const made = snapshot(more);
  return { ...made, reading: { ...made.reading, known } };
}

const connected = (of: AccountSnapshot): AccountState => ({ kind: "connected", choice, snapshot: of });
const reading = (count: number) => connected(read(count, { state: "reading" }));

test("nothing is sent while nobody is connected, and facts once", () => {
  const { sent, become, analysed } = flow();
  become({ kind: "connecting", choice });
  assert.deepEqual(sent(), []);
  const state = connected(read(3));
  become(state);
  analysed(1);
  become({ ...state });
  assert.deepEqual(sent(), ["1: 3"]);
  become({ kind: "disconnected" });
  assert.deepEqual(sent(), ["1: 3", "2: -"]);
});

test("the next facts wait until the server has analysed those before; what came between is left out", () => {
  const { sent, become, analysed } = flow();
  become(connected(read(1)));
  become(connected(read(2)));
  become(connected(read(3)));
  assert.deepEqual(sent(), ["1: 1"]);
  analysed(0);
  assert.deepEqual(sent(), ["1: 1"], "that the files changed is no answer");
  analysed(1);
  assert.deepEqual(sent(), ["1: 1", "2: 3"]);
  analysed(2);
  assert.deepEqual(sent(), ["1: 1", "2: 3"]);
});

test("while 5,000 functions are read, facts are sent often at first and 28 times in all", () => {
  const { sent, become, analysed } = flow();
  for (let known = 0; known < 5000; known += 5) {
    become(reading(known));
    analysed(sent().length);
  }
  become(connected(read(5000)));
  const all = sent();
  assert.deepEqual(all.slice(0, 7), ["1: 0", "2: 5", "3: 10", "4: 15", "5: 20", "6: 30", "7: 40"]);
  assert.deepEqual([all.length, all.at(-1)], [28, "28: 5000"]);
});

test("a server that is started again is told again, and never waits for an answer of the one before", () => {
  const { sent, become, server } = flow();
  become(connected(read(3)));
  server(undefined);
  become(connected(read(4)));
  server({});
  assert.deepEqual(sent(), ["1: 3", "2: 4"]);
});

test("a message that could not be sent keeps no later one back", async () => {
  const { sent, become } = flow(true);
  become(connected(read(3)));
  await Promise.resolve();
  become(connected(read(4)));
  await Promise.resolve();
  assert.deepEqual(sent(), ["1: 3", "2: 4"]);
});

test("another account, a link and a failure are told at once, and facts of a failed account are outdated", () => {
  const { all, become, link, analysed } = flow();
  const state = reading(8);
  become(state);
  analysed(1);
  become(connected(read(0, { account: "999999999999", state: "reading" })));
  analysed(2);
  assert.equal(all.at(-1)?.snapshot?.identity.account, "999999999999");
  const links = [{ uri: "file:///b.yaml", pool: "p", account: "999999999999", region: "us-east-1" }];
  link(links);
  analysed(3);
  assert.deepEqual(all.at(-1)?.links, links);
  become({ kind: "failed", choice, error: { kind: "expired", message: "Sign in." }, snapshot: read(3) });
  assert.deepEqual([all.length, all.at(-1)?.outdated, all.at(-2)?.outdated], [4, true, false]);
});

test("who is about to ask has the facts sent at once, and what is sent already is not sent again", async () => {
  const { sender, sent, become, analysed, server } = flow();
  become(reading(4));
  become(reading(5));
  assert.deepEqual(sent(), ["1: 4"]);
  await sender.flush();
  await sender.flush();
  assert.deepEqual(sent(), ["1: 4", "2: 5"]);
  become(connected(read(9)));
  analysed(1);
  assert.deepEqual(sent(), ["1: 4", "2: 5"], "the newer facts are not analysed yet");
  analysed(2);
  assert.deepEqual(sent(), ["1: 4", "2: 5", "3: 9"]);
  server(undefined);
  await sender.flush();
  assert.equal(sent().length, 3);
});

test("an answer for later facts is one for those before: a server that was busy names only the last", () => {
  const { sent, become, analysed } = flow();
  become(connected(read(1)));
  analysed(7);
  become(connected(read(2)));
  assert.deepEqual(sent(), ["1: 1", "2: 2"]);
});

test("nobody listens any more afterwards", () => {
  const { sender, listeners } = flow();
  assert.equal(listeners(), 4);
  sender.dispose();
  assert.equal(listeners(), 0);
});
