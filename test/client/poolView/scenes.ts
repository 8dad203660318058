import { poolViewState } from "#client/poolView/poolViewState.ts";
import type { LiveFunction } from "#core";
import type { ToView } from "#webview/poolMessages.ts";
import { connected, fn, snapshot, usage } from "../views/support.ts";
import { liveRow, pool, row } from "./pools.ts";

const names = ["Checkout", "Search", "Inventory", "Payment", "Email", "Import", "Thumbnails", "Audit"];
const sizes = [240, 160, 120, 90, 60, 40, 25, 5];

function shop(scale = 1, used = 0.55): { rows: ReturnType<typeof liveRow>[]; functions: LiveFunction[] } {
  const claims = names.map((name, i) => [name, Math.round((sizes[i] ?? 0) * scale)] as const);
  return {
    rows: claims.map(([name, claim]) => liveRow(name, claim)),
    functions: claims.map(([name, claim], i) =>
      fn(name, claim, { usage: usage({ now: Math.round(claim * used * ((i % 4) / 3)) }) }),
    ),
  };
}

function told(
  rows: Parameters<typeof pool>[0],
  { claimed, ...more }: Partial<Parameters<typeof pool>[1]> & { claimed: number },
  functions: readonly LiveFunction[] = [],
  whatIf: ReadonlyMap<string, number> = new Map(),
): ToView {
  const verdict = claimed > 900 ? ("over" as const) : ("fits" as const);
  const pools = [pool(rows, { live: true, claimed, unreserved: 1000 - claimed, verdict, ...more })];
  const account = connected(snapshot(functions));
  return poolViewState({ pools, server: "running", account, chosen: undefined, whatIf });
}

const unknown = { unknown: "parameter Size has no value" };
const normal = shop();
const big = shop(1.6, 0.8);

/** Recorded states of the pool view, by name. */
export const scenes: Readonly<Record<string, ToView>> = {
  normal: told(normal.rows, { claimed: 740 }, normal.functions),
  whatIf: told(
    normal.rows,
    { claimed: 740 },
    normal.functions,
    new Map([
      ["shop/Payment", 40],
      ["shop/Email", 120],
    ]),
  ),
  overcommitted: told(big.rows, { claimed: 1184 }, big.functions),
  unknown: told(
    [...normal.rows.slice(0, 3), row("Reports", unknown), row("Exports", { ...unknown, min: 40, max: 90 })],
    {
      claimed: 560,
      verdict: "depends",
    },
  ),
  one: told([row("Only", 300)], { claimed: 300 }),
  none: told([], { claimed: 0 }),
  thousand: told(
    Array.from({ length: 1000 }, (_, i) =>
      liveRow(`orders-worker-${String(i).padStart(4, "0")}`, i < 12 ? 400 - i * 25 : 4),
    ),
    { claimed: 7102, limit: 10_000, unreserved: 2898, verdict: "fits" },
    Array.from({ length: 1000 }, (_, i) =>
      fn(`orders-worker-${String(i).padStart(4, "0")}`, 4, { usage: usage({ now: i % 4 }) }),
    ),
  ),
  empty: poolViewState({
    pools: [],
    server: "running",
    account: { kind: "disconnected" },
    chosen: undefined,
    whatIf: new Map(),
  }),
  error: poolViewState({
    pools: [],
    server: "running",
    account: {
      kind: "failed",
      choice: {},
      error: { kind: "expired", message: "The session of profile dev has expired. Run aws sso login --profile dev." },
    },
    chosen: undefined,
    whatIf: new Map(),
  }),
};
