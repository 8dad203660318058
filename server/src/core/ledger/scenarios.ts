import type { Bounds } from "../model.ts";
import { either, mostCounted, nothing } from "./bounds.ts";
import type { LedgerClaim } from "./claim.ts";
import { anyOf, boundsOfTally, emptyTally, minus, plus, type Tally, tallyOf, tallyOfClaim } from "./tally.ts";

/** What one copy of a claim takes in each case of its group. */
interface MemberBounds {
  readonly bounds: readonly Bounds[];
  /** By case: the position in `bounds`. */
  readonly at: readonly number[];
}

/** Claims of one stack that depend on the same undecided things: in each case of these, each has its own bounds. */
export interface ClaimGroup {
  readonly members: readonly (MemberBounds & { readonly claim: LedgerClaim })[];
  /** For each scenario the cases that are possible in it, at least one. */
  readonly scenarios: readonly (readonly number[])[];
}

/** What holds for the whole pool at once (one Region, one account): its sum is exact over the cases of each group. */
interface Scenario {
  readonly sum: Tally;
  /** By group: the extremes over its cases in this scenario. */
  readonly extremes: readonly Tally[];
}

/** The sums of a pool in every scenario. */
export interface Scenarios {
  readonly groups: readonly ClaimGroup[];
  readonly groupOf: ReadonlyMap<LedgerClaim, number>;
  readonly membersOf: ReadonlyMap<LedgerClaim, MemberBounds>;
  /** By group and case: what all its claims take together. */
  readonly totals: readonly ReadonlyMap<number, Tally>[];
  readonly scenarios: readonly Scenario[];
  /** Worked out when first asked for: by `at` of a member, by scenario, by position in its `bounds`, the extremes of the group's totals. */
  readonly highest: Map<readonly number[], readonly (readonly (Tally | undefined)[])[]>;
}

/** Adds up claims: those of groups case by case, all others once. Without groups there is one scenario. */
export function addUpScenarios(claims: readonly LedgerClaim[], groups: readonly ClaimGroup[]): Scenarios {
  const groupOf = new Map<LedgerClaim, number>();
  const membersOf = new Map<LedgerClaim, MemberBounds>();
  groups.forEach(({ members }, i) => {
    for (const { claim, bounds, at } of members) {
      groupOf.set(claim, i);
      membersOf.set(claim, { bounds, at });
    }
  });
  let base = emptyTally;
  for (const claim of claims) if (!groupOf.has(claim)) base = plus(base, tallyOfClaim(claim));
  const totals = groups.map((group) => totalsOf(group));
  const count = groups[0]?.scenarios.length ?? 1;
  const scenarios = Array.from({ length: count }, (_, scenario): Scenario => {
    const extremes = groups.map(({ scenarios }, i) => anyOf(casesIn(scenarios[scenario] ?? [], totals[i])));
    return { extremes, sum: extremes.reduce(plus, base) };
  });
  return { groups, groupOf, membersOf, totals, scenarios, highest: new Map() };
}

/** Lowest and highest sum of everything. */
export function boundsOfScenarios({ scenarios }: Scenarios): Bounds {
  return scenarios.map(({ sum }) => boundsOfTally(sum)).reduce(either);
}

/** Everything but some of the claims. */
export function boundsOfOthers(all: Scenarios, without: readonly LedgerClaim[]): Bounds {
  const [only, ...others] = all.scenarios;
  if (only && others.length === 0 && all.groups.length === 0) {
    return boundsOfTally(without.reduce((rest, claim) => minus(rest, tallyOfClaim(claim)), only.sum));
  }
  let own = emptyTally;
  const inGroups = new Map<number, Set<LedgerClaim>>();
  for (const claim of without) {
    const group = all.groupOf.get(claim);
    if (group === undefined) own = plus(own, tallyOfClaim(claim));
    else inGroups.set(group, (inGroups.get(group) ?? new Set()).add(claim));
  }
  return all.scenarios
    .map(({ sum, extremes }, scenario) => {
      let rest = minus(sum, own);
      for (const [i, claims] of inGroups) {
        const [claim, ...more] = claims;
        const left =
          claim && more.length === 0 ? leftByOne(all, i, claim, scenario) : leftByAll(all, i, claims, scenario);
        rest = plus(minus(rest, extremes[i] as Tally), anyOf(left));
      }
      return boundsOfTally(rest);
    })
    .reduce(either);
}

/** What a group takes without some of its claims, case by case. */
function leftByAll(
  all: Scenarios,
  group: number,
  claims: ReadonlySet<LedgerClaim>,
  scenario: number,
): readonly Tally[] {
  const indexes = all.groups[group]?.scenarios[scenario] ?? [];
  return indexes.map((index) => minus(totalIn(all, group, index), ownIn(all, claims, index)));
}

/** The same without one claim: only the extremes of the cases in which the claim is the same. Alike claims share the search. */
function leftByOne(all: Scenarios, group: number, claim: LedgerClaim, scenario: number): readonly Tally[] {
  const { bounds, at } = all.membersOf.get(claim) as MemberBounds;
  let highest = all.highest.get(at);
  if (!highest) {
    highest = (all.groups[group] as ClaimGroup).scenarios.map((indexes) => extremesByPosition(all, group, at, indexes));
    all.highest.set(at, highest);
  }
  return (highest[scenario] ?? []).flatMap((extreme, position) => {
    const own = { claim: bounds[position] ?? nothing, instances: claim.instances };
    return extreme ? minus(extreme, tallyOfClaim(own)) : [];
  });
}

