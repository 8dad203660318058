import type { AccountIdentity } from "#core";
import type { PoolView } from "#protocol";

/** Names of an environment that ask for more care before a change. */
const careful = /^prod(uction)?$/i;

/** What is known of the budgets of the workspace; `unread`: there are budget files, but nobody could say what is in them. */
export type KnownPools = readonly Pick<PoolView, "name" | "budget" | "environment" | "account" | "region">[] | "unread";

/**
 * Why a change of this account asks for its name to be typed, as a sentence; undefined when it does not. A pool that leaves account or
 * Region open may be meant: that counts.
 * @param named `lambdaConcurrency.productionAccounts`: account ids and aliases
 */
export function whyProduction(
  { account, alias, region }: Pick<AccountIdentity, "account" | "alias" | "region">,
  pools: KnownPools,
  named: readonly string[],
): string | undefined {
  const setting = named.find((name) => name === account || (alias !== undefined && name === alias));
  if (setting !== undefined) return `Your settings call ${setting} a production account.`;
  if (pools === "unread")
    return "What the budget files say of this account could not be read, so it counts as production.";
  const pool = pools.find(
    (each) =>
      each.budget !== undefined &&
      careful.test(each.environment ?? "") &&
      (each.account ?? account) === account &&
      (each.region ?? region) === region,
  );
  return pool && `The budget of pool ${pool.name} calls this account and Region ${pool.environment}.`;
}
