import { isKilled } from "../account/difference.ts";
import { isLive } from "../account/matchLive.ts";
import { liveKey } from "../account/unclaimed.ts";
import type { AccountSnapshot, LiveFunction } from "../accountSnapshot.ts";
import type { Analysis, Stack } from "../analysis.ts";
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
 * A budget for a folder that grants what an account reserves. Its stacks are those templates of the folder of which the account has a function, under
 * the name that its tags say: `analysis` is one of them without any budget and with the facts of this account.
 */
export function draftFromAccount(folder: Uri, analysis: Analysis, snapshot: AccountSnapshot): AccountDraft {
  const { identity, limit, functions, learnedFloor } = snapshot;
  const names = deployedNames(analysis);
  const pools = analysis.pools.map((pool) => ({ ...pool, stacks: deployed(pool.stacks, names) }));
  const { stacks } = draftBudget(folder, { ...analysis, pools });
  const keys = declaredKeys(analysis, names);
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
      ...(limit === undefined ? {} : { limit }),
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
function declaredKeys({ pools }: Analysis, names: ReadonlyMap<Stack, string>): ReadonlyMap<LiveFunction, string> {
  const keys = new Map<LiveFunction, string>();
  for (const { claims, live } of pools) {
    for (const claim of claims) {
      const match = live?.functions.get(claim);
      const stack = names.get(claim.stack) ?? claim.stack.name;
      const key = [stack, ...claim.nesting, claim.function.logicalId].join("/");
      if (isLive(match) && !keys.has(match)) keys.set(match, key);
    }
  }
  return keys;
}

/** Stacks of which the account has a function, with their names there; their own where the tags say none, or several. */
function deployedNames({ pools }: Analysis): ReadonlyMap<Stack, string> {
  const tags = new Map<Stack, Set<string>>();
  for (const { claims, live } of pools) {
    for (const claim of claims) {
      const { stack, nesting } = claim;
      const match = live?.functions.get(claim);
      if (!isLive(match)) continue;
      const known = tags.get(stack) ?? new Set();
      tags.set(stack, match.stack && nesting.length === 0 ? known.add(match.stack.name) : known);
    }
  }
  return new Map(
    [...tags].map(([stack, [name, ...others]]) => [stack, name && others.length === 0 ? name : stack.name]),
  );
}

function deployed(stacks: readonly Stack[], names: ReadonlyMap<Stack, string>): readonly Stack[] {
  return stacks.flatMap((stack) => {
    const name = names.get(stack);
    return name === undefined ? [] : { ...stack, name };
  });
}
