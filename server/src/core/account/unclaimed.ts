import type { AccountSnapshot, LiveFunction } from "../accountSnapshot.ts";
import type { Grant } from "../budgetFile/budgetFile.ts";
import { PatternIndex } from "../patterns/patternIndex.ts";
import { isWildcard } from "../patterns/wildcard.ts";
import type { Matched } from "./matched.ts";

/** Live functions with a reservation that no declared function and no exact entry stands for, in the order of their names. */
export interface NotTaken {
  /** Those that a pattern of the budget covers, by the entry that applies: a longer pattern beats a shorter. */
  readonly covered: ReadonlyMap<Grant, readonly LiveFunction[]>;
  /** Those that nothing stands for. */
  readonly unclaimed: readonly LiveFunction[];
}

/** Sorts what is not `taken` by whether an entry of the budget covers it. */
export function notTaken(
  { functions }: AccountSnapshot,
  taken: ReadonlySet<LiveFunction>,
  grants: readonly Grant[],
): NotTaken {
  const globs = grants
    .filter(({ pattern }) => isWildcard(pattern))
    .toSorted((a, b) => b.pattern.length - a.pattern.length)
    .map((grant) => [grant.pattern, grant] as const);
  const keys = new PatternIndex(globs.filter(([pattern]) => pattern.includes("/")));
  const names = new PatternIndex(globs.filter(([pattern]) => !pattern.includes("/")));
  const covered = new Map<Grant, LiveFunction[]>();
  const unclaimed: LiveFunction[] = [];
  for (const live of functions) {
    if (typeof live.reserved !== "number" || live.outsidePool !== undefined || taken.has(live)) continue;
    const byName = names.find(live.name);
    const byKey = keys.find(liveKey(live));
    const grant = byName && byKey && byName.pattern.length > byKey.pattern.length ? byName : (byKey ?? byName);
    if (grant === undefined) {
      unclaimed.push(live);
      continue;
    }
    const same = covered.get(grant);
    if (same) same.push(live);
    else covered.set(grant, [live]);
  }
  return { covered, unclaimed };
}

/** Those that a stack of the pool made and whose logical id its template does not declare any more. Silent where more may be declared than can be seen. */
export function removedOf(
  unclaimed: readonly LiveFunction[],
  { named, unseen, claims, outside }: Matched,
): readonly LiveFunction[] {
  if (unclaimed.length === 0) return [];
  const hiding = new Set(unseen.map(({ stack }) => stack));
  const seen = new Set([...named].filter((stack) => !hiding.has(stack)).map(({ name }) => name));
  const declared = new Set([...claims, ...outside].map(({ key }) => key));
  return unclaimed.filter((live) => live.stack && seen.has(live.stack.name) && !declared.has(liveKey(live)));
}

/** `stack/LogicalId` from the tags, else the FunctionName. */
export function liveKey({ name, stack }: LiveFunction): string {
  return stack ? `${stack.name}/${stack.logicalId}` : name;
}
