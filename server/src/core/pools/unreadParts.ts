import type { Pool, PoolClaim } from "../analysis.ts";
import type { BudgetPool } from "../budgetFile/budgetFile.ts";

/**
 * Parts of a budget that cannot be read and leave open whether the pool fits, as phrases. A limit or floor that another source states is
 * not missed, nor is the grant of a function that a template declares.
 */
export function unreadParts(
  budget: Pick<BudgetPool, "unread"> | undefined,
  { limitSource, floorSource }: Pick<Pool, "limitSource" | "floorSource">,
  claims: readonly PoolClaim[],
): readonly string[] {
  return (budget?.unread ?? []).flatMap(({ part, reason, pattern }) => {
    if (part === "limit" && limitSource !== "assumed") return [];
    if (part === "floor" && floorSource !== "estimated") return [];
    if (pattern !== undefined && claims.some((claim) => isNamed(claim, pattern))) return [];
    return [reason];
  });
}

function isNamed({ key, function: { name } }: PoolClaim, pattern: string): boolean {
  return key === pattern || name === pattern;
}
