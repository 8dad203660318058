import type { Pool, PoolClaim } from "../analysis.ts";
import type { FixData } from "../fixData.ts";
import { boundsOf } from "../ledger/bounds.ts";
import { unconditionalClaim } from "../ledger/claim.ts";
import type { Bounds, DeclaredFunction, Place, Related, Setting, Unknown, Value } from "../model.ts";
import { largestFor } from "../pools/largest.ts";
import { isRefused } from "../refused.ts";

/** The setting that makes the claim: the reservation, else the first provisioned concurrency, else the absent reservation. */
export function claimSetting(declared: DeclaredFunction): Setting {
  if (declared.reserved.value !== null) return declared.reserved;
  return declared.provisioned.find(({ value }) => value !== null) ?? declared.reserved;
}

/** What a function takes, in words: `reserves` or, without a reservation, `provisions`. */
export function takes(declared: DeclaredFunction): "reserves" | "provisions" {
  return claimSetting(declared) === declared.reserved ? "reserves" : "provisions";
}

/** The reservation in whole numbers, for what is compared with it; undefined where there is none, and where AWS refuses it. */
export function reservationOf({ reserved }: DeclaredFunction): Bounds | undefined {
  return reserved.value === null || reserved.refused || isRefused(reserved.value)
    ? undefined
    : boundsOf(reserved.value);
}

/** Those of some settings that AWS takes: what it refuses has its own finding, and is no 0. */
export function accepted<T extends Setting>(settings: readonly T[]): readonly T[] {
  return settings.filter(({ value, refused }) => !refused && !isRefused(value));
}

/** Where the value of a setting comes from: Globals, a parameter, a mapping. */
export function sourcesOf(setting: Setting): Related[] {
  return setting.sources.flatMap(({ what, place }) =>
    place ? { place, message: `The value comes from ${what}.` } : [],
  );
}

/** The numbers for a quick fix of a function's claim. */
export function fixDataOf(claim: PoolClaim, pool: Pool): FixData {
  const reserved = claim.function.reserved.value;
  const fits = worstCase(largestFor(pool, [claim]).value);
  const { min, max } = unconditionalClaim(claim.function);
  const raisable = claim.grant !== undefined && min === max && fits !== undefined && fits >= min;
  return {
    logicalId: claim.function.logicalId,
    budgetKey: claim.key,
    ...(typeof reserved === "number" && { reserved }),
    ...(fits !== undefined && { fits }),
    ...(claim.grant && { granted: claim.grant.reserved }),
    ...(raisable && { raisableTo: min }),
    ...budgetData(pool),
  };
}

/** Where a pool's finding stands in its budget: on `limit`, else `pool`, else the first line. */
export function budgetPlace(pool: Pool): Place {
  const budget = pool.budget?.pool;
  return budget?.limit?.place ?? (budget?.place as Place);
}

/** The budget document a fix may edit. */
export function budgetData(pool: Pool): Pick<FixData, "budget"> {
  return pool.budget ? { budget: { uri: pool.budget.file.uri, pool: pool.budget.pool.index } } : {};
}

export function samePlace(a: Place, b: Place): boolean {
  return a.start === b.start && a.end === b.end && a.uri === b.uri;
}

function worstCase(value: Value): number | undefined {
  return typeof value === "number" ? value : value?.min;
}

/** A FunctionName that is not decided, as opposed to one that CloudFormation invents. */
export function isUnknownName(name: DeclaredFunction["name"]): name is Unknown {
  return typeof name === "object" && name !== null;
}
