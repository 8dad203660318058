import type { Session } from "#aws";
import { type AccountIdentity, either, killGroupsOf, list, type Pool } from "#core";
import { UsageError } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import { closest, type Options } from "../options.ts";
import type { Selection } from "../selection.ts";
import { readBudgets } from "./budgetPools.ts";
import { linkOf, standingOf } from "./livePools.ts";
import { choiceOf } from "./options.ts";
import { complainOf, isWhole, readAccount } from "./readAccount.ts";

/**
 * The functions of kill groups, as the budgets of the current folder declare them for an open account and the account has them now. Throws a
 * `UsageError` for a group that no budget of this account and Region has, or several have.
 */
export async function killGroupMembers(
  session: Session,
  groups: readonly string[],
  options: Options,
  io: Io,
  signal: AbortSignal,
): Promise<{ readonly selections: readonly Selection[]; readonly isWhole: boolean }> {
  if (groups.length === 0) return { selections: [], isWhole: true };
  const { identity } = session;
  const budgets = await readBudgets([], options, io);
  const pools = poolsOf(budgets.pools, identity, options);
  const meant = groups.map((group) => ({ group, pool: poolOfGroup(group, pools, identity) }));
  const snapshot = await readAccount(session, io, signal);
  complainOf(snapshot, io);
  const links = meant.flatMap(({ pool }) => linkOf(pool, identity) ?? []);
  const live = budgets.analyse({ snapshots: [snapshot], links }).pools;
  const selections = meant.map(({ group, pool }): Selection => {
    const same = live.find((other) => isSame(other, pool));
    const found = (same === undefined ? [] : killGroupsOf(same)).find(({ name }) => name === group);
    return { by: "group", value: group, functions: found?.names ?? [], missing: found?.unmatched ?? [] };
  });
  return { selections, isWhole: isWhole(snapshot) };
}

function poolsOf(pools: readonly Pool[], identity: AccountIdentity, options: Options): readonly Pool[] {
  const { profile, region } = choiceOf(options);
  const choice = {
    explicit: profile !== undefined || region !== undefined,
    named: pools.some(({ account }) => account !== null),
  };
  return pools.filter((pool) => ["same", "linked"].includes(standingOf(pool, identity, choice)));
}

function poolOfGroup(group: string, pools: readonly Pool[], { account, region }: AccountIdentity): Pool {
  const has = (pool: Pool) => groupsOf(pool).includes(group);
  const [pool, ...others] = pools.filter(has);
  if (pool === undefined) {
    const names = [...new Set(pools.flatMap(groupsOf))];
    const meant = closest(group, names);
    const known = names.length === 0 ? "They have none." : `They have ${list(names)}.`;
    const hint = meant === undefined ? known : `Did you mean ${meant}?`;
    throw new UsageError(
      `--group ${group}: no budget in this folder for account ${account} in ${region} has this kill group. ${hint}`,
    );
  }
  if (others.length > 0) {
    const names = [pool, ...others].map(({ name }) => name);
    throw new UsageError(
      `--group ${group}: pools ${list(names)} of this account and Region have a kill group of this name. Rename it in ${either(names)}.`,
    );
  }
  return pool;
}

function groupsOf({ budget }: Pool): readonly string[] {
  return (budget?.pool.killGroups ?? []).map(({ name }) => name);
}

function isSame(a: Pool, b: Pool): boolean {
  return a.name === b.name && a.budget?.file.uri === b.budget?.file.uri;
}
