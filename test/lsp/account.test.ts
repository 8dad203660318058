import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import type { CodeLens, InlayHint } from "vscode-languageserver/node";
import { readAccount } from "#lsp/accountFacts.ts";
import type { PoolRow, PoolView } from "#protocol";
import { type ShortSnapshot, snapshot } from "#support/snapshot.ts";
import { startTestClient, TestFolder } from "#support/testConnection.ts";
import { template } from "./shared.ts";

const budget = `pool: production
account: "123456789012"
region: us-east-1
floor: 100
stacks:
  - template: orders/template.yaml
    name: orders
reservations:
  orders/Worker: 500
  reports: off
`;

const uris = (folder: TestFolder) => ({
  budgetUri: folder.uri("concurrency-budget.yaml"),
  templateUri: folder.uri("orders/template.yaml"),
});

async function opened(t: TestContext) {
  const folder = new TestFolder(t, { "concurrency-budget.yaml": budget, "orders/template.yaml": template(500) });
  const client = await startTestClient(t, { folders: [folder.uri()] });
  const all = uris(folder);
  await client.open(all.budgetUri, budget, "concurrency-budget");
  await client.open(all.templateUri, template(500));
  const tell = (short: ShortSnapshot | null, links: readonly unknown[] = []) =>
    client.notify("lambdaConcurrency/account", { snapshot: short && snapshot(short), links });
  const pools = () => client.request<PoolView[]>("lambdaConcurrency/pools", {});
  return { client, tell, pools, ...all };
}

const live: ShortSnapshot = {
  limit: 2000,
  functions: { "orders-Worker-X": { reserved: 25, in: "orders/Worker" }, reports: null, old: 7 },
};

const withoutPlaces = ({ places, ...row }: PoolRow) => row;

test("pools are answered while nothing is connected: rows without live facts", async (t) => {
  const { pools, budgetUri, templateUri } = await opened(t);
  const [pool, ...others] = await pools();
  assert.deepEqual(others, []);
  assert.ok(pool);
  const { rows, place, ...rest } = pool;
  assert.deepEqual(rest, {
    id: `0 ${budgetUri}`,
    name: "production",
    budget: budgetUri,
    account: "123456789012",
    region: "us-east-1",
    live: false,
    limit: 1000,
    limitSource: "assumed",
    floor: 100,
    floorSource: "configured",
    claimed: 500,
    unreserved: 500,
    granted: 500,
    verdict: "fits",
  });
  assert.deepEqual(place?.range.start, { line: 0, character: 6 });
  assert.deepEqual(rows.map(withoutPlaces), [
    { key: "orders/Worker", granted: 500, off: false, declared: 500, claim: 500 },
    { key: "reports", name: "reports", granted: 0, off: true },
  ]);
  assert.deepEqual(
    rows.map(({ places }) => [places.budget?.uri, places.template?.uri]),
    [
      [budgetUri, templateUri],
      [budgetUri, undefined],
    ],
  );
});

test("a snapshot brings live values, their differences, and live functions that nobody declares", async (t) => {
  const { tell, pools } = await opened(t);
  await tell(live);
  const [pool] = await pools();
  assert.deepEqual([pool?.live, pool?.limit, pool?.limitSource], [true, 2000, "live"]);
  assert.deepEqual(pool?.rows.map(withoutPlaces), [
    {
      key: "orders/Worker",
      name: "orders-Worker-X",
      granted: 500,
      off: false,
      declared: 500,
      claim: 500,
      live: 25,
      arn: "arn:aws:lambda:us-east-1:123456789012:function:orders-Worker-X",
      difference: "Not deployed yet, or changed by hand; the budget says the same as the template.",
    },
    {
      key: "reports",
      name: "reports",
      granted: 0,
      off: true,
      live: null,
      arn: "arn:aws:lambda:us-east-1:123456789012:function:reports",
      difference: "It runs: nothing has switched it off, or it was switched on by hand.",
    },
    {
      key: "old",
      name: "old",
      granted: null,
      off: false,
      live: 7,
      arn: "arn:aws:lambda:us-east-1:123456789012:function:old",
      difference: "It reserves concurrency, but no template and no budget entry of this pool stands for it.",
    },
  ]);
});

test("after a disconnect nothing of the account is left", async (t) => {
  const { tell, pools } = await opened(t);
  const before = await pools();
  await tell(live);
  assert.notDeepEqual(await pools(), before);
  await tell(null);
  assert.deepEqual(await pools(), before);
});

