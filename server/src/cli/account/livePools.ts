import type { AccountIdentity, Pool, PoolLink } from "#core";

/** How a pool stands to an account that was opened for it. */
export type Standing = "same" | "linked" | "other" | "unlinked";

/** Does the user's own choice of a profile or Region cover what a budget leaves open? */
export interface LiveChoice {
  /** Was `--profile` or `--region` given? */
  readonly explicit: boolean;
  /** Does any budget name an account? */
  readonly named: boolean;
}

/**
 * May the facts of this account be used for the pool? A budget that names the account decides. One that leaves it open takes them when the user named a
 * profile or Region, or when no budget names an account at all: else the credentials were chosen for another pool.
 */
export function standingOf(pool: Pool, { account, region }: AccountIdentity, choice: LiveChoice): Standing {
  if (pool.account !== null && pool.account !== account) return "other";
  if (pool.region !== null && pool.region !== region) return "other";
  if (pool.account !== null && pool.region !== null) return "same";
  return pool.account !== null || choice.explicit || !choice.named ? "linked" : "unlinked";
}

/** Ties a pool that leaves account or Region open to an account; nothing for a pool of several templates, which has no file of its own. */
export function linkOf(pool: Pool, { account, region }: AccountIdentity): PoolLink | undefined {
  const uri = pool.budget?.file.uri ?? (pool.stacks.length === 1 ? pool.stacks[0]?.template.uri : undefined);
  return uri === undefined ? undefined : { uri, pool: pool.name, account, region };
}

/** The Regions to read, those that budgets name first; undefined is the one that the environment decides. */
export function regionsToRead(pools: readonly Pool[], given: string | undefined): readonly (string | undefined)[] {
  if (pools.length === 0) return [];
  if (given !== undefined) return [given];
  const named = pools.flatMap(({ region }) => (region === null ? [] : [region]));
  const open = pools.some(({ region }) => region === null) ? [undefined] : [];
  return [...new Set(named), ...open];
}
