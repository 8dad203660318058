import type { Bounds, DeclaredFunction, ScalingTarget, Value } from "../model.ts";
import { isRefused } from "../refused.ts";
import { anything, boundsOf, either, nothing, orNothing, sum } from "./bounds.ts";

/** What one function (times its instances) takes from the pool. */
export interface LedgerClaim {
  /** Claim of one instance: the reservation, else the provisioned total, else 0. */
  readonly claim: Bounds;
  /** How many copies of the function there are; ≥ 1. */
  readonly instances: number;
  /** Why `claim` is not one number. */
  readonly unknown?: string;
}

/**
 * What a declared function takes from its pool: its reservation, else the provisioned concurrency of all its versions and aliases,
 * else nothing. A function with both counts its reservation only, as Lambda's ClaimedAccountConcurrency does.
 */
export function claimOf(declared: DeclaredFunction, instances = 1): LedgerClaim {
  if (declared.outsidePool !== undefined) return { claim: nothing, instances };
  const always = unconditionalClaim(declared);
  const claim = declared.condition === undefined ? always : orNothing(always);
  if (claim.min === claim.max) return { claim, instances };
  return { claim, instances, unknown: whyClaimUnknown(declared, always) };
}

/** The same claim when it is not certain that the function exists at all (inside a nested stack with an undecided condition). */
export function claimIfExists(claim: LedgerClaim, reason: string): LedgerClaim {
  const maybe = orNothing(claim.claim);
  if (maybe.min === maybe.max) return { ...claim, claim: maybe };
  return { ...claim, claim: maybe, unknown: claim.unknown ?? reason };
}

/** Provisioned concurrency of all versions and aliases of a function together. */
export function provisionedTotal(declared: DeclaredFunction): Bounds {
  return sum(declared.provisioned.map((setting) => boundsOf(setting.value)));
}

/** `MaximumConcurrency` of all event source mappings of a function together; those that are switched off take nothing. */
export function maximumTotal(declared: DeclaredFunction): Bounds {
  const on = declared.maximumConcurrency.filter(({ enabled }) => enabled !== false);
  return sum(on.map(({ value }) => boundsOf(value)));
}

/** Provisioned concurrency of all versions and aliases, with what scaling targets make of it: at least their minimum once they exist, at most their maximum. */
export function scaledTotal(declared: DeclaredFunction): Bounds {
  if (declared.scaling.length === 0) return provisionedTotal(declared);
  const left = [...declared.scaling];
  const take = (qualifier: string) => {
    const named = left.findIndex((target) => target.qualifier === qualifier);
    const index = named < 0 && declared.provisioned.length === 1 ? left.findIndex(isNameless) : named;
    return index < 0 ? undefined : left.splice(index, 1)[0];
  };
  const scaled = declared.provisioned.map(({ qualifier, value }) => {
    const target = take(qualifier);
    return target ? moved(boundsOf(value), target) : boundsOf(value);
  });
  return sum([...scaled, ...left.map((target) => moved(nothing, target))]);
}

function isNameless({ qualifier }: ScalingTarget): boolean {
  return qualifier === undefined;
}

function moved(provisioned: Bounds, { minimum, maximum, condition }: ScalingTarget): Bounds {
  const least = condition === undefined ? boundsOf(minimum).min : 0;
  const { max } = boundsOf(maximum);
  return {
    min: Math.max(provisioned.min, least),
    max: max === undefined || provisioned.max === undefined ? undefined : Math.max(provisioned.max, max, least),
  };
}

/** How many functions the claims stand for, each copy counted. */
export function copiesOf(claims: readonly LedgerClaim[]): number {
  return claims.reduce((copies, { instances }) => copies + instances, 0);
}

/** What a function takes if it exists: `claimOf` without its condition. */
export function unconditionalClaim(declared: DeclaredFunction): Bounds {
  const reserved = declared.reserved.value;
  if (reserved === null || isRefused(reserved)) return scaledTotal(declared);
  if (typeof reserved === "number") return boundsOf(reserved);
  const bounds = boundsOf(reserved);
  // None counts as 0 in the bounds of an undecided reservation; with none, provisioned concurrency is what counts.
  return bounds.min > 0 ? bounds : either(bounds, scaledTotal(declared));
}

function whyClaimUnknown(declared: DeclaredFunction, always: Bounds): string {
  if (always.min === always.max) return `condition ${declared.condition} of ${declared.logicalId} is not decided`;
  const [target] = declared.scaling;
  const undecided = [declared.reserved.value, ...declared.provisioned.map((setting) => setting.value)].find(notCounted);
  if (undecided === undefined && target) {
    return `${declared.logicalId}: scaling target ${target.logicalId} moves its provisioned concurrency`;
  }
  const why =
    typeof undecided === "object" && undecided !== null
      ? undecided.unknown
      : `${undecided} is no whole number that can be reserved`;
  return `${declared.logicalId}: ${why}`;
}

function notCounted(value: Value): boolean {
  return value !== null && (typeof value === "object" || boundsOf(value) === anything);
}
