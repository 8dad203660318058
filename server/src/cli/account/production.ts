import type { AccountIdentity, Pool } from "#core";

/** Names of an environment that ask for more care before a change. */
const careful = /^prod(uction)?$/i;

/** Does a budget call a pool of this account and Region `production`? A pool that leaves account or Region open may be meant: that counts. */
export function isProduction(pools: readonly Pool[], { account, region }: AccountIdentity): boolean {
  return pools.some(
    (pool) =>
      careful.test(pool.budget?.pool.environment?.value ?? "") &&
      (pool.account ?? account) === account &&
      (pool.region ?? region) === region,
  );
}
