import type { Pool, PoolClaim } from "../analysis.ts";
import { boundsOf, times } from "../ledger/bounds.ts";
import type { Bounds } from "../ledger/ledger.ts";
import type { Related, Uri } from "../model.ts";
import { type Draft, MAX_RELATED } from "./draft.ts";
import { budgetData, budgetPlace, claimSetting, fixDataOf } from "./subject.ts";
import { num, range } from "./words.ts";

/** The same verdict in the budget and in each contributing file, on its largest claim, with the other summands beside it. */
export function* onEachFile(
  pool: Pool,
  draft: Pick<Draft, "rule" | "text" | "severity"> & { readonly related?: readonly Related[] },
): Generator<Draft> {
  const summands = summandsOf(pool);
  const own = draft.related ?? [];
  if (pool.budget) {
    const { related, notListed } = beside(undefined, summands);
    yield {
      ...draft,
      pool,
      place: budgetPlace(pool),
      related: [...own, ...related],
      notListed,
      data: budgetData(pool),
    };
  }
  const files = new Set<Uri>();
  for (const summand of summands) {
    const { place, claim } = summand;
    if (!claim || files.has(place.uri)) continue;
    files.add(place.uri);
    const { related, notListed } = beside(summand, summands);
    const data = fixDataOf(claim, pool);
    yield { ...draft, pool, place, related: [...own, ...statedLimit(pool), ...related], notListed, data };
  }
}

/** One part of a pool's sum. */
interface Summand extends Related {
  /** Absent for what is only budgeted. */
  readonly claim?: PoolClaim;
}

/** The largest other parts; a pool may have thousands. */
function beside(summand: Summand | undefined, all: readonly Summand[]) {
  const others = all.slice(0, MAX_RELATED + 1).filter((other) => other !== summand);
  const related = others.slice(0, MAX_RELATED).map(({ place, message }): Related => ({ place, message }));
  return { related, notListed: all.length - (summand ? 1 : 0) - related.length };
}

function statedLimit({ name, limit, budget }: Pool): Related[] {
  const stated = budget?.pool.limit;
  if (stated?.value !== limit) return [];
  return [{ place: stated.place, message: `The limit of pool ${name} is ${num(limit)} here.` }];
}

/** All parts of the sum that are certain to be there, largest first. */
function summandsOf(pool: Pool): Summand[] {
  const parts: { readonly size: number; readonly summand: Summand }[] = [];
  for (const claim of pool.claims) {
    const total = times(claim.claim, claim.instances);
    if (total.min === 0) continue;
    const message = `${claim.key} claims ${share(claim.claim, claim.instances, total)}.`;
    parts.push({ size: total.min, summand: { place: claimSetting(claim.function).place, message, claim } });
  }
  for (const { grant, instances } of pool.onlyBudgeted) {
    const total = times(boundsOf(grant.reserved), instances);
    if (total.min === 0) continue;
    const message = `${grant.pattern} is granted ${share(boundsOf(grant.reserved), instances, total)}.`;
    parts.push({ size: total.min, summand: { place: grant.valuePlace, message } });
  }
  return parts.sort((a, b) => b.size - a.size).map(({ summand }) => summand);
}

function share(one: Bounds, instances: number, total: Bounds): string {
  return instances === 1 ? range(one) : `${range(total)} (${num(instances)} × ${range(one)})`;
}
