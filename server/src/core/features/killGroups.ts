import { isLive } from "../account/matchLive.ts";
import { liveKey } from "../account/unclaimed.ts";
import type { Pool } from "../analysis.ts";
import type { KillGroup } from "../budgetFile/budgetFile.ts";
import { matchesWildcard } from "../patterns/wildcard.ts";
import { claimsMatching } from "./patterns.ts";

/** A kill group of a budget, held against the account. */
export interface KillGroupView {
  readonly name: string;
  /** FunctionNames of the live functions that it means, each once, in the order of their names. */
  readonly names: readonly string[];
  /** Patterns that mean no function at all, and keys of declared functions that are not found in the account. */
  readonly unmatched: readonly string[];
}

/**
 * The kill groups of a pool with live facts; none without. Patterns mean what they mean for grants: with a `/` the key of a function,
 * else its FunctionName. Live functions count also when no template declares them.
 */
export function killGroupsOf(pool: Pool): readonly KillGroupView[] {
  return pool.live === undefined ? [] : (pool.budget?.pool.killGroups ?? []).map((group) => held(pool, group));
}

function held(pool: Pool, { name, functions }: KillGroup): KillGroupView {
  const names = new Set<string>();
  const unmatched = new Set<string>();
  for (const { value: pattern } of functions) {
    const claims = claimsMatching(pool, pattern);
    const live = (pool.live?.snapshot.functions ?? []).filter((fn) =>
      matchesWildcard(pattern, pattern.includes("/") ? liveKey(fn) : fn.name),
    );
    for (const fn of live) names.add(fn.name);
    for (const claim of claims) {
      const match = pool.live?.functions.get(claim);
      if (isLive(match)) names.add(match.name);
      else unmatched.add(claim.key);
    }
    if (claims.length === 0 && live.length === 0) unmatched.add(pattern);
  }
  return { name, names: [...names].sort(), unmatched: [...unmatched] };
}
