import { isLive } from "../account/matchLive.ts";
import type { LiveFunction, LiveProvisioned } from "../accountSnapshot.ts";
import type { OnlyBudgeted, Pool, PoolClaim } from "../analysis.ts";
import { anything, exactly, nothing, sum } from "../ledger/bounds.ts";
import { scaledTotal } from "../ledger/claim.ts";
import type { Architecture, ComputeSize } from "../model.ts";
import { isRefused } from "../refused.ts";
import { type Cost, sumOfCosts, worstCaseOf } from "./worstCase.ts";

const anyArchitecture: readonly Architecture[] = ["x86_64", "arm64"];

/** Where a claim, or whatever the budget of a pool names, is deployed; `null` where nobody says it. */
export function regionOfClaim(pool: Pool, claim?: PoolClaim): string | null {
  return pool.region ?? claim?.stack.region ?? pool.live?.snapshot.identity.region ?? null;
}

/** What one copy of a declared function can cost; undefined where AWS refuses its reservation. */
export function costOfClaim(pool: Pool, claim: PoolClaim): Cost | undefined {
  const { function: declared } = claim;
  const { reserved, size } = declared;
  if (reserved.refused || isRefused(reserved.value)) return undefined;
  const provisioned = scaledTotal(declared);
  return worstCaseOf({ ...size, reserved: reserved.value, provisioned }, regionOfClaim(pool, claim));
}

/** What a function can cost that no template declares, by its grant; memory and architecture as the account has them. */
export function costOfBudgeted(pool: Pool, budgeted: OnlyBudgeted): Cost {
  const match = pool.live?.budgeted.get(budgeted);
  const size = isLive(match) ? liveSize(match) : undeclaredSize;
  return worstCaseOf({ ...size, reserved: budgeted.grant.reserved, provisioned: nothing }, regionOfClaim(pool));
}

/**
 * What a function of an account can cost there.
 * @param provisioned where it was read apart from the function, `null` where it may not be read; else it counts as far as `details` were read
 */
export function costOfLive(
  live: LiveFunction,
  region: string,
  provisioned: readonly LiveProvisioned[] | null = live.details?.provisioned ?? [],
): Cost {
  if (live.outsidePool !== undefined) return { unpriced: `it ${live.outsidePool}, which costs what EC2 does` };
  const total = provisioned === null ? anything : sum(provisioned.map(({ requested }) => exactly(requested)));
  return worstCaseOf({ ...liveSize(live), reserved: live.reserved, provisioned: total }, region);
}

/** What all reservations of these claims can cost together, each copy counted; what has no reservation is left out. */
export function costOfClaims(pool: Pool, claims: readonly PoolClaim[]): Cost | undefined {
  return sumOfCosts(claims.flatMap((claim) => copiesCost(pool, claim)));
}

/** What all reservations of a pool can cost together; what has none is left out. */
export function costOfPool(pool: Pool): Cost | undefined {
  return sumOfCosts([
    ...pool.claims.flatMap((claim) => copiesCost(pool, claim)),
    ...pool.onlyBudgeted.map((one) => [costOfBudgeted(pool, one), one.instances] as const),
  ]);
}

function copiesCost(pool: Pool, claim: PoolClaim): readonly (readonly [Cost, number])[] {
  const cost = claim.function.reserved.value === null ? undefined : costOfClaim(pool, claim);
  return cost === undefined ? [] : [[cost, claim.instances]];
}

function liveSize({ memory, architecture }: LiveFunction): ComputeSize {
  return {
    memory: memory ?? { unknown: "its memory was not read" },
    architectures: architecture === undefined ? anyArchitecture : [architecture],
  };
}

const undeclaredSize: ComputeSize = {
  memory: { unknown: "no template declares its memory" },
  architectures: anyArchitecture,
};
