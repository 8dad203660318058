import type { Bounds, Value } from "../model.ts";
import { mostCounted, toValue } from "./bounds.ts";
import type { LedgerClaim } from "./claim.ts";
import { addUpScenarios, boundsInCase, boundsOfScenarios, type ClaimGroup, type Scenarios } from "./scenarios.ts";

/** Can the pool be deployed? `depends`: some value is unknown and decides it, or AWS refuses something in it. */
export type Verdict = "fits" | "over" | "depends";

/** AWS refuses something in a pool: whatever is not decided, or only in some cases. */
export type Refused = "certainly" | "perhaps";

/** The arithmetic of one pool. */
export interface Ledger {
  /** Concurrent executions of the account and Region. */
  readonly limit: number;
  /** What Lambda insists on leaving unreserved. */
  readonly floor: number;
  /** Sum over all claims times instances. */
  readonly claimed: Value;
  readonly claimedBounds: Bounds;
  /** limit − claimed. Can be negative. */
  readonly unreserved: Value;
  readonly verdict: Verdict;
  /** Something in the pool is refused, so it never fits. */
  readonly refused?: Refused;
  /** Of the pool: max(0, unreserved − floor). */
  readonly headroom: Value;
  /** The sums behind `claimed`, for questions about a part of the pool. */
  readonly scenarios: Scenarios;
}

/**
 * Adds up a pool. The order of the claims changes no number.
 * @param groups claims that depend on the same undecided things, counted case by case; they are among `claims` too
 */
export function computeLedger(
  limit: number,
  floor: number,
  claims: readonly LedgerClaim[],
  refused?: Refused,
  groups: readonly ClaimGroup[] = [],
): Ledger {
  const scenarios = addUpScenarios(claims, groups);
  const claimed = boundsOfScenarios(scenarios);
  const reason = claimed.min === claimed.max ? "" : whyUnknown(claims);
  const unreserved = { min: claimed.max === undefined ? undefined : limit - claimed.max, max: limit - claimed.min };
  return {
    limit,
    floor,
    claimed: toValue(claimed, reason),
    claimedBounds: claimed,
    unreserved:
      unreserved.min === unreserved.max
        ? unreserved.max
        : { unknown: reason, ...(unreserved.min === undefined ? {} : { min: unreserved.min }), max: unreserved.max },
    verdict: judged(verdictOf(limit, floor, claimed), refused),
    ...(refused === undefined ? {} : { refused }),
    headroom: toValue(
      {
        min: unreserved.min === undefined ? 0 : Math.max(0, unreserved.min - floor),
        max: Math.max(0, unreserved.max - floor),
      },
      reason,
    ),
    scenarios,
  };
}

/** The verdict of a pool in one case of one of its groups; all others are not decided. */
export function verdictInCase(ledger: Ledger, group: number, index: number): Verdict {
  return judged(verdictOf(ledger.limit, ledger.floor, boundsInCase(ledger.scenarios, group, index)), ledger.refused);
}

/** What is refused cannot be deployed however well it fits. */
function judged(verdict: Verdict, refused: Refused | undefined): Verdict {
  return verdict === "fits" && refused !== undefined ? "depends" : verdict;
}

/**
 * Whether claims fit into a limit. Lambda accepts a reservation of 0 whatever the floor is, so a pool that claims nothing always
 * fits; as soon as something is claimed, the floor has to stay unreserved.
 */
export function verdictOf(limit: number, floor: number, claimed: Bounds): Verdict {
  if (claimed.min > 0 && limit - claimed.min < floor) return "over";
  if (claimed.max === undefined) return "depends";
  return claimed.max === 0 || limit - claimed.max >= floor ? "fits" : "depends";
}

/** Why the sum is not one number: the first reason, and how many others there are. */
function whyUnknown(claims: readonly LedgerClaim[]): string {
  const reasons = new Set<string>();
  for (const claim of claims) if (claim.unknown !== undefined) reasons.add(claim.unknown);
  const [first] = reasons;
  if (first === undefined) return `the claims add up to more than ${mostCounted}`;
  if (reasons.size === 1) return first;
  return `${first}, and ${reasons.size - 1} more ${reasons.size === 2 ? "reason" : "reasons"}`;
}
