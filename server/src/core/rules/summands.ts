import type { Pool, PoolClaim } from "../analysis.ts";
import { boundsOf, times } from "../ledger/bounds.ts";
import type { Bounds, Related, Uri } from "../model.ts";
import { range } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import { budgetData, budgetPlace, claimSetting, fixDataOf } from "./claimFacts.ts";
import { type FindingDraft, MAX_RELATED } from "./findingDraft.ts";

/** The same verdict in the budget and in each contributing file, on its largest claim, with the other summands beside it. */
export function* onEachFile(
  pool: Pool,
  draft: Pick<FindingDraft, "rule" | "severity"> & {
    /** What is wrong, and in a second sentence what to do. */
    readonly text: readonly [problem: string, advice: string];
    readonly related?: readonly Related[];
  },
): Generator<FindingDraft> {
  const [problem, advice] = draft.text;
  const summands = summandsOf(pool);
  const own = draft.related ?? [];
  if (pool.budget) {
    const { related, notListed } = beside(undefined, summands);
    const common = { ...draft, pool, place: budgetPlace(pool), data: budgetData(pool) };
    const text = `${problem} ${advice}`;
    yield { ...common, text, related: [...own, ...related], notListed };
  }
  for (const [largest, ...others] of byFile(summands).values()) {
    const { claim, place, what } = largest;
    const { related, notListed } = beside(largest, summands);
    const share = others.length === 0 ? what : `${what}, the most in this file`;
    const text = `${problem} ${share}. ${advice}`;
    const data = fixDataOf(claim, pool);
    yield { ...draft, pool, place, text, related: [...own, ...statedLimit(pool), ...related], notListed, data };
  }
}

/** One part of a pool's sum. */
interface Summand extends Related {
  /** The message without its full stop. */
  readonly what: string;
  /** Absent for what is only budgeted. */
  readonly claim?: PoolClaim;
}

interface ClaimSummand extends Summand {
  readonly claim: PoolClaim;
}

function byFile(summands: readonly Summand[]): Map<Uri, [ClaimSummand, ...ClaimSummand[]]> {
  const files = new Map<Uri, [ClaimSummand, ...ClaimSummand[]]>();
  for (const summand of summands) {
    const { claim, place } = summand;
    if (!claim) continue;
    const file = files.get(place.uri);
    if (file) file.push({ ...summand, claim });
    else files.set(place.uri, [{ ...summand, claim }]);
  }
  return files;
}

/** The largest other parts; a pool may have thousands. */
function beside(summand: Summand | undefined, all: readonly Summand[]) {
  const others = all
    .slice(0, MAX_RELATED + 1)
    .filter((other) => other.place !== summand?.place || other.claim !== summand?.claim);
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
    const what = `${claim.key} claims ${share(claim.claim, claim.instances, total)}`;
    const { place } = claimSetting(claim.function);
    parts.push({ size: total.min, summand: { place, what, message: `${what}.`, claim } });
  }
  for (const { grant, instances } of pool.onlyBudgeted) {
    const total = times(boundsOf(grant.reserved), instances);
    if (total.min === 0) continue;
    const what = `${grant.pattern} is granted ${share(boundsOf(grant.reserved), instances, total)}`;
    parts.push({ size: total.min, summand: { place: grant.valuePlace, what, message: `${what}.` } });
  }
  return parts.sort((a, b) => b.size - a.size).map(({ summand }) => summand);
}

function share(one: Bounds, instances: number, total: Bounds): string {
  return instances === 1 ? range(one) : `${range(total)} (${num(instances)} × ${range(one)})`;
}
