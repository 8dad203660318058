import type { Pool, PoolClaim } from "../analysis.ts";
import { boundsOf, times } from "../ledger/bounds.ts";
import { overshootOf } from "../ledger/headroom.ts";
import type { Bounds } from "../ledger/ledger.ts";
import { shortOfCushion } from "../ledger/shortfall.ts";
import type { Place, Related, Uri } from "../model.ts";
import type { Draft } from "./draft.ts";
import type { FixData } from "./fixData.ts";
import type { Scene } from "./scene.ts";
import { budgetData, claimSetting, fixDataOf } from "./subject.ts";
import { num, range } from "./words.ts";

/** `pool-overcommitted`, in the budget and in every file that contributes a claim. */
export function* poolOvercommitted({ pools }: Scene): Generator<Draft> {
  for (const pool of pools) {
    if (pool.ledger.verdict !== "over") continue;
    const assumed = pool.limitSource === "assumed";
    yield* onEachFile(pool, {
      rule: "pool-overcommitted",
      text: `${tooMany(pool)} ${assumed ? stateTheLimit : "Lower reservations by that much, or have the limit raised."}`,
      ...(assumed && { severity: "warning" }),
    });
  }
}

/** `cushion-broken`: the floor is kept, but not the `keep-unreserved` of the budget. */
export function* cushionBroken({ pools }: Scene): Generator<Draft> {
  for (const pool of pools) {
    const cushion = pool.budget?.pool.keepUnreserved;
    if (!cushion || pool.ledger.verdict !== "fits") continue;
    const short = boundsOf(shortOfCushion(pool.ledger, cushion.value));
    if (short.max === 0) continue;
    const left = range(boundsOf(pool.ledger.unreserved));
    const kept = `${left} of ${limitText(pool)} stay unreserved; keep-unreserved asks for ${num(cushion.value)}`;
    const related = [{ place: cushion.place, message: `keep-unreserved is ${num(cushion.value)} here.` }];
    if (short.min > 0) {
      const text = `${kept}, so ${range(short)} too few. Lower reservations by that much, or lower keep-unreserved.`;
      yield* onEachFile(pool, { rule: "cushion-broken", text, related });
    } else {
      const text = `${kept}; whether that is kept depends on ${causes(pool)}.`;
      yield { rule: "value-unknown", place: budgetPlace(pool), text, pool, related, data: budgetData(pool) };
    }
  }
}

/** Where a pool's finding stands in its budget: on `limit`, else `pool`, else the first line. */
export function budgetPlace(pool: Pool): Place {
  const budget = pool.budget?.pool;
  return budget?.limit?.place ?? (budget?.place as Place);
}

/** `1,000`, with where it comes from unless the user has stated it. */
export function limitText(pool: Pool): string {
  if (pool.limitSource === "assumed") return `an assumed limit of ${num(pool.limit)}`;
  return pool.limitSource === "live" ? `the account's ${num(pool.limit)}` : num(pool.limit);
}

/** `floor`, with how it is known unless the user has stated it. */
export function floorText(pool: Pool): string {
  if (pool.floorSource === "estimated") return "estimated floor";
  return pool.floorSource === "learned" ? "floor, learned from Lambda" : "floor";
}

/** What decides an undecided pool, the first few causes. */
export function causes(pool: Pool): string {
  const { claimed } = pool.ledger;
  return typeof claimed === "object" && claimed !== null ? claimed.unknown : "";
}

const stateTheLimit =
  "Lower reservations, or state the real limit (limit in the budget, --limit, or the setting lambdaConcurrency.assumedLimit).";

function tooMany(pool: Pool): string {
  const claimed = `${range(pool.ledger.claimedBounds)} of ${limitText(pool)} claimed`;
  const over = range(boundsOf(overshootOf(pool.ledger)));
  if (pool.floor >= pool.limit) {
    return `${claimed}, but all ${num(pool.limit)} must stay unreserved (${floorText(pool)}): no positive reservation is possible, so ${over} too many.`;
  }
  return `${claimed}; ${num(pool.floor)} must stay unreserved (${floorText(pool)}), so ${over} too many.`;
}

/** The same verdict in the budget and in each contributing file, on its largest claim, with the other summands beside it. */
function* onEachFile(
  pool: Pool,
  draft: Pick<Draft, "rule" | "text" | "severity"> & { readonly related?: readonly Related[] },
): Generator<Draft> {
  const summands = summandsOf(pool);
  const own = draft.related ?? [];
  if (pool.budget) {
    yield { ...draft, pool, place: budgetPlace(pool), related: [...own, ...summands], data: budgetData(pool) };
  }
  const stated = pool.budget?.pool.limit;
  const context =
    stated?.value === pool.limit
      ? [{ place: stated.place, message: `The limit of pool ${pool.name} is ${num(stated.value)} here.` }]
      : [];
  const files = new Set<Uri>();
  for (const summand of summands) {
    const { place, data } = summand;
    if (!data || files.has(place.uri)) continue;
    files.add(place.uri);
    yield {
      ...draft,
      pool,
      place,
      related: [...own, ...context, ...summands.filter((other) => other !== summand)],
      data,
    };
  }
}

/** One part of a pool's sum. */
interface Summand extends Related {
  /** Only of a function: what a fix needs. */
  readonly data?: FixData;
}

/** All parts of the sum that are certain to be there, largest first. */
function summandsOf(pool: Pool): Summand[] {
  const parts: { readonly size: number; readonly of: () => Summand }[] = [];
  for (const claim of pool.claims) {
    const total = times(claim.claim, claim.instances);
    if (total.min > 0) parts.push({ size: total.min, of: () => claimed(pool, claim, total) });
  }
  for (const { grant, instances } of pool.onlyBudgeted) {
    const total = times(boundsOf(grant.reserved), instances);
    if (total.min > 0) {
      const message = `${grant.pattern} is granted ${share(boundsOf(grant.reserved), instances, total)}.`;
      parts.push({ size: total.min, of: () => ({ place: grant.valuePlace, message }) });
    }
  }
  return parts.sort((a, b) => b.size - a.size).map(({ of }) => of());
}

function claimed(pool: Pool, claim: PoolClaim, total: Bounds): Summand {
  return {
    place: claimSetting(claim.function).place,
    message: `${claim.key} claims ${share(claim.claim, claim.instances, total)}.`,
    data: fixDataOf(claim, pool),
  };
}

function share(one: Bounds, instances: number, total: Bounds): string {
  return instances === 1 ? range(one) : `${range(total)} (${num(instances)} × ${range(one)})`;
}
