import { PatternIndex } from "../pools/patternIndex.ts";
import { isWildcard } from "../pools/wildcard.ts";
import type { Matched } from "./matchLive.ts";
import type { AccountSnapshot, LiveFunction } from "./snapshot.ts";

/**
 * Live functions with a reservation that nothing stands for: no declared function, no exact entry (`taken`), no pattern. In the order of their names.
 * @param patterns the patterns of the budget's entries
 */
export function unclaimedOf(
  { functions }: AccountSnapshot,
  taken: ReadonlySet<LiveFunction>,
  patterns: readonly string[],
): readonly LiveFunction[] {
  const globs = patterns.filter(isWildcard).map((pattern) => [pattern, pattern] as const);
  const keys = new PatternIndex(globs.filter(([pattern]) => pattern.includes("/")));
  const names = new PatternIndex(globs.filter(([pattern]) => !pattern.includes("/")));
  return functions.filter((live) => {
    if (typeof live.reserved !== "number" || live.outsidePool !== undefined || taken.has(live)) return false;
    return names.find(live.name) === undefined && keys.find(liveKey(live)) === undefined;
  });
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
