import type { AccountSnapshot } from "../accountSnapshot.ts";
import type { AnalysisOptions } from "../analysis.ts";
import type { Uri } from "../model.ts";

/** What decides which account a pool's facts come from. */
export interface PoolOrigin {
  readonly name: string;
  /** Budget file, or template of a pool without a budget; absent for a pool of several templates. */
  readonly uri?: Uri | undefined;
  /** As the budget says; undefined when it does not. */
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

/**
 * The snapshot of a pool's account and Region. A budget that names both decides alone. One that leaves something open takes facts only when the user has
 * linked it or `linkAll` is on, and never those of another account or Region than it names. Undefined when there is none, or when several would do.
 */
export function poolSnapshot(pool: PoolOrigin, options: AnalysisOptions): AccountSnapshot | undefined {
  const { snapshots = [], linkAll } = options;
  if (snapshots.length === 0) return undefined;
  const agreeing = snapshots.filter(({ identity }) => agrees(pool, identity));
  if (pool.account !== undefined && pool.region !== undefined) return only(agreeing);
  const link = options.links?.find(({ uri, pool: name }) => uri === pool.uri && name === pool.name);
  if (link) return only(agreeing.filter(({ identity }) => agrees(link, identity)));
  return linkAll && snapshots.length === 1 ? only(agreeing) : undefined;
}

function agrees(
  wanted: Pick<PoolOrigin, "account" | "region">,
  { account, region }: AccountSnapshot["identity"],
): boolean {
  return (wanted.account ?? account) === account && (wanted.region ?? region) === region;
}

function only<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}
