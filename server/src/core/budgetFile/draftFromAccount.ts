import { isKilled } from "../account/difference.ts";
import { isLive } from "../account/matchLive.ts";
import type { AccountSnapshot, LiveFunction } from "../account/snapshot.ts";
import { liveKey } from "../account/unclaimed.ts";
import type { Analysis } from "../analysis.ts";
import type { Uri } from "../model.ts";
import { draftBudget } from "./draftBudget.ts";
import type { NewBudget, NewReservation } from "./formatBudget.ts";

/** A budget made from an account. */
export interface AccountDraft {
  readonly budget: NewBudget;
  /** Functions that got no entry although they may need one, and why, as sentences. */
  readonly left: readonly string[];
}

/**
 * A budget for a folder that grants what an account reserves. Its stacks are the folder's templates: `analysis` is one of them without any
 * budget and with the facts of this account.
 */
export function draftFromAccount(folder: Uri, analysis: Analysis, snapshot: AccountSnapshot): AccountDraft {
  const { identity, limit, functions, learnedFloor } = snapshot;
  const { stacks } = draftBudget(folder, analysis);
  const keys = declaredKeys(analysis);
  const left: string[] = [];
  const reservations = functions.flatMap((live) => {
    const { reserved, name } = live;
    if (live.outsidePool !== undefined || reserved === null) return [];
    if (typeof reserved !== "number") {
      left.push(`${name}: its reservation is not known: ${reserved.unknown}.`);
      return [];
    }
    return entryOf(live, keys.get(live) ?? liveKey(live), reserved);
  });
  const { functionCount, reading } = snapshot;
  if (reading.listed < functionCount)
    left.push(`The account has ${functionCount} functions, of which ${reading.listed} were read.`);
  return {
    budget: {
      pool: identity.alias ?? identity.account,
      account: identity.account,
      region: identity.region,
      limit,
      ...(learnedFloor === undefined ? {} : { floor: learnedFloor }),
      stacks,
      reservations: reservations.filter(
        ({ key }, index) => reservations.findIndex((other) => other.key === key) === index,
      ),
    },
    left,
  };
}

function entryOf(live: LiveFunction, key: string, reserved: number): NewReservation {
  if (isKilled(live)) return { key, reserved: "off", comment: "switched off by the kill switch: write what it needs" };
  return { key, reserved: reserved === 0 ? "off" : reserved };
}

/** What the functions that templates declare are called in a budget. */
function declaredKeys({ pools }: Analysis): ReadonlyMap<LiveFunction, string> {
  const keys = new Map<LiveFunction, string>();
  for (const { claims, live } of pools) {
    for (const claim of claims) {
      const match = live?.functions.get(claim);
      if (isLive(match) && !keys.has(match)) keys.set(match, claim.key);
    }
  }
  return keys;
}
