import type { AccountState } from "#client/account/accountState.ts";
import type { ViewNode } from "#client/tree/node.ts";
import type { AccountIdentity, AccountSnapshot, AccountUsage, LiveFunction } from "#core";
import type { PoolRow, PoolView } from "#protocol";

/** The account that the snapshots are of. */
export const identity: AccountIdentity = {
  account: "123456789012",
  alias: "production",
  arn: "arn:aws:iam::123456789012:user/dev",
  partition: "aws",
  region: "us-east-1",
};

/** What ids begin with. */
export const key = "aws/123456789012/us-east-1";

/** The ARN of a function of the account. */
export function arnOf(name: string): string {
  return `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
}

/** A function of the account whose reservation was read. */
export function fn(name: string, reserved: LiveFunction["reserved"], more: Partial<LiveFunction> = {}): LiveFunction {
  return { name, arn: arnOf(name), reserved, readAt: "2026-01-02T03:00:00.000Z", ...more };
}

/** Use over three hours. */
export function usage(more: Partial<AccountUsage> = {}): AccountUsage {
  return { from: "2026-01-02T00:00:00.000Z", until: "2026-01-02T03:00:00.000Z", concurrency: [], ...more };
}

/** A complete snapshot. */
export function snapshot(functions: readonly LiveFunction[], more: Partial<AccountSnapshot> = {}): AccountSnapshot {
  return {
    version: 1,
    identity,
    readAt: "2026-01-02T03:00:00.000Z",
    limit: 1000,
    unreserved: 400,
    functionCount: functions.length,
    reading: { state: "complete", known: functions.length, listed: functions.length },
    functions,
    problems: [],
    ...more,
  };
}

/** An account that shows this snapshot. */
export function connected(of: AccountSnapshot): AccountState {
  return { kind: "connected", choice: { profile: "dev" }, snapshot: of };
}

/** A tree as lines: two spaces for each level, the description behind two spaces. */
export function lines(nodes: readonly ViewNode[], depth = Number.POSITIVE_INFINITY, indent = ""): readonly string[] {
  return nodes.flatMap((node) => {
    const line = `${indent}${node.label}${node.description ? `  ${node.description}` : ""}`;
    return [line, ...(depth > 0 ? lines(node.children ?? [], depth - 1, `${indent}  `) : [])];
  });
}

/** The child with this label. */
export function child(nodes: readonly ViewNode[], ...labels: readonly string[]): ViewNode {
  const [label, ...rest] = labels;
  const found = nodes.find((node) => node.label === label);
  if (found === undefined) throw new Error(`no node ${label} in ${nodes.map((node) => node.label).join(", ")}`);
  return rest.length === 0 ? found : child(found.children ?? [], ...rest);
}

/** A row of a pool. */
export function poolRow(name: string, more: Partial<PoolRow> = {}): PoolRow {
  const place = {
    uri: "file:///w/b.yaml",
    range: { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } },
  };
  return { key: `shop/${name}`, name, granted: 100, off: false, places: { budget: place }, ...more };
}

/** A pool of a budget file, with live values. */
export function pool(rows: readonly PoolRow[], more: Partial<PoolView> = {}): PoolView {
  return {
    id: "file:///w/b.yaml#0",
    name: "production",
    budget: "file:///w/b.yaml",
    account: "123456789012",
    region: "us-east-1",
    live: true,
    limit: 1000,
    limitSource: "given",
    floor: 100,
    floorSource: "configured",
    claimed: 600,
    unreserved: 400,
    granted: 700,
    verdict: "fits",
    rows,
    ...more,
  };
}
