import type { AccountIdentity, PoolLink } from "#core";
import type { PoolView } from "#protocol";

/** The pool that a node of a tree stands for, when a command is given one. */
export function poolOfNode(target: unknown): PoolView | undefined {
  if (typeof target !== "object" || target === null) return undefined;
  const { node } = target as { readonly node?: { readonly subject?: { readonly pool?: PoolView } } };
  return node?.subject?.pool;
}

/** The pools that may be linked to an account in a Region: those that name no account, and no other Region. */
export function linkablePools(pools: readonly PoolView[], region: string): readonly PoolView[] {
  return pools.filter((pool) => pool.account === null && (pool.region === null || pool.region === region));
}

/** Why a pool cannot be linked to an account, as a sentence; undefined when it can. */
export function whyNotLinkable(
  { name, account, region }: PoolView,
  to: Pick<AccountIdentity, "region">,
): string | undefined {
  if (account !== null) return `${name} names account ${account} in its budget: it takes the values of that one.`;
  if (region === null || region === to.region) return undefined;
  return `${name} is in ${region}, connected is ${to.region}. Switch the Region first.`;
}

/** The link of a pool to an account; undefined for a pool of no file. */
export function linkOf(
  { budget, place, name }: PoolView,
  { account, region }: Pick<PoolLink, "account" | "region">,
): PoolLink | undefined {
  const uri = budget ?? place?.uri;
  return uri === undefined ? undefined : { uri, pool: name, account, region };
}
