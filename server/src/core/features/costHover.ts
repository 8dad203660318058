import type { Pool, PoolClaim } from "../analysis.ts";
import type { Grant, Placed } from "../budgetFile/budgetFile.ts";
import { amountOf, amountText } from "../cost/amount.ts";
import { costOfBudgeted, costOfClaim, costOfClaims, costOfPool, regionOfClaim } from "../cost/claimCost.ts";
import { costText, notCountedText } from "../cost/costText.ts";
import type { Cost } from "../cost/worstCase.ts";
import { num } from "../wording/words.ts";
import { claimsOfGrant } from "./budgets.ts";
import { plain } from "./markdown.ts";
import { claimsMatching } from "./patterns.ts";

/** What a declared function can cost, per copy; empty where nobody names its Region, or it reserves and provisions nothing. */
export function costOfUseText(pool: Pool, claim: PoolClaim): string {
  const cost = regionOfClaim(pool, claim) === null ? undefined : costOfClaim(pool, claim);
  if (cost === undefined) return "";
  const { reserved, size } = claim.function;
  const [architecture, other] = size.architectures;
  const isOne = typeof reserved.value === "number" && typeof size.memory === "number" && other === undefined;
  const factors = isOne
    ? `${num(reserved.value as number)} × ${num(size.memory as number)} MB, ${architecture}`
    : undefined;
  return withAllowed(plain(costText(cost, "Can", factors)), claim.grant?.maxCostPerHour);
}

/** What the functions of a budget entry can cost together, or what a function can that no template declares. */
export function costOfGrantText(pool: Pool, grant: Grant): string {
  const claims = claimsOfGrant(pool, grant);
  const [claim, other] = claims;
  if (claim && other === undefined && claim.instances === 1) return costOfUseText(pool, claim);
  if (claim) return costOfClaimsText(pool, claims);
  const only = pool.onlyBudgeted.find((each) => each.grant === grant);
  if (only === undefined || regionOfClaim(pool) === null) return "";
  return withAllowed(plain(costText(costOfBudgeted(pool, only), "Can")), grant.maxCostPerHour);
}

/** What the functions that a pattern of a kill group means can cost together. */
export function costOfPatternsText(pool: Pool, patterns: readonly Placed<string>[]): string {
  return costOfClaimsText(pool, [...new Set(patterns.flatMap(({ value }) => claimsMatching(pool, value)))]);
}

/** What everything can cost together that an owner is named for. */
export function costOfOwnerText(pool: Pool, owner: string): string {
  return costOfClaimsText(
    pool,
    pool.claims.filter(({ grant }) => grant?.owner === owner),
  );
}

/** What all reservations of a pool can cost together. */
export function costOfPoolText(pool: Pool): string {
  return together(costOfPool(pool), pool.claims);
}

function costOfClaimsText(pool: Pool, claims: readonly PoolClaim[]): string {
  const [first] = claims;
  if (first === undefined || regionOfClaim(pool, first) === null) return "";
  return together(costOfClaims(pool, claims), claims);
}

function together(cost: Cost | undefined, claims: readonly PoolClaim[]): string {
  if (cost === undefined) return "";
  const without = claims.filter(({ function: { reserved } }) => reserved.value === null).length;
  return plain(`${costText(cost, "Together they can")}${notCountedText(without)}`);
}

function withAllowed(text: string, allowed: Placed<number> | undefined): string {
  if (text === "" || allowed === undefined) return text;
  return `${text} The budget allows ${plain(amountText(amountOf(allowed.value)))} an hour.`;
}
