import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccountState } from "#client/account/accountState.ts";
import { contextValues } from "#client/views/contextValues.ts";
import { connected, identity, snapshot } from "./support.ts";

function values(state: AccountState, reading = false): Readonly<Record<string, unknown>> {
  const entries = [...contextValues({ state, reading }, "running")];
  return Object.fromEntries(entries.map(([key, value]) => [key.replace("lambdaConcurrency.", ""), value]));
}

const choice = { profile: "dev" };

test("menus know whether an account is there, is being read, failed, and has a console", () => {
  const nothing = { connected: false, reading: false, console: false, failure: undefined, server: "running" };
  assert.deepEqual(values({ kind: "disconnected" }), { ...nothing, state: "disconnected" });
  assert.deepEqual(values({ kind: "connecting", choice }, true), { ...nothing, state: "connecting", reading: true });
  assert.deepEqual(values(connected(snapshot([]))), {
    ...nothing,
    state: "connected",
    connected: true,
    console: true,
  });
  const error = { kind: "expired", message: "Sign in again." } as const;
  assert.deepEqual(values({ kind: "failed", choice, error }), { ...nothing, state: "failed", failure: "expired" });
  assert.deepEqual(values({ kind: "failed", choice, error, snapshot: snapshot([]) }), {
    ...nothing,
    state: "failed",
    failure: "expired",
    connected: true,
    console: true,
  });
});

test("an endpoint that is not that of AWS has no console", () => {
  const elsewhere = snapshot([], { identity: { ...identity, endpoint: "http://127.0.0.1:4566" } });
  assert.equal(values(connected(elsewhere)).console, false);
});
