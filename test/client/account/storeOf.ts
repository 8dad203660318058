import { devNull } from "node:os";
import type { TestContext } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { Event } from "vscode";
import * as aws from "#aws";
import type { AccountMemory, AccountPorts, AccountSettings, AwsModule } from "#client/account/accountPorts.ts";
import type { Account } from "#client/account/accountState.ts";
import { AccountStore } from "#client/account/accountStore.ts";
import type { AccountSnapshot } from "#core";

/** A store of a test: real module #aws, a clock that the test moves, and memory in place of files. */
export interface StoreOfTest {
  readonly store: AccountStore;
  /** Moves the clock by milliseconds; what is due runs, in order. */
  readonly advance: (milliseconds: number) => void;
  /** How many timers wait for the clock. */
  readonly pending: () => number;
  /** Resolves as soon as this holds. */
  readonly until: (holds: (account: Account) => boolean) => Promise<void>;
  /** Every kind of state so far, without repeats in a row. */
  readonly kinds: string[];
  readonly warnings: string[];
  readonly saved: AccountSnapshot[];
  settings: AccountSettings;
  last: AccountSnapshot | undefined;
  refusal: string | undefined;
}

/** What the environment of the test's editor holds: keys that the demo account takes, and no file. */
const keys = {
  AWS_ACCESS_KEY_ID: "AKIDEMO",
  AWS_SECRET_ACCESS_KEY: "demo",
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
};

/** Makes a store. `changes` replaces functions of the module #aws. */
export function storeOf(
  test: TestContext,
  changes: Partial<AwsModule> = {},
  folder = "/nonexistent/lambda-concurrency",
): StoreOfTest {
  const listeners = new Set<() => void>();
  const event: Event<void> = (listener) => {
    const call = () => listener();
    listeners.add(call);
    return { dispose: () => listeners.delete(call) };
  };
  const fire = () => {
    for (const call of [...listeners]) call();
  };
  const timers = new Map<object, { readonly at: number; readonly task: () => void }>();
  // The demo account has metrics of the last hours of the real clock.
  let now = Date.now();
  const memory: AccountMemory = {
    everConnected: false,
    connected: () => Object.assign(memory, { everConnected: true }),
    loadLast: async () => made.last,
    saveLast: async (snapshot) => void made.saved.push(snapshot),
  };
  const ports: AccountPorts = {
    aws: async () => ({ ...aws, stateFolder: () => folder, ...changes }),
    host: (_choice, signal) => ({ env: keys, signal }),
    changes: { event, fire },
    clock: {
      now: () => new Date(now),
      after(milliseconds, task) {
        const key = {};
        timers.set(key, { at: now + milliseconds, task });
        return () => timers.delete(key);
      },
    },
    settings: () => made.settings,
    memory,
    first: async () => ({ names: [], beginnings: [] }),
    refusal: () => made.refusal,
    chosen: () => {},
    warn: (message) => made.warnings.push(message),
  };
  const store = new AccountStore(ports);
  test.after(() => store.dispose());
  const kinds: string[] = [];
  store.onDidChange(() => {
    if (kinds.at(-1) !== store.state.kind) kinds.push(store.state.kind);
  });
  const made: StoreOfTest = {
    store,
    kinds,
    warnings: [],
    saved: [],
    last: undefined,
    refusal: undefined,
    settings: { usage: true, usageFunctions: 100, refreshMinutes: 0 },
    pending: () => timers.size,
    advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const [first] = [...timers].sort(([, a], [, b]) => a.at - b.at);
        if (first === undefined || first[1].at > end) break;
        now = first[1].at;
        timers.delete(first[0]);
        first[1].task();
      }
      now = end;
    },
    async until(holds) {
      // What the store tells with delay waits for the test's clock: its state is looked at instead.
      while (!holds(store)) await setTimeout(5);
    },
  };
  return made;
}
