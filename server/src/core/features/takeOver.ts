import { isKilled } from "../account/difference.ts";
import { isLive, type LiveMatch } from "../account/matchLive.ts";
import { liveKey } from "../account/unclaimed.ts";
import type { Pool } from "../analysis.ts";
import type { Grant } from "../budgetFile/budgetFile.ts";
import { isWildcard } from "../patterns/wildcard.ts";
import type { FeatureContext } from "./context.ts";
import type { Edit } from "./edge.ts";
import { grantEdits } from "./grantChanges.ts";

/** What a budget has to be changed by so that it grants what the account reserves. */
export interface TakenOver {
  /** Changes of the budget file; everything else in it stays as it is, comments and order too. Not overlapping. */
  readonly edits: readonly Edit[];
  /** Entries that get another value or are added; `from`: null for a new one. */
  readonly entries: readonly { readonly key: string; readonly from: number | null; readonly to: number }[];
  /** What the budget does not take over, and why, as sentences. */
  readonly left: readonly string[];
}

/**
 * Takes the live reservations of a pool over into its budget. An exact entry gets the live number; a function under a pattern, or one that
 * nothing stands for, gets an entry of its own where its reservation differs. No entry is ever removed: what reserves nothing today may be meant to.
 * A budget file with mistakes is left alone. Undefined when the pool has no budget or no facts of an account.
 */
export function takeOver(context: FeatureContext, pool: Pool): TakenOver | undefined {
  const { live, budget } = pool;
  if (live === undefined || budget === undefined) return undefined;
  const [mistake] = budget.file.problems;
  if (mistake !== undefined)
    return { edits: [], entries: [], left: [`The budget file has mistakes; mend them first. ${mistake.message}`] };
  const wanted = new Map<string, number>();
  const added = new Map<string, number>();
  const entries: { key: string; from: number | null; to: number }[] = [];
  const left: string[] = [];
  const take = (key: string, grant: Grant | undefined, match: LiveMatch | undefined, instances = 1) => {
    const found = reservationOf(key, grant, match, instances);
    if (typeof found === "string") left.push(found);
    if (typeof found !== "number" || found === grant?.reserved) return;
    if (grant !== undefined && !isWildcard(grant.pattern)) {
      if (wanted.has(grant.pattern)) return;
      wanted.set(grant.pattern, found);
      entries.push({ key: grant.pattern, from: grant.reserved, to: found });
    } else if (!added.has(key)) {
      added.set(key, found);
      entries.push({ key, from: null, to: found });
    }
  };
  for (const claim of pool.claims) take(claim.key, claim.grant, live.functions.get(claim), claim.instances);
  for (const only of pool.onlyBudgeted) take(only.grant.pattern, only.grant, live.budgeted.get(only), only.instances);
  for (const stranger of live.unclaimed) take(liveKey(stranger), undefined, stranger);
  const { edits = [], left: notWritten = [] } = grantEdits(context, pool, { wanted, added }) ?? {};
  return { edits, entries, left: [...left, ...notWritten] };
}

/** The live reservation to take over; a sentence where it cannot be, undefined where there is nothing to take. */
function reservationOf(
  key: string,
  grant: Grant | undefined,
  match: LiveMatch | undefined,
  instances: number,
): number | string | undefined {
  if (match === undefined || match === null) return undefined;
  if (!isLive(match)) return `${key}: which live function it is cannot be said: ${match.unknown}.`;
  const { reserved, outsidePool } = match;
  if (outsidePool !== undefined) return undefined;
  if (typeof reserved === "object" && reserved !== null)
    return `${key}: its reservation is not known: ${reserved.unknown}.`;
  if (isKilled(match) && reserved !== grant?.reserved)
    return `${key}: it was switched off by the kill switch; its entry stays as it is.`;
  if (instances > 1) return `${key}: it stands for ${instances} copies, of which only one was found.`;
  if (reserved === null && grant !== undefined && grant.reserved > 0)
    return `${key}: the account reserves nothing for it; its grant of ${grant.reserved} stays.`;
  return reserved ?? undefined;
}
