import type { OnlyBudgeted, PoolClaim, Stack } from "../analysis.ts";
import type { Grant } from "../budgetFile/budgetFile.ts";
import { exactly, orNothing, sum, times } from "../ledger/bounds.ts";
import type { DeclaredFunction } from "../model.ts";
import { PatternIndex } from "../patterns/patternIndex.ts";
import { isWildcard, matchesWildcard } from "../patterns/wildcard.ts";

/** A function as a budget entry can name it. */
export interface Named {
  readonly function: DeclaredFunction;
  readonly stack: Stack;
  /** `stack/LogicalId`, nested `stack/Child/LogicalId`. */
  readonly key: string;
}

/** Finds the entry that applies to a function: an exact one beats a pattern, a longer pattern a shorter, an earlier entry a later. */
export class GrantFinder {
  readonly #exact = new Map<string, Grant>();
  readonly #keys: PatternIndex<Grant>;
  readonly #names: PatternIndex<Grant>;
  readonly #all: Grant | undefined;

  constructor(grants: readonly Grant[]) {
    for (const grant of grants) {
      const { pattern } = grant;
      if (isWildcard(pattern) || this.#exact.has(pattern)) continue;
      this.#exact.set(pattern, grant);
    }
    const patterns = grants
      .filter(({ pattern }) => isWildcard(pattern))
      .sort((a, b) => b.pattern.length - a.pattern.length)
      .map((grant) => [grant.pattern, grant] as const);
    this.#all = patterns.find(([pattern]) => meansAll(pattern))?.[1];
    this.#keys = new PatternIndex(patterns.filter(([pattern]) => pattern.includes("/")));
    this.#names = new PatternIndex(patterns.filter(([pattern]) => !pattern.includes("/") && !meansAll(pattern)));
  }

  /** Every exact entry that means this function, the one that applies first. */
  exact(named: Named): readonly Grant[] {
    const { name } = named.function;
    const found = [this.#exact.get(named.key), typeof name === "string" ? this.#exact.get(name) : undefined];
    return found.filter((grant) => grant !== undefined);
  }

  find(named: Named): Grant | undefined {
    const { name } = named.function;
    const [exact] = this.exact(named);
    if (exact) return exact;
    const byKey = this.#keys.find(named.key);
    const byName = typeof name === "string" ? this.#names.find(name) : undefined;
    return longer(longer(byKey, byName), this.#all);
  }

  /** All exact entries, each pattern text once. */
  get exactGrants(): Iterable<Grant> {
    return this.#exact.values();
  }
}

/**
 * Does a budget entry (or a member of a downstream or kill group) mean this function? With a `/` it is compared with the key, else
 * with the FunctionName. A name that is not known, or that CloudFormation invents, is matched by `*` alone.
 */
export function matchesGrant(pattern: string, named: Named): boolean {
  if (meansAll(pattern)) return true;
  if (pattern.includes("/")) return matchesWildcard(pattern, named.key);
  const { name } = named.function;
  return typeof name === "string" && matchesWildcard(pattern, name);
}

function meansAll(pattern: string): boolean {
  return pattern.startsWith("*") && /^\*+$/.test(pattern);
}

function longer(a: Grant | undefined, b: Grant | undefined): Grant | undefined {
  if (!a || !b) return a ?? b;
  return b.pattern.length > a.pattern.length ? b : a;
}

/** What a pool's grants do to it. */
export interface Granted {
  readonly claims: readonly PoolClaim[];
  readonly onlyBudgeted: readonly OnlyBudgeted[];
  /** Sum of the grants alone. */
  readonly granted: number;
}

/**
 * Gives each claim its grant and finds the exact entries that no function of the pool has: those count by themselves.
 * @param outside functions that take nothing from the pool; an entry for one of them counts nothing either
 */
export function applyGrants(
  grants: readonly Grant[],
  claims: readonly PoolClaim[],
  outside: readonly Named[],
  stacks: readonly Stack[],
): Granted {
  const finder = new GrantFinder(grants);
  const declared = new Set<Grant>();
  const withGrants = claims.map((claim) => {
    for (const grant of finder.exact(claim)) declared.add(grant);
    const grant = finder.find(claim);
    return grant ? { ...claim, grant } : claim;
  });
  for (const named of outside) for (const grant of finder.exact(named)) declared.add(grant);

  const nameless = [...claims, ...outside].find((named) => isUnknown(named.function.name));
  const copies = new Map<string, number>();
  for (const { name, instances } of stacks) copies.set(name, (copies.get(name) ?? 0) + instances);
  const onlyBudgeted: OnlyBudgeted[] = [];
  for (const grant of finder.exactGrants) {
    if (!declared.has(grant)) onlyBudgeted.push(standAlone(grant, copies, nameless));
  }
  const shares = [
    ...withGrants.flatMap(({ grant, instances }) => (grant ? [times(exactly(grant.reserved), instances)] : [])),
    ...onlyBudgeted.map(({ grant, instances }) => times(exactly(grant.reserved), instances)),
  ];
  return { claims: withGrants, onlyBudgeted, granted: sum(shares).min };
}

/** A grant for a name may belong to a function whose name is not known: then it is not certain that it adds to the sum. */
function standAlone(grant: Grant, copies: ReadonlyMap<string, number>, nameless: Named | undefined): OnlyBudgeted {
  const slash = grant.pattern.indexOf("/");
  if (slash >= 0) {
    const name = grant.pattern.slice(0, slash);
    return { grant, claim: exactly(grant.reserved), instances: Math.max(1, copies.get(name) ?? 0) };
  }
  if (!nameless || grant.reserved === 0) return { grant, claim: exactly(grant.reserved), instances: 1 };
  const unknown = `the FunctionName of ${nameless.key} is not known and may be ${grant.pattern}`;
  return { grant, claim: orNothing(exactly(grant.reserved)), instances: 1, unknown };
}

function isUnknown(name: DeclaredFunction["name"]): boolean {
  return typeof name === "object" && name !== null;
}
