import type { PoolRow, PoolView } from "#protocol";

/** A line of a budget or template that stands for a function of the account. */
export interface PoolEntry {
  readonly pool: PoolView;
  readonly row: PoolRow;
}

/** What the files of the workspace say about the functions of an account. */
export interface PoolFacts {
  /** By ARN; a function may stand in several pools. */
  readonly entries: ReadonlyMap<string, readonly PoolEntry[]>;
  /** A budget file speaks for this account: a function that it does not switch off is not meant to be off. */
  readonly budgeted: boolean;
  /** What budget files say Lambda insists on leaving unreserved here; undefined when none says it, or two disagree. */
  readonly configuredFloor?: number;
}

/** What the pools say about the functions of the connected account. */
export function poolFacts(pools: readonly PoolView[]): PoolFacts {
  const entries = new Map<string, PoolEntry[]>();
  const live = pools.filter((pool) => pool.live);
  for (const pool of live) {
    for (const row of pool.rows) {
      if (row.arn === undefined) continue;
      const known = entries.get(row.arn);
      if (known === undefined) entries.set(row.arn, [{ pool, row }]);
      else known.push({ pool, row });
    }
  }
  const floors = new Set(live.filter(({ floorSource }) => floorSource === "configured").map(({ floor }) => floor));
  const [floor] = floors;
  return {
    entries,
    budgeted: live.some(({ budget }) => budget !== undefined),
    ...(floors.size === 1 && floor !== undefined ? { configuredFloor: floor } : {}),
  };
}

/** The rows of functions that a template or a budget names: a row of neither is there because the account has the function. */
export function namedInFiles(pools: readonly PoolView[]): readonly PoolRow[] {
  return pools.flatMap(({ rows }) => rows).filter(isNamed);
}

/** Does a template or a budget name it? */
export function isNamed({ declared, granted }: PoolRow): boolean {
  return declared !== undefined || granted !== null;
}

/** Nothing is known of the files of the workspace. */
export const noPoolFacts: PoolFacts = { entries: new Map(), budgeted: false };

/** What files want a function to have, when they agree: the declared value, unless the budget grants another one. */
export function wantedOf({ budget }: PoolView, { granted, declared }: PoolRow): number | null | undefined {
  if (declared === undefined || (typeof declared === "object" && declared !== null)) return undefined;
  return budget === undefined || granted === declared ? declared : undefined;
}
