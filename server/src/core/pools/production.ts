import type { AccountIdentity } from "../accountSnapshot.ts";
import type { Analysis } from "../analysis.ts";
import { isBudgetFile } from "../budgetFile/isBudgetFile.ts";

/** Names of an environment that ask for more care before a change. */
const careful = /^\s*prod(uction)?\s*$/i;

/** A pool, as far as it says how much care its account asks for. Only one of a budget says something. */
export interface PoolEnvironment {
  readonly name: string;
  readonly budget?: unknown;
  readonly environment?: string;
  /** What the budget says of its environment, account or Region cannot be read. */
  readonly environmentUnread?: true;
  readonly account: string | null;
  readonly region: string | null;
}

/** What budgets say; `unread`: there are budget files, but nobody can say what is in them. */
export type KnownEnvironments = readonly PoolEnvironment[] | "unread";

/** What the budget files of an analysis say of their environments. */
export function environmentsOf({ pools, files, findings }: Analysis): KnownEnvironments {
  const known = new Set(pools.map(({ budget }) => budget?.file.uri));
  const invalid = new Set(findings.filter(({ rule }) => rule === "budget-invalid").map(({ place }) => place.uri));
  const unread = files.some(
    ({ uri, error }) => isBudgetFile(uri) && (error !== undefined || (invalid.has(uri) && !known.has(uri))),
  );
  return unread ? "unread" : pools.map(environmentOf);
}

/** What the budget of a pool says of its environment. */
export function environmentOf({ name, budget, account, region }: Analysis["pools"][number]): PoolEnvironment {
  const { environment, environmentUnread, unread = [] } = budget?.pool ?? {};
  const isUnread = environmentUnread || unread.some(({ part }) => part === "document");
  return {
    name,
    account,
    region,
    ...(budget && { budget: budget.file.uri }),
    ...(environment && { environment: environment.value }),
    ...(isUnread && { environmentUnread: true }),
  };
}

/**
 * Why a change of this account asks for more care, as a sentence; undefined when it does not. A pool that leaves
 * account or Region open may be meant, and what cannot be read may say so: both count.
 * @param named ids and aliases of accounts that the user calls production
 */
export function whyProduction(
  { account, alias, region }: Pick<AccountIdentity, "account" | "alias" | "region">,
  pools: KnownEnvironments,
  named: readonly string[] = [],
): string | undefined {
  const setting = named.find((name) => name === account || (alias !== undefined && name === alias));
  if (setting !== undefined) return `Your settings call ${setting} a production account.`;
  if (pools === "unread")
    return "What the budget files say of this account could not be read, so it counts as production.";
  const called = productionPool({ account, region }, pools);
  if (called) return `The budget of pool ${called.name} calls this account and Region ${called.environment?.trim()}.`;
  const unread = pools.find((pool) => pool.environmentUnread && mayMean(pool, { account, region }));
  return unread && `The budget of pool ${unread.name} cannot be read completely, so this account counts as production.`;
}

/** The pool whose budget calls this account and Region production; undefined when none does, as far as budgets can be read. */
export function productionPool(
  identity: Pick<AccountIdentity, "account" | "region">,
  pools: KnownEnvironments,
): PoolEnvironment | undefined {
  if (pools === "unread") return undefined;
  return pools.find((pool) => careful.test(pool.environment ?? "") && mayMean(pool, identity));
}

/** A pool that leaves account or Region open may mean any. */
function mayMean(pool: PoolEnvironment, { account, region }: Pick<AccountIdentity, "account" | "region">): boolean {
  return (
    pool.budget !== undefined &&
    (pool.account ?? account) === account &&
    (pool.region ?? region).toLowerCase() === region.toLowerCase()
  );
}
