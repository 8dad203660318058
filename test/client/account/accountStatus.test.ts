import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccountState } from "#client/account/accountState.ts";
import { type AccountStatusInput, accountStatus, throttledHeavily } from "#client/account/accountStatus.ts";
import type { AccountSnapshot } from "#core";

const snapshot: AccountSnapshot = {
  version: 1,
  identity: {
    account: "123456789012",
    alias: "shop_production",
    arn: "arn:aws:iam::123456789012:user/me",
    partition: "aws",
    region: "eu-west-1",
  },
  readAt: "2026-03-01T12:00:00.000Z",
  limit: 2000,
  unreserved: 400,
  functionCount: 3,
  reading: { state: "complete", known: 3, listed: 3 },
  functions: [],
  problems: [],
};
const choice = { profile: "prod" };
const of = (state: AccountState, more: Partial<AccountStatusInput> = {}) =>
  accountStatus({ state, reading: false, everConnected: true, ...more });
const connected = (changes: Partial<AccountSnapshot> = {}) =>
  of({ kind: "connected", choice, snapshot: { ...snapshot, ...changes } });

test("nothing is shown before the user has connected once", () => {
  assert.equal(of({ kind: "disconnected" }, { everConnected: false }), undefined);
  assert.equal(of({ kind: "disconnected" })?.text, "$(debug-disconnect) Lambda");
});

test("a connected account shows alias, Region, claimed of limit and headroom", () => {
  const status = connected();
  assert.equal(status?.text, "$(dashboard) shop_production eu-west-1: 1,600 of 2,000, headroom 300");
  assert.equal(status.warning, false);
  assert.equal(status.spoken, "Lambda Concurrency, shop_production eu-west-1: 1,600 of 2,000 claimed, headroom 300");
  assert.match(status.tooltip, /\*\*shop\\_production\*\* 123456789012 eu-west-1/);
  assert.match(status.tooltip, /300 more can be reserved above the floor of 100 \(estimated\)/);
});

test("headroom that restores will need is said as such", () => {
  const off = { name: "search", arn: "arn:aws:lambda:eu-west-1:123456789012:function:search", reserved: 0, owed: 150 };
  const status = connected({ functions: [off] });
  assert.equal(status?.text, "$(dashboard) shop_production eu-west-1: 1,600 of 2,000, headroom 300 (150 to restore)");
  assert.match(status.tooltip, /^Headroom: 300, of which 150 are needed to restore search\.$/m);
});

test("an account that does not say its totals shows what is reserved", () => {
  const { limit: _, unreserved: __, ...rest } = snapshot;
  const functions = [{ name: "a", arn: "arn:aws:lambda:eu-west-1:123456789012:function:a", reserved: 40 }];
  const status = of({ kind: "connected", choice, snapshot: { ...rest, functions } });
  assert.equal(status?.text, "$(dashboard) shop_production eu-west-1: 40 reserved, limit not known");
});

test("an account without an alias shows its id", () => {
  const { alias: _alias, ...identity } = snapshot.identity;
  assert.match(connected({ identity })?.text ?? "", /^\$\(dashboard\) 123456789012 eu-west-1: /);
});

test("a long name is cut so that the numbers can be seen, and none is drawn as an icon", () => {
  const identity = { ...snapshot.identity, alias: `$(flame)${"x".repeat(60)}`, region: "us-gov-west-1" };
  const status = connected({ identity });
  assert.equal(status?.text, "$(dashboard) $ (flame)xxxxxxxxxxxxxx… us-gov-west-1: 1,600 of 2,000, headroom 300");
  assert.match(status.spoken, /x{60} us-gov-west-1/);
  const profile = "a-profile-with-a-name-that-goes-on-and-on";
  assert.equal(of({ kind: "connecting", choice: { profile } })?.text, "$(sync~spin) a-profile-with-a-name-t…");
});

test("what an account or AWS says is shown as it is, never as a link", () => {
  const identity = { ...snapshot.identity, alias: "[a](command:b)", account: "[c](command:d)" };
  const { tooltip = "" } = connected({ identity }) ?? {};
  assert.match(tooltip, /^\*\*\\\[a\\\]\(command:b\)\*\* \\\[c\\\]\(command:d\) eu/);
});

test("the floor that the files state counts here as it does in the tree", () => {
  const status = of({ kind: "connected", choice, snapshot }, { configuredFloor: 40 });
  assert.match(status?.text ?? "", /headroom 360$/);
  assert.match(status?.tooltip ?? "", /360 more can be reserved above the floor of 40 \(configured\)/);
});

test("less unreserved than the floor is a warning", () => {
  const status = connected({ unreserved: 40 });
  assert.equal(status?.text, "$(warning) shop_production eu-west-1: 1,960 of 2,000, 60 below the floor");
  assert.equal(status.why, "60 below the floor");
  assert.equal(status.warning, true);
});

test("heavy throttling is a warning that names who suffers, the odd throttle is none", () => {
  const window = { from: "2026-03-01T09:00:00.000Z", until: "2026-03-01T12:00:00.000Z", concurrency: [] };
  const fn = (name: string, throttles: number, invocations: number) => ({
    name,
    arn: `arn:aws:lambda:eu-west-1:123456789012:function:${name}`,
    reserved: 50,
    usage: { ...window, throttles, invocations },
  });
  const functions = [fn("calm", 90, 0), fn("busy", 200, 1000), fn("starving", 900, 100), fn("burst", 100, 10_000)];
  const status = connected({ functions });
  assert.equal(status?.text, "$(warning) shop_production eu-west-1: 1,600 of 2,000, headroom 300");
  assert.match(status.spoken, /headroom 300, starving throttled$/);
  assert.equal(status.why, "starving throttled");
  assert.equal(status.warning, true);
  assert.match(status.tooltip, /Throttled heavily: starving, busy/);
  const spread = connected({ usage: { ...window, throttles: 500, invocations: 5000 } });
  assert.match(spread?.spoken ?? "", /headroom 300, the account throttled$/);
  assert.deepEqual(throttledHeavily({ functions: [], usage: { ...window, throttles: 99 } }), []);
  assert.deepEqual(throttledHeavily({ functions: [], usage: { ...window, throttles: 500, invocations: 50_000 } }), []);
});

test("a failure says why, with the numbers from before when there are some", () => {
  const error = { kind: "expired", message: "The credentials have expired." } as const;
  const bare = of({ kind: "failed", choice, error });
  assert.deepEqual([bare?.text, bare?.warning], ["$(warning) Lambda: sign in again", true]);
  const known = of({ kind: "failed", choice, error, snapshot });
  assert.equal(known?.text, "$(warning) shop_production eu-west-1: 1,600 of 2,000, headroom 300");
  assert.deepEqual([known.warning, known.why, bare?.why], [true, error.message, error.message]);
  assert.match(known.tooltip, /^The credentials have expired\./);
});

test("connecting and reading turn", () => {
  assert.equal(
    of({ kind: "connecting", choice: { profile: "prod", region: "eu-west-1" } })?.text,
    "$(sync~spin) prod eu-west-1",
  );
  assert.equal(of({ kind: "connecting", choice: {} })?.text, "$(sync~spin) Lambda");
  const reading = of({ kind: "connected", choice, snapshot }, { reading: true });
  assert.match(reading?.text ?? "", /^\$\(sync~spin\) shop_production/);
});
