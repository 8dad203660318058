import type { Pool, PoolClaim } from "../analysis.ts";
import type { Grant } from "../budgetFile/budgetFile.ts";
import { unconditionalClaim } from "../ledger/claim.ts";
import type { DeclaredFunction } from "../model.ts";
import { isWildcard } from "../patterns/wildcard.ts";
import { matchesGrant } from "../pools/grants.ts";
import { list, num } from "../wording/words.ts";
import { budgetData, isUnknownName, samePlace } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import type { RuleContext } from "./ruleContext.ts";

/** `budget-unused`: a grant that no function reserves. Silent where the function may be hidden from us. */
export function* budgetUnused({ pools }: RuleContext): Generator<FindingDraft> {
  for (const pool of pools) {
    const grants = pool.budget?.pool.reservations ?? [];
    if (grants.length === 0 || pool.missingStacks.length > 0 || pool.unseen.length > 0) continue;
    const used = new Set(
      pool.claims.flatMap(({ grant, function: declared }) => (grant && uses(grant, declared) ? grant.place.start : [])),
    );
    const nameless = pool.claims.some(({ grant, function: declared }) => !grant && isUnknownName(declared.name));
    const named = finder(pool);
    const alone = new Set(pool.onlyBudgeted.map(({ grant }) => grant.place.start));
    for (const grant of grants) {
      if (used.has(grant.place.start) || (nameless && !grant.pattern.includes("/"))) continue;
      const functions = named(grant);
      yield {
        rule: "budget-unused",
        place: grant.place,
        text: unusedText(grant, alone.has(grant.place.start), functions),
        related: functions.map(({ key, function: { place } }) => ({ place, message: `${key} is declared here.` })),
        pool,
        data: budgetData(pool),
      };
    }
  }
}

function uses(grant: Grant, declared: DeclaredFunction): boolean {
  // What it meant to reserve is refused: nobody knows how much that is.
  if ([declared.reserved, ...declared.provisioned].some(({ refused }) => refused)) return true;
  const { max } = unconditionalClaim(declared);
  return max === undefined || max > 0 || (grant.reserved === 0 && declared.reserved.value === 0);
}

/** `alone`: it counts by itself, as the grant of a function that no template declares. */
function unusedText(grant: Grant, alone: boolean, named: readonly PoolClaim[]): string {
  const granted = grant.off ? `${grant.pattern} is declared off` : `${grant.pattern} is granted ${num(grant.reserved)}`;
  if (named.length === 0) {
    const counts = grant.reserved > 0 && alone;
    const still = counts ? `; the ${num(grant.reserved)} count as claimed all the same` : "";
    return `${granted}, but no template of this pool declares such a function${still}.`;
  }
  const names = list(named.map(({ key }) => key));
  const elsewhere = named.filter((claim) => claim.grant && !samePlace(claim.grant.place, grant.place));
  if (elsewhere.length === named.length) return `${granted}, but more exact entries apply to ${names}.`;
  return `${granted}, but ${names} ${named.length === 1 ? "reserves" : "reserve"} ${grant.off ? "no 0" : "nothing"}.`;
}

/** Finds the functions that an entry names. Exact names are looked up: a pool may have thousands of entries and functions. */
function finder({ claims }: Pool): (grant: Grant) => readonly PoolClaim[] {
  const search = ({ pattern }: Grant) => claims.filter((claim) => matchesGrant(pattern, claim));
  const byName = new Map<string, PoolClaim[]>();
  const remember = (name: string, claim: PoolClaim) => {
    const same = byName.get(name);
    if (same) same.push(claim);
    else byName.set(name, [claim]);
  };
  for (const claim of claims) {
    remember(claim.key, claim);
    if (typeof claim.function.name === "string") remember(claim.function.name, claim);
  }
  return (grant) => (isWildcard(grant.pattern) ? search(grant) : (byName.get(grant.pattern) ?? []));
}
