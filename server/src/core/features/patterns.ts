import type { Pool, PoolClaim } from "../analysis.ts";
import { matchesGrant } from "../pools/grants.ts";

/** The functions of a pool that a pattern of a downstream or kill group names. */
export function claimsMatching(pool: Pool, pattern: string): readonly PoolClaim[] {
  return pool.claims.filter((claim) => matchesGrant(pattern, claim));
}
