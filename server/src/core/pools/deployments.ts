import { reservedBy } from "../account/reservedBy.ts";
import type { LiveFunction } from "../accountSnapshot.ts";
import type { DeployedPart, Deployments, Pool, PoolClaim, PoolLive, Stack } from "../analysis.ts";
import { accountPool } from "../ledger/accountPool.ts";
import { add, anything, either, exactly, nothing, times } from "../ledger/bounds.ts";
import type { LedgerClaim } from "../ledger/claim.ts";
import {
  type AccountRoom,
  accountRoom,
  boundedRoom,
  type DeployedClaim,
  deploymentOfSum,
  type Held,
  sumOfClaims,
} from "../ledger/deployment.ts";
import { boundsOfClaims, type Scenarios } from "../ledger/scenarios.ts";
import type { Bounds } from "../model.ts";

/** What of a pool is held against its account. */
export interface Deployable {
  readonly claims: readonly PoolClaim[];
  readonly stacks: readonly Stack[];
  readonly named: ReadonlySet<Stack>;
  readonly unseen: readonly { readonly stack: Stack }[];
  /** The claims case by case. */
  readonly scenarios: Scenarios;
  readonly limits: Pick<Pool, "limit" | "limitSource" | "floor" | "floorSource">;
}

/** Holds each stack of a pool, as one deployment, against what its account has left now. */
export function deploymentsOf(live: Matches, pool: Deployable): Deployments {
  const room = roomOf(live, pool);
  const hidden = new Set(pool.unseen.map(({ stack }) => stack));
  const tagged = reservedBy(live.unclaimed.filter(({ stack }) => stack !== undefined));
  const byStack = new Map<Stack, PoolClaim[]>(pool.stacks.map((stack) => [stack, []]));
  for (const claim of pool.claims) byStack.get(claim.stack)?.push(claim);
  const stacks = new Map(
    [...byStack].map(([stack, own]) => {
      const held = new Map(own.map((claim) => [claim, oneOf(claim, live)]));
      const isHiding = hidden.has(stack);
      const doubts = { mayFree: isHiding ? tagged : 0, mayTake: isHiding };
      return [stack, deployPart({ room, held, doubts, copies: "one" }, pool.scenarios)];
    }),
  );
  const isSeen = hidden.size === 0 && pool.stacks.every((stack) => pool.named.has(stack));
  const held = new Map(pool.claims.map((claim) => [claim, allOf(claim, live)]));
  const doubts = { mayFree: isSeen ? reservedBy(live.removed) : tagged, mayTake: hidden.size > 0 };
  return {
    stacks,
    together: deployPart({ room, held, doubts, copies: "all" }, pool.scenarios),
    scenarios: pool.scenarios,
  };
}

/** What the account says is unreserved; where it does not say it, what a stated limit leaves at most. */
function roomOf(
  { snapshot }: Matches,
  { limits: { limit, limitSource, floor, floorSource } }: Deployable,
): AccountRoom {
  const reserved = knownReservations(snapshot.functions);
  const account = accountPool(snapshot, floorSource === "configured" ? floor : undefined);
  if (account) return accountRoom(account, reserved);
  return boundedRoom({ limit: limitSource === "given" ? limit : undefined, floor }, reserved);
}

function deployPart(
  part: Pick<DeployedPart, "room" | "held" | "doubts" | "copies">,
  scenarios: Scenarios,
): DeployedPart {
  const { room, held, doubts, copies } = part;
  const claims = [...held].map(
    ([claim, held]): DeployedClaim => ({ declared: copied(claim.claim, claim, copies), held }),
  );
  const sum = sumOfClaims(claims, room);
  const declared = boundsOfClaims(scenarios, [...held.keys()], copies);
  return { ...part, sum, deployment: deploymentOfSum(room, sum, doubts, declared) };
}

/** What is deployed of a claim: one copy, or all. */
export function copied(claim: Bounds, { instances }: LedgerClaim, copies: DeployedPart["copies"]): Bounds {
  return copies === "all" ? times(claim, instances) : claim;
}

/** The part of a pool's live facts that a deployment is held against. */
type Matches = Pick<PoolLive, "snapshot" | "functions" | "candidates" | "unclaimed" | "removed">;

/** What one copy of a function holds: where several live functions fit, any of them. */
function oneOf(claim: PoolClaim, { snapshot, functions, candidates }: Matches): Held {
  const match = functions.get(claim);
  const found = candidates.get(claim) ?? [];
  // It is not there, or it is not known whether it is and where.
  if (found.length === 0) return match === null || isNothingLeft(snapshot) ? none : anyHeld;
  const held = [...found, ...(claim.instances > 1 ? [null] : [])].map((live) => heldBy(live, snapshot));
  return held.reduce((a, b) => ({
    reserved: either(a.reserved, b.reserved),
    provisioned:
      a.provisioned === undefined || b.provisioned === undefined ? undefined : Math.max(a.provisioned, b.provisioned),
  }));
}

/** What all copies of a function hold. */
function allOf(claim: PoolClaim, live: Matches): Held {
  const found = live.candidates.get(claim) ?? [];
  if (claim.instances === 1 || found.length === 0) return oneOf(claim, live);
  return found
    .map((each) => heldBy(each, live.snapshot))
    .reduce((a, b) => ({
      reserved: add(a.reserved, b.reserved),
      provisioned:
        a.provisioned === undefined || b.provisioned === undefined ? undefined : a.provisioned + b.provisioned,
    }));
}

/** While an account is being read: what has not come yet holds nothing, because what has come explains all that is reserved. */
function isNothingLeft({ reading }: Matches["snapshot"]): boolean {
  return reading.state === "reading" && reading.accounted === true;
}

const anyHeld: Held = { reserved: anything, provisioned: 0 };
const none: Held = { reserved: nothing, provisioned: 0 };

function heldBy(live: LiveFunction | null, snapshot: Matches["snapshot"]): Held {
  const { reserved = null, outsidePool, details } = live ?? {};
  if (live === null || outsidePool !== undefined) return none;
  if (typeof reserved === "number") return { reserved: exactly(reserved), provisioned: 0 };
  if (reserved !== null) return isNothingLeft(snapshot) ? none : anyHeld;
  const isRead = details?.problems.every(({ action }) => action !== "lambda:ListProvisionedConcurrencyConfigs");
  return {
    reserved: nothing,
    provisioned: isRead ? details?.provisioned.reduce((sum, { requested }) => sum + requested, 0) : undefined,
  };
}

function knownReservations(functions: readonly LiveFunction[]): number {
  return reservedBy(functions.filter(({ outsidePool }) => outsidePool === undefined));
}
