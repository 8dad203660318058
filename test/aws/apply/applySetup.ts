import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import { type ApplyOptions, auditPath, type Session } from "#aws";
import type { Wanted } from "#core";
import type { AccountFile, DemoServer, FunctionEntry } from "#demo";
import { type FaultProxy, faultProxy } from "./faultProxy.ts";
import { virtualAccount, virtualSession } from "./virtualSession.ts";

/** A demo account behind a proxy, a session with it and a state folder. */
export interface ApplySetup {
  readonly demo: DemoServer;
  readonly proxy: FaultProxy;
  readonly session: Session;
  readonly folder: string;
  readonly options: ApplyOptions;
  /** Another session with the same account, with its own options. */
  another(more?: Partial<ApplyOptions>): { readonly session: Session; readonly options: ApplyOptions };
  /** What the account says, as text: `a 350, b none +20 live`. */
  state(): string;
}

/** An account whose pool is full: a is lowered, b gains a reservation beside its provisioned concurrency, c is raised, d is set free. */
export const fullPool: AccountFile = {
  limit: 1000,
  floor: 100,
  functions: [
    { name: "a", reserved: 400 },
    { name: "b", versions: 1, aliases: { live: "1" }, provisioned: { live: 100 } },
    { name: "c", reserved: 300 },
    { name: "d", reserved: 100 },
  ],
};
export const turned: readonly Wanted[] = [
  { name: "a", reserved: 380 },
  { name: "b", reserved: 150 },
  { name: "c", reserved: 370 },
  { name: "d", reserved: null },
];
export const before = "a 400, b none +100 live, c 300, d 100";
export const after = "a 380, b 150 +100 live, c 370, d none";

export async function applySetup(test: TestContext, account: AccountFile = fullPool): Promise<ApplySetup> {
  const folder = await mkdtemp(path.join(tmpdir(), "apply-"));
  test.after(() => rm(folder, { recursive: true }));
  const { demo, clock, retryPolicy } = await virtualAccount(test, { account });
  const proxy = await faultProxy(test, demo.url);
  const another = (more: Partial<ApplyOptions> = {}) => {
    const session = virtualSession(proxy.url, clock);
    test.after(() => session.close());
    return { session, options: { folder, retryPolicy, now: () => clock.now(), ...more } };
  };
  return { demo, proxy, folder, ...another(), another, state: () => stateOf(demo) };
}

/** All reservations and provisioned concurrency of an account. */
export function stateOf(demo: DemoServer): string {
  const { functions } = demo.account.region("us-east-1").state;
  return functions
    .map(({ name, reserved, provisioned }) => {
      const configs = provisioned.map(({ qualifier, requested }) => ` +${requested} ${qualifier}`);
      return `${name} ${reserved ?? "none"}${configs.sort().join("")}`;
    })
    .join(", ");
}

/** The same of an account file's entries. */
export function entriesText(entries: readonly FunctionEntry[]): string {
  return entries
    .map(({ name, reserved, provisioned = {} }) => {
      const configs = Object.entries(provisioned).map(([qualifier, requested]) => ` +${requested} ${qualifier}`);
      return `${name} ${reserved ?? "none"}${configs.sort().join("")}`;
    })
    .join(", ");
}

/** The log of changes, line by line. */
export async function auditOf(folder: string): Promise<readonly Record<string, unknown>[]> {
  const text = await readFile(auditPath(folder), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Record<string, unknown> => JSON.parse(line));
}
