import assert from "node:assert/strict";
import { test } from "node:test";
import type { LogOutputChannel } from "vscode";
import type { ClientEvents } from "#client/languageClient.ts";
import { LanguageServer, type LanguageServerPorts } from "#client/languageServer.ts";
import { emitter } from "./emitter.ts";

/** A client of a test, and what it tells of its server. */
interface TestClient {
  readonly events: ClientEvents;
  readonly sent: unknown[];
  start(): Promise<void>;
  isRunning(): boolean;
  dispose(): Promise<void>;
}

/** A server of a test. `fails`: how many of the first starts fail. */
function serverOf(fails = 0) {
  const changes = emitter<void>();
  const poolsChanges = emitter<number>();
  const clients: TestClient[] = [];
  const states: string[] = [];
  const revisions: number[] = [];
  let left = fails;
  const library = {
    accountNotification: "account",
    poolsRequest: "pools",
    createClient(_module: string, _log: LogOutputChannel, events: ClientEvents) {
      let running = false;
      const client = {
        events,
        sent: [] as unknown[],
        async start() {
          if (left-- > 0) throw new Error("no server");
          running = true;
          events.state("running");
        },
        isRunning: () => running,
        async dispose() {
          running = false;
          // As a real one does: it says that it has ended.
          events.state("failed");
        },
        async sendNotification(_type: unknown, params: unknown) {
          client.sent.push(params);
        },
        async sendRequest() {
          return [];
        },
      };
      clients.push(client);
      return client;
    },
  };
  const server = new LanguageServer({
    module: "server.cjs",
    log: {} as LogOutputChannel,
    load: async () => library as unknown as Awaited<ReturnType<LanguageServerPorts["load"]>>,
    changes,
    poolsChanges,
  });
  server.onDidChange(() => {
    if (states.at(-1) !== server.state) states.push(server.state);
  });
  server.onPoolsChanged((revision) => {
    revisions.push(revision);
  });
  const client = (index: number) => {
    const found = clients[index];
    assert.ok(found, `client ${index}`);
    return found;
  };
  return { server, clients, client, states, revisions };
}

const status = {
  state: "idle",
  pools: [],
  poolCount: 0,
  budgets: 0,
  templates: 0,
  errors: 0,
  warnings: 0,
  information: 0,
  notes: [],
} as const;

test("two starts at once make one process", async () => {
  const { server, clients, states } = serverOf();
  await Promise.all([server.start(), server.start()]);
  assert.deepEqual([clients.length, server.state], [1, "running"]);
  assert.deepEqual(states, ["stopped", "starting", "running"]);
});

test("a restart ends the process before the next one begins, and what the ended one says no longer counts", async () => {
  const { server, client, states, revisions } = serverOf();
  await server.start();
  client(0).events.status(status);
  assert.equal(server.status, status);
  await server.restart();
  assert.deepEqual(states, ["stopped", "starting", "running", "stopped", "starting", "running"]);
  assert.equal(server.status, undefined);
  client(0).events.status(status);
  client(0).events.poolsChanged({ revision: 1 });
  client(0).events.state("failed");
  assert.deepEqual([server.status, server.state, revisions], [undefined, "running", []]);
  client(1).events.poolsChanged({ revision: 2 });
  assert.deepEqual(revisions, [2]);
});

test("a start that fails is told to its caller, and the next one may work", async () => {
  const { server, states } = serverOf(1);
  await assert.rejects(server.start(), /no server/);
  assert.deepEqual([server.state, server.client], ["failed", undefined]);
  await server.start();
  assert.equal(server.state, "running");
  assert.deepEqual(states, ["stopped", "starting", "failed", "stopped", "starting", "running"]);
});

test("a server that crashed is no client until it runs again", async () => {
  const { server, client } = serverOf();
  await server.start();
  const { client: before } = server;
  client(0).events.state("starting");
  assert.equal(server.client, undefined);
  client(0).events.state("running");
  assert.equal(server.client, before);
});

test("facts of the account reach a server that runs, and nobody else", async () => {
  const { server, client } = serverOf();
  const facts = { snapshot: null, links: [], revision: 1 };
  await server.sendAccount(facts);
  await assert.rejects(server.requestPools(), /not running/);
  await server.start();
  await server.sendAccount(facts);
  assert.deepEqual(client(0).sent, [facts]);
  assert.deepEqual(await server.requestPools(), []);
  await server.stop();
  await server.sendAccount(facts);
  assert.equal(client(0).sent.length, 1);
});
