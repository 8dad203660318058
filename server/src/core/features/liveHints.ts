import { accountText } from "../account/accountText.ts";
import { isLive, type LiveMatch } from "../account/matchLive.ts";
import type { Pool, PoolLive } from "../analysis.ts";
import type { Grant } from "../budgetFile/budgetFile.ts";
import { groupBy } from "../groupBy.ts";
import { isUnknown } from "../wording/values.ts";
import { many, num } from "../wording/words.ts";
import { liveValue, readText } from "./liveText.ts";

/** A hint names at most this many different values. */
const MAX_VALUES = 3;

/** A hint at an offset of a file. */
export interface Hint {
  readonly offset: number;
  readonly label: string;
  readonly tooltip?: string;
}

/** What the account has of the functions that each entry of a budget covers: `in AWS: 25`. `word`: what that is called. */
export function liveHints(pool: Pool, live: PoolLive, grants: readonly Grant[], word: string): Hint[] {
  const byGrant = groupBy(pool.claims, ({ grant }) => grant?.place.start);
  const budgeted = new Map(pool.onlyBudgeted.map((only) => [only.grant.place.start, live.budgeted.get(only)]));
  const tooltip = `Reserved in account ${accountText(live.snapshot.identity)}, ${readText(live.snapshot.readAt)}.`;
  return grants.flatMap(({ place, valuePlace }): Hint[] => {
    const ofClaims = (byGrant.get(place.start) ?? []).map((claim) => live.functions.get(claim));
    const label = liveLabel([...ofClaims, budgeted.get(place.start)], word);
    return label === undefined ? [] : [{ offset: valuePlace.end, label, tooltip }];
  });
}

/** `in AWS: 25`, `in AWS: 25, none`, `in AWS: 40 in 5 functions`; nothing where nothing is known. */
function liveLabel(matches: readonly (LiveMatch | undefined)[], word: string): string | undefined {
  const found = [...new Set(matches.filter(isLive))].filter(({ reserved }) => !isUnknown(reserved));
  if (found.length === 0) return matches.includes(null) ? "not deployed" : undefined;
  if (found.length <= MAX_VALUES) return `${word}: ${found.map(liveValue).join(", ")}`;
  const total = found.reduce((sum, { reserved }) => sum + (typeof reserved === "number" ? reserved : 0), 0);
  return `${word}: ${num(total)} in ${many(found.length, "function")}`;
}
