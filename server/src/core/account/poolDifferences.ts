import type { OnlyBudgeted, Pool, PoolClaim } from "../analysis.ts";
import type { Grant } from "../budgetFile/budgetFile.ts";
import type { Value } from "../model.ts";
import { type Difference, differenceOf, type Sides } from "./difference.ts";
import type { LiveMatch } from "./matchLive.ts";

/** What the account has otherwise than a declared function says; undefined without live facts, when all agree, or when a side is unknown. */
export function differenceOfClaim({ live }: Pool, claim: PoolClaim): Difference | undefined {
  const match = live?.functions.get(claim);
  if (match === undefined || mayBeAbsent(claim, match)) return undefined;
  return differenceOf(sidesOf(claim.grant, claim.function.reserved.value, match));
}

/** The same for a grant that no template declares. */
export function differenceOfGrant({ live }: Pool, only: OnlyBudgeted): Difference | undefined {
  const match = live?.budgeted.get(only);
  if (match === undefined || mayBeAbsent(only, match)) return undefined;
  return differenceOf(sidesOf(only.grant, undefined, match));
}

/** Where it is not certain that a function exists, it may be missing. */
function mayBeAbsent({ claim }: Pick<PoolClaim, "claim">, match: LiveMatch): boolean {
  return match === null && claim.min !== claim.max;
}

function sidesOf(grant: Grant | undefined, declared: Value | undefined, live: LiveMatch): Sides {
  return { granted: grant?.reserved, off: grant?.off ?? false, declared, live };
}