test("while an account is read again, what was known stays until the reading has ended", async (t) => {
  const { tell, pools } = await opened(t);
  const worker = async () => (await pools())[0]?.rows[0]?.live;
  await tell({ ...live, state: "reading", functions: {} });
  assert.deepEqual(await worker(), { unknown: "the account is still being read" }, "nothing was known");
  await tell(live);
  assert.equal(await worker(), 25);
  await tell({ ...live, state: "reading", functions: {} });
  assert.equal(await worker(), 25);
  await tell({ ...live, functions: { "orders-Worker-X": { reserved: 30, in: "orders/Worker" } } });
  assert.equal(await worker(), 30);
  await tell({ ...live, state: "partial", functions: {} });
  assert.deepEqual(await worker(), { unknown: "not all functions could be read" }, "the reading was cut short");
});

test("what was known of one account does not stay for another", async (t) => {
  const { tell, pools } = await opened(t);
  await tell(live);
  await tell({ ...live, account: "999999999999", state: "reading", functions: {} });
  assert.equal((await pools())[0]?.live, false);
});

test("a snapshot of another account changes nothing", async (t) => {
  const { tell, pools } = await opened(t);
  const before = await pools();
  await tell({ ...live, account: "999999999999" });
  assert.deepEqual(await pools(), before);
});

test("a link gives a template without a budget the facts of an account", async (t) => {
  const folder = new TestFolder(t, { "orders/template.yaml": template(500) });
  const client = await startTestClient(t, { folders: [folder.uri()] });
  const uri = folder.uri("orders/template.yaml");
  const link = { uri, pool: "orders/template.yaml", account: "123456789012", region: "us-east-1" };
  await client.notify("lambdaConcurrency/account", { snapshot: snapshot(live), links: [link] });
  const [pool] = await client.request<PoolView[]>("lambdaConcurrency/pools", {});
  assert.deepEqual([pool?.name, pool?.live, pool?.limitSource], ["orders/template.yaml", true, "live"]);
});

test("the status and the findings follow the account", async (t) => {
  const { client, tell, budgetUri } = await opened(t);
  await client.idle();
  await tell({ ...live, limit: 550 });
  await client.until(() => client.status?.pools[0]?.limitSource === "live", "the status knows the live limit");
  assert.deepEqual([client.status?.pools[0]?.limit, client.status?.pools[0]?.verdict], [550, "over"]);
  await client.until(() => client.rules(budgetUri).includes("pool-overcommitted"), "the pool is over the live limit");
});

test("lenses are refreshed when the account changes, also where no number of the pool does", async (t) => {
  const { client, tell, budgetUri } = await opened(t);
  await client.idle();
  const refreshes = () => client.of("workspace/codeLens/refresh").length;
  await tell(live);
  await client.until(() => refreshes() > 0, "the lenses are refreshed");
  const before = refreshes();
  await tell({ ...live, readAt: "2026-11-22T15:00:00.000Z" });
  await client.until(() => refreshes() > before, "the lenses are refreshed again");
  const lenses = await client.request<CodeLens[]>("textDocument/codeLens", { textDocument: { uri: budgetUri } });
  assert.match(lenses[0]?.command?.title ?? "", /^500 of 2,000 claimed/);
});

const poolsChanged = "lambdaConcurrency/poolsChanged";

test("each revision of the account's facts is named once it is analysed, also when it changes nothing", async (t) => {
  const { client } = await opened(t);
  await client.idle();
  const send = (revision: number, more: object = {}) =>
    client.notify("lambdaConcurrency/account", { snapshot: snapshot(live), links: [], revision, ...more });
  const last = () => client.of(poolsChanged).at(-1);
  await send(1);
  await client.until(() => isDeepStrictEqual(last(), { revision: 1 }), "the first facts are analysed");
  const [pool] = await client.request<PoolView[]>("lambdaConcurrency/pools", {});
  assert.equal(pool?.live, true);
  await send(2);
  await client.until(() => isDeepStrictEqual(last(), { revision: 2 }), "the same facts are analysed");
  await send(3, { snapshot: snapshot({ ...live, state: "reading", functions: {} }) });
  await client.until(() => isDeepStrictEqual(last(), { revision: 3 }), "what was known stays, and that is told");
});