function extremesByPosition(
  all: Scenarios,
  group: number,
  at: readonly number[],
  indexes: readonly number[],
): readonly (Tally | undefined)[] {
  const extremes: (Tally | undefined)[] = [];
  for (const index of indexes) {
    const position = at[index] as number;
    const total = totalIn(all, group, index);
    const before = extremes[position];
    extremes[position] = before
      ? {
          min: Math.min(before.min, total.min),
          boundedMax: Math.max(before.boundedMax, total.boundedMax),
          unbounded: Math.max(before.unbounded, total.unbounded),
        }
      : total;
  }
  return extremes;
}

/** The sum of some claims, exact over the cases of their groups. `copies`: of one copy of each function, or of all. */
export function boundsOfClaims(all: Scenarios, claims: readonly LedgerClaim[], copies: "one" | "all"): Bounds {
  const tally = (claim: Bounds, instances: number) =>
    tallyOfClaim({ claim, instances: copies === "one" ? 1 : instances });
  const included = new Set(claims);
  const touched = [...new Set(claims.flatMap((claim) => all.groupOf.get(claim) ?? []))];
  let plain = emptyTally;
  for (const claim of claims) if (!all.groupOf.has(claim)) plain = plus(plain, tally(claim.claim, claim.instances));
  const groups = touched.map((position) => all.groups[position] as ClaimGroup);
  return all.scenarios
    .map((_, scenario) => {
      const extremes = groups.map(({ members, scenarios }) =>
        anyOf(
          (scenarios[scenario] ?? []).map((index) =>
            members.reduce((total, { claim, bounds, at }) => {
              if (!included.has(claim)) return total;
              return plus(total, tally(bounds[at[index] as number] ?? nothing, claim.instances));
            }, emptyTally),
          ),
        ),
      );
      return boundsOfTally(extremes.reduce(plus, plain));
    })
    .reduce(either);
}

/** Is a case of a group possible together with some case of each other group? */
export function isInSomeScenario({ totals }: Scenarios, group: number, index: number): boolean {
  return totals[group]?.has(index) === true;
}

/** What the claims of a group take together in one of its cases. */
export function boundsOfGroup(all: Scenarios, group: number, index: number): Bounds {
  return boundsOfTally(totalIn(all, group, index));
}

/** The sum of everything in a case of a group that is possible in some scenario. */
export function boundsInCase(all: Scenarios, group: number, index: number): Bounds {
  const possible = all.scenarios.filter((_, scenario) => all.groups[group]?.scenarios[scenario]?.includes(index));
  const total = totalIn(all, group, index);
  return possible
    .map(({ sum, extremes }) => boundsOfTally(plus(minus(sum, extremes[group] as Tally), total)))
    .reduce(either);
}

/** The largest sum that is certain for some choice of one case in each group, and that choice. */
export function worstCertain(all: Scenarios): { readonly sum: number; readonly indexes: readonly number[] } {
  const choices = all.scenarios.map(({ sum, extremes }, scenario) => {
    const indexes = all.groups.map(({ scenarios }, group) =>
      (scenarios[scenario] ?? []).reduce((worst, index) =>
        totalIn(all, group, index).min > totalIn(all, group, worst).min ? index : worst,
      ),
    );
    const more = indexes.map((index, group) => totalIn(all, group, index).min - (extremes[group] as Tally).min);
    return { sum: more.reduce((total, one) => total + one, sum.min), indexes };
  });
  return choices.reduce((worst, one) => (one.sum > worst.sum ? one : worst));
}

function totalsOf({ members, scenarios }: ClaimGroup): ReadonlyMap<number, Tally> {
  const indexes = scenarios.length === 1 ? (scenarios[0] ?? []) : [...new Set(scenarios.flat())];
  // Plain sums: there can be thousands of claims in hundreds of cases.
  const min = new Array<number>(indexes.length).fill(0);
  const max = new Array<number>(indexes.length).fill(0);
  const unbounded = new Array<number>(indexes.length).fill(0);
  for (const { claim, bounds, at } of members) {
    const takes = bounds.map((one) => tallyOfClaim({ claim: one, instances: claim.instances }));
    for (let i = 0; i < indexes.length; i++) {
      const one = takes[at[indexes[i] as number] as number] ?? emptyTally;
      min[i] = Math.min(mostCounted, (min[i] as number) + one.min);
      max[i] = Math.min(mostCounted, (max[i] as number) + one.boundedMax);
      unbounded[i] = (unbounded[i] as number) + one.unbounded;
    }
  }
  return new Map(
    indexes.map((index, i) => [
      index,
      { min: min[i] as number, boundedMax: max[i] as number, unbounded: unbounded[i] as number },
    ]),
  );
}

function casesIn(indexes: readonly number[], totals: ReadonlyMap<number, Tally> | undefined): readonly Tally[] {
  return indexes.flatMap((index) => totals?.get(index) ?? []);
}

function totalIn({ totals }: Scenarios, group: number, index: number): Tally {
  return totals[group]?.get(index) ?? tallyOf({ min: 0, max: undefined });
}

/** What one copy of a claim takes in a case of its group; a claim of no group takes the same in each. */
export function boundsOfMember({ membersOf }: Scenarios, claim: LedgerClaim, index: number): Bounds {
  const member = membersOf.get(claim);
  return member ? (member.bounds[member.at[index] as number] ?? nothing) : claim.claim;
}

function ownIn(all: Scenarios, claims: ReadonlySet<LedgerClaim>, index: number): Tally {
  let own = emptyTally;
  for (const claim of claims) {
    own = plus(own, tallyOfClaim({ claim: boundsOfMember(all, claim, index), instances: claim.instances }));
  }
  return own;
}
