import type { Difference } from "../account/difference.ts";
import { isLive, type LiveMatch } from "../account/matchLive.ts";
import { differenceOfClaim, differenceOfGrant } from "../account/poolDifferences.ts";
import type { Pool, PoolClaim } from "../analysis.ts";
import type { Grant } from "../budgetFile/budgetFile.ts";
import { num } from "../wording/words.ts";
import { claimsOfGrant } from "./budgets.ts";
import { creditText } from "./headroom.ts";
import { liveLine, liveValue, totalsLine } from "./liveText.ts";
import type { Use } from "./uses.ts";

/** What the account has of a declared function, and the likely cause where that differs; empty without live facts. */
export function liveOfUse(use: Use): string {
  const { pool, claim } = use;
  const live = lines(pool, pool.live?.functions.get(claim), differenceOfClaim(pool, claim));
  return [live, creditText(use)].filter((line) => line !== "").join("  \n");
}

/** The same for a budget entry that stands for one function; for one that stands for several what the account says of itself. */
export function liveOfGrant(grant: Grant, pool: Pool): string {
  if (!pool.live) return "";
  const [claim, ...others] = claimsOfGrant(pool, grant);
  if (others.length > 0) return totalsLine(pool.live.snapshot);
  if (claim) return liveOfUse({ pool, claim });
  const only = pool.onlyBudgeted.find((each) => each.grant === grant);
  return only ? lines(pool, pool.live.budgeted.get(only), differenceOfGrant(pool, only)) : "";
}

/** `, in AWS 25`; what is not known or not there is not shown in a list. */
export function liveInList({ live }: Pool, claim: PoolClaim): string {
  const match = live?.functions.get(claim);
  return isLive(match) ? `, in AWS ${liveValue(match)}` : "";
}

/** ` The account has 400.` where that is not the pool's limit. */
export function otherLimit({ limit, live }: Pool): string {
  const actual = live?.snapshot.limit;
  return actual === undefined || actual === limit ? "" : ` The account has ${num(actual)}.`;
}

/** ` Lambda insisted on 50 when it last refused a change.` where that is not the pool's floor. */
export function otherFloor({ floor, live }: Pool): string {
  const learned = live?.snapshot.learnedFloor;
  if (learned === undefined || learned === floor) return "";
  return ` Lambda insisted on ${num(learned)} when it last refused a change.`;
}

function lines({ live }: Pool, match: LiveMatch | undefined, difference: Difference | undefined): string {
  if (!live || match === undefined) return "";
  return [liveLine(live, match), ...(difference ? [difference.likely] : [])].join("  \n");
}
