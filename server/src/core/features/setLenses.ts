import { isKilled } from "../account/difference.ts";
import { isLive, type LiveMatch } from "../account/matchLive.ts";
import type { LiveFunction } from "../accountSnapshot.ts";
import type { Analysis, Pool, PoolClaim } from "../analysis.ts";
import type { Grant } from "../budgetFile/budgetFile.ts";
import { groupBy } from "../groupBy.ts";
import type { Uri } from "../model.ts";
import { isWildcard } from "../patterns/wildcard.ts";
import { claimsOfGrant } from "./budgets.ts";
import { usesIn } from "./uses.ts";

/** An offer to give a live function the reservation that the files want. */
export interface SetLens {
  /** Offset of the logical id, or of the budget entry. */
  readonly offset: number;
  readonly live: LiveFunction;
  readonly reserved: number;
}

/** For functions of a template: where the account has another reservation than template and budget agree on. Nothing where a place stands for several. */
export function templateSetLenses(analysis: Analysis, uri: Uri): readonly SetLens[] {
  const uses = usesIn(analysis, uri).filter(({ pool }) => pool.live !== undefined);
  const byPlace = groupBy(uses, ({ claim }) => claim.function.place.start);
  return [...byPlace].flatMap(([offset, same]) => {
    const found = same.map(({ pool, claim }) => offer(offset, pool.live?.functions.get(claim), wantedOf(claim)));
    return only(found);
  });
}

/** The same for the exact entries of a budget. */
export function budgetSetLenses(pool: Pool): readonly SetLens[] {
  const { live, budget } = pool;
  if (live === undefined || budget === undefined) return [];
  const exact = budget.pool.reservations.filter(({ pattern }) => !isWildcard(pattern));
  return exact.flatMap((grant) => {
    const claims = claimsOfGrant(pool, grant);
    if (claims.length === 0) return budgetedOffer(pool, grant);
    const offset = grant.place.start;
    return only(claims.map((claim) => offer(offset, live.functions.get(claim), wantedOf(claim))));
  });
}

function budgetedOffer({ onlyBudgeted, live }: Pool, grant: Grant): readonly SetLens[] {
  const entry = onlyBudgeted.find((each) => each.grant === grant);
  if (entry === undefined || entry.instances > 1) return [];
  return only([offer(grant.place.start, live?.budgeted.get(entry), grant.reserved)]);
}

/** What template and budget agree on. */
function wantedOf({ function: own, grant, instances }: PoolClaim): number | undefined {
  const { value } = own.reserved;
  if (typeof value !== "number" || instances > 1) return undefined;
  return grant === undefined || grant.reserved === value ? value : undefined;
}

function offer(offset: number, match: LiveMatch | undefined, reserved: number | undefined): SetLens | undefined {
  if (reserved === undefined || !isLive(match) || isKilled(match) || match.outsidePool !== undefined) return undefined;
  const isKnown = match.reserved === null || typeof match.reserved === "number";
  return isKnown && match.reserved !== reserved ? { offset, live: match, reserved } : undefined;
}

/** The one that all agree on. */
function only(found: readonly (SetLens | undefined)[]): readonly SetLens[] {
  const [first] = found;
  if (first === undefined) return [];
  return found.every((each) => each?.live === first.live && each.reserved === first.reserved) ? [first] : [];
}
