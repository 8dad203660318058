import type { Value } from "#core";
import type { PoolRow, PoolView } from "#protocol";
import { arnOf } from "../views/support.ts";

/** A row of a function that a template declares and a budget grants. */
export function row(name: string, claim: Value, more: Partial<PoolRow> = {}): PoolRow {
  const range = { start: { line: 3, character: 0 }, end: { line: 3, character: 5 } };
  return {
    key: `shop/${name}`,
    name,
    granted: typeof claim === "number" ? claim : 100,
    off: false,
    declared: claim,
    claim,
    places: {
      budget: { uri: "file:///w/concurrency-budget.yaml", range },
      template: { uri: "file:///w/t.yaml", range },
    },
    ...more,
  };
}

/** A pool of a budget with the limit of an account, 1,000, and the floor 100. */
export function pool(rows: readonly PoolRow[], more: Partial<PoolView> = {}): PoolView {
  return {
    id: "0 file:///w/concurrency-budget.yaml",
    name: "orders-production",
    budget: "file:///w/concurrency-budget.yaml",
    environment: "production",
    account: "123456789012",
    region: "us-east-1",
    live: false,
    limit: 1000,
    limitSource: "given",
    floor: 100,
    floorSource: "estimated",
    claimed: 0,
    unreserved: 1000,
    granted: 0,
    verdict: "fits",
    rows,
    ...more,
  };
}

/** A row whose function is in the account too. */
export function liveRow(name: string, claim: number, more: Partial<PoolRow> = {}): PoolRow {
  return row(name, claim, { live: claim, arn: arnOf(name), ...more });
}
