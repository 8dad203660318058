import type { AccountSnapshot, LiveFunction } from "../accountSnapshot.ts";
import type { Pool } from "../analysis.ts";
import { reservedBy } from "./reservedBy.ts";

/** Functions of an account that the files do not speak of. */
export interface Strangers {
  /** With a reservation above 0, and meant by no function of a template. */
  readonly undeclared: readonly LiveFunction[];
  /** With a reservation, and known to no budget: neither a function of its stacks nor an entry stands for them. */
  readonly unplanned: ReadonlySet<LiveFunction>;
}

/** What the files leave out of each account: several budgets and templates may speak of one. */
export function strangersOf(pools: readonly Pool[]): ReadonlyMap<AccountSnapshot, Strangers> {
  const byAccount = new Map<AccountSnapshot, Pool[]>();
  for (const pool of pools) {
    if (!pool.live) continue;
    const same = byAccount.get(pool.live.snapshot);
    if (same) same.push(pool);
    else byAccount.set(pool.live.snapshot, [pool]);
  }
  return new Map([...byAccount].map(([snapshot, same]) => [snapshot, leftOut(snapshot, same)]));
}

function leftOut({ functions }: AccountSnapshot, pools: readonly Pool[]): Strangers {
  const declared = new Set<LiveFunction | null>(
    pools.flatMap(({ live }) => [...(live?.candidates.values() ?? [])].flat()),
  );
  const undeclared = functions.filter(
    (live) => live.outsidePool === undefined && reservedBy([live]) > 0 && !declared.has(live),
  );
  const [first, ...others] = pools.flatMap(({ budget, live }) => (budget && live ? [live.unclaimed] : []));
  const unplanned = others.reduce((left, unclaimed) => {
    const same = new Set(unclaimed);
    return left.filter((live) => same.has(live));
  }, first ?? []);
  return { undeclared, unplanned: new Set(unplanned) };
}

/** Does it say the same of the same functions? */
export function sameStrangers(a: Strangers | undefined, b: Strangers | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return sameItems(a.undeclared, b.undeclared) && sameItems([...a.unplanned], [...b.unplanned]);
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
