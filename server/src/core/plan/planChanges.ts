import { aboveFloor, unreservedAfter } from "../ledger/unreserved.ts";
import type { KnownState, Plan, PlanProblem, PlanState, PlanStep, Wanted } from "./plan.ts";
import { belowFloorNotes, estimateNote, notEnough, removedProvisionedNote, unknownTotalsNote } from "./planWords.ts";
import { compare, type WantedChange, wantedChanges } from "./wantedChanges.ts";

/**
 * An order of calls that leads from a state to the wanted reservations and that Lambda accepts at every step: lowerings first, then
 * reservations for functions with provisioned concurrency, then all other raises; within these by name. One call per function, except
 * where a function has to give up provisioned concurrency for a moment to fit. When something cannot be done, nothing is planned.
 *
 * Never throws; what makes no sense comes back as a problem.
 */
export function planChanges(state: PlanState, wanted: readonly Wanted[]): Plan {
  const { limit, unreserved } = state;
  if (limit !== undefined && unreserved !== undefined) return planKnown({ ...state, limit, unreserved }, wanted);
  return withoutTotals(planKnown({ ...state, limit: plenty, unreserved: plenty }, wanted));
}

/** More than any wanted reservations come to: where the account does not say what is left, Lambda judges. */
const plenty = 1e12;

function withoutTotals({ steps, unchanged, problems, notes }: Plan): Plan {
  return {
    steps: steps.map(({ unreserved: _, ...step }) => step),
    unchanged,
    problems,
    notes: steps.length === 0 ? notes : [...notes, unknownTotalsNote],
  };
}

function planKnown(state: KnownState, wanted: readonly Wanted[]): Plan {
  const { changes, unchanged, problems } = wantedChanges(state, wanted);
  const before = state.unreserved;
  const after = unreservedAfter(before, changes);
  const outcome = { unchanged, unreservedBefore: before, unreservedAfter: after };
  const refused = [...stateProblems(state), ...problems, ...shortages(state, changes, after)];
  if (refused.length > 0) return { ...outcome, steps: [], problems: refused, notes: [] };
  const { steps, notes } = order(state, changes);
  return { ...outcome, steps, problems: [], notes };
}

function stateProblems({ limit, unreserved, floor }: KnownState): readonly PlanProblem[] {
  if ([limit, unreserved, floor].every(Number.isSafeInteger)) return [];
  const message = `Nothing can be planned from a limit of ${limit}, ${unreserved} unreserved and a floor of ${floor}: each has to be a whole number.`;
  return [{ message }];
}

/** What is left shrinks with every raise, so the last one decides whether all of them fit. */
function shortages(state: KnownState, changes: readonly WantedChange[], after: number): readonly PlanProblem[] {
  const raises = changes.filter(({ kind }) => kind === "gain" || kind === "raise");
  const short = -aboveFloor({ unreserved: after, floor: state.floor });
  return raises.length > 0 && short > 0 ? [{ message: notEnough(state, raises, short), short }] : [];
}

function order(state: KnownState, changes: readonly WantedChange[]): Pick<Plan, "steps" | "notes"> {
  const of = (kind: WantedChange["kind"]) => changes.filter((change) => change.kind === kind);
  const steps: PlanStep[] = [];
  let unreserved = state.unreserved;
  const put = (change: WantedChange) => {
    const { name, from, to } = change;
    unreserved = unreservedAfter(unreserved, [change]);
    if (to !== null) steps.push({ kind: "put", name, from, to, unreserved });
    else if (from !== null) steps.push({ kind: "delete", name, from, unreserved });
  };
  const lowers = [...of("free"), ...lowersOf(of("lower"), state)];
  for (const change of lowers) put(change);
  const notes = [
    ...belowFloorNotes(state, steps),
    ...lowers.filter(({ to, total }) => to === null && total > 0).map(estimateNote),
  ];

  const direct = directGains(of("gain"), aboveFloor({ unreserved, floor: state.floor }));
  for (const change of direct) put(change);
  for (const change of of("gain").filter((gain) => !direct.includes(gain))) {
    const { name, provisioned } = change;
    const removed = fewest(provisioned, change.claimAfter - aboveFloor({ unreserved, floor: state.floor }));
    for (const config of removed) {
      unreserved = unreservedAfter(unreserved, [{ claimBefore: config.requested, claimAfter: 0 }]);
      steps.push({ kind: "deleteProvisioned", name, ...config, unreserved });
    }
    const gone = removed.reduce((sum, { requested }) => sum + requested, 0);
    put({ ...change, claimBefore: change.claimBefore - gone });
    for (const config of removed) steps.push({ kind: "putProvisioned", name, ...config, unreserved });
    notes.push(removedProvisionedNote(change, removed));
  }
  for (const change of of("raise")) put(change);
  return { steps, notes };
}

/** By name; from below the floor the largest first, because each may be refused that does not reach the floor. */
function lowersOf(lowers: readonly WantedChange[], { unreserved, floor }: KnownState): readonly WantedChange[] {
  if (unreserved >= floor) return lowers;
  const freed = ({ claimBefore, claimAfter }: WantedChange) => claimBefore - claimAfter;
  return [...lowers].sort((a, b) => freed(b) - freed(a) || compare(a.name, b.name));
}

/** The fewest configurations that free this much; they come largest first. */
function fewest(provisioned: WantedChange["provisioned"], needed: number): WantedChange["provisioned"] {
  let freed = 0;
  return provisioned.filter(({ requested }) => {
    if (freed >= needed) return false;
    freed += requested;
    return true;
  });
}

/**
 * Which functions with provisioned concurrency and no reservation can get their reservation by one call, in the order in which they
 * must be called; the others have to give up provisioned concurrency for a moment. As few configurations as possible go.
 *
 * Lambda is taken to credit such a function nothing: the call needs the whole reservation unreserved above the floor, although its
 * provisioned concurrency is subtracted already, and only the difference is gone afterwards. That is a schedule with deadlines: each
 * call takes `reservation − provisioned` of the room and must end while `provisioned` is still left of it.
 * @param room what is unreserved above the floor
 */
function directGains(gains: readonly WantedChange[], room: number): readonly WantedChange[] {
  // Earliest deadline first: if a set can be called directly at all, it can in this order.
  const ordered = [...gains].sort((a, b) => b.total - a.total || compare(a.name, b.name));
  // Entry w: the cheapest set of calls that spares w configurations.
  let best: (Chosen | undefined)[] = [{ used: 0 }];
  for (const gain of ordered) {
    const next = [...best];
    for (const [spared, chosen] of best.entries()) {
      if (chosen === undefined) continue;
      const used = chosen.used + gain.claimAfter - gain.claimBefore;
      if (used + gain.total > room) continue;
      const index = spared + gain.provisioned.length;
      if ((next[index]?.used ?? Number.POSITIVE_INFINITY) > used) next[index] = { used, last: gain, rest: chosen };
    }
    best = Array.from(next);
  }
  const result: WantedChange[] = [];
  for (let chosen = best.at(-1); chosen !== undefined; chosen = chosen.rest)
    if (chosen.last !== undefined) result.unshift(chosen.last);
  return result;
}

interface Chosen {
  /** Room gone after these calls. */
  readonly used: number;
  readonly last?: WantedChange;
  readonly rest?: Chosen;
}
