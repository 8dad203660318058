import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccountState } from "#client/account/accountState.ts";
import { reachAccount } from "#client/kills/reachAccount.ts";
import { snapshot } from "../views/support.ts";

const choice = { region: "us-east-1" };
const connected: AccountState = { kind: "connected", choice, snapshot: snapshot([]) };
const disconnected: AccountState = { kind: "disconnected" };

/** What is done to reach the account from a state, when it leads to another. */
async function reached(before: AccountState, after: AccountState): Promise<readonly [boolean, ...string[]]> {
  const done: string[] = [];
  const account = {
    state: before,
    async connect() {
      done.push("connect");
      account.state = after;
    },
    async refresh() {
      done.push("refresh");
      account.state = after;
    },
  };
  const choose = async () => {
    done.push("choose");
    account.state = after;
  };
  return [await reachAccount(account, choose), ...done];
}

test("an account that failed is tried again, so that Retry retries after the connection was lost", async () => {
  const failed: AccountState = { kind: "failed", choice, error: { kind: "offline", message: "cut" } };
  assert.deepEqual(await reached(failed, connected), [true, "refresh"]);
  assert.deepEqual(await reached(failed, failed), [true, "refresh"]);
});

test("an account that is being connected is waited for", async () => {
  assert.deepEqual(await reached({ kind: "connecting", choice }, connected), [true, "connect"]);
});

test("where none is connected one is chosen, or nothing is begun", async () => {
  assert.deepEqual(await reached(disconnected, connected), [true, "choose"]);
  assert.deepEqual(await reached(disconnected, disconnected), [false, "choose"]);
  assert.deepEqual(await reached(connected, connected), [true]);
});