test("that the pools are other ones is told when a file changes, and nothing when nothing of them does", async (t) => {
  const { client, budgetUri, templateUri } = await opened(t);
  await client.idle();
  const told = () => client.of(poolsChanged).length;
  const before = told();
  await client.edit(templateUri, "Executions: 500", "Executions: 400");
  await client.until(() => told() > before, "the pool is another one");
  assert.deepEqual(client.of(poolsChanged).at(-1), { revision: 0 });
  const after = told();
  await client.close(budgetUri);
  await client.idle();
  assert.equal(told(), after);
});

test("facts of an account that does not answer any more are not called live", async (t) => {
  const { client, budgetUri, templateUri } = await opened(t);
  const titles = async (uri: string) => {
    const lenses = await client.request<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
    return lenses.map(({ command }) => command?.title);
  };
  const hints = async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const all = await client.request<InlayHint[]>("textDocument/inlayHint", {
      textDocument: { uri: budgetUri },
      range,
    });
    return all.map(({ label }) => label);
  };
  const refreshes = () => client.of("workspace/inlayHint/refresh").length;
  const send = (outdated: boolean) =>
    client.notify("lambdaConcurrency/account", { snapshot: snapshot(live), links: [], outdated });
  await client.idle();
  await send(false);
  assert.deepEqual((await titles(templateUri)).at(-1), "in AWS: 25");
  assert.deepEqual(await hints(), ["in AWS: 25", "in AWS: none"]);
  const before = refreshes();
  await send(true);
  await client.until(() => refreshes() > before, "the hints are drawn again");
  assert.deepEqual((await titles(templateUri)).at(-1), "last read: 25");
  assert.deepEqual(await hints(), ["last read: 25", "last read: none"]);
  assert.match((await titles(budgetUri))[0] ?? "", / · 1,968 unreserved in AWS when read$/);
});

test("the function at a place: a resource, a budget entry, nothing", async (t) => {
  const { client, tell, budgetUri, templateUri } = await opened(t);
  const at = (uri: string, text: string) => {
    const { position } = client.at(uri, text, 1);
    return client.request("lambdaConcurrency/functionAt", { uri, position });
  };
  const worker = { key: "orders/Worker", pool: "production" };
  assert.deepEqual(await at(templateUri, "Handler"), worker);
  await tell(live);
  const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
  const liveWorker = { ...worker, name: "orders-Worker-X", arn: arn("orders-Worker-X") };
  assert.deepEqual(await at(templateUri, "Handler"), liveWorker);
  assert.deepEqual(await at(budgetUri, "orders/Worker"), liveWorker);
  assert.deepEqual(await at(budgetUri, "off"), {
    key: "reports",
    name: "reports",
    arn: arn("reports"),
    pool: "production",
  });
  assert.equal(await at(budgetUri, "floor"), null);
  assert.equal(await at(templateUri, "Transform"), null);
  const nowhere = { uri: "file:///nowhere/template.yaml", position: { line: 0, character: 0 } };
  assert.equal(await client.request("lambdaConcurrency/functionAt", nowhere), null);
});

test("a message of another form is as if nobody were connected", async (t) => {
  const { client, tell, pools } = await opened(t);
  const before = await pools();
  for (const sent of [{}, { snapshot: 3, links: "no" }, { snapshot: { version: 1 }, links: [null, { uri: 1 }] }]) {
    await tell(live);
    await client.notify("lambdaConcurrency/account", sent);
    assert.deepEqual(await pools(), before);
  }
});

test("a sound snapshot is taken as it is; in another one only what is wrong is left out", () => {
  const sound = snapshot(live);
  assert.equal(readAccount({ snapshot: sound, links: [] }).snapshots[0], sound);
  const [worker, reports, old] = sound.functions;
  const usage = { from: "x", until: "y", concurrency: [] };
  const sent = { ...sound, functions: [{ ...worker, usage }, { ...reports, reserved: "5" }, 7, old] };
  const [taken] = readAccount({ snapshot: sent }).snapshots;
  assert.deepEqual(taken?.functions, [worker, old]);
  assert.equal(taken?.reading.state, "partial");
  for (const wrong of [
    { limit: "1000" },
    { readAt: "yesterday" },
    { identity: {} },
    { functions: {} },
    { version: 2 },
  ]) {
    assert.deepEqual(readAccount({ snapshot: { ...sound, ...wrong } }).snapshots, []);
  }
});
