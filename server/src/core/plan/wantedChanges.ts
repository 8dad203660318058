import { liveClaim } from "../ledger/unreserved.ts";
import { qualifierText } from "../wording/arns.ts";
import { num } from "../wording/words.ts";
import type { PlanFunction, PlanProblem, PlanState, Wanted } from "./plan.ts";

/** A reservation that is to become another one, with what the function takes from the pool before and after. */
export interface WantedChange {
  readonly name: string;
  readonly from: number | null;
  readonly to: number | null;
  /** Largest first, so that the fewest of them make room. */
  readonly provisioned: PlanFunction["provisioned"];
  /** Sum of the provisioned concurrency. */
  readonly total: number;
  /** What the function takes now: its reservation, else its provisioned total. */
  readonly claimBefore: number;
  readonly claimAfter: number;
  /**
   * How Lambda treats the call. `free`: a reservation of 0 or none, never refused for the floor. `lower`: to a smaller number.
   * `gain`: a function with provisioned concurrency and no reservation gets one. `raise`: everything else.
   */
  readonly kind: "free" | "lower" | "gain" | "raise";
}

/** The wanted reservations, sorted out. */
export interface WantedChanges {
  /** In the order of their names. */
  readonly changes: readonly WantedChange[];
  readonly unchanged: readonly string[];
  /** What is wrong with single entries, whatever the pool looks like. */
  readonly problems: readonly PlanProblem[];
}

/** Compares what is wanted with what is. */
export function wantedChanges(state: PlanState, wanted: readonly Wanted[]): WantedChanges {
  const functions = new Map(state.functions.map((one) => [one.name, one]));
  const seen = new Map<string, number | null>();
  const changes: WantedChange[] = [];
  const unchanged: string[] = [];
  const problems: PlanProblem[] = [];
  for (const { name, reserved } of wanted) {
    const earlier = seen.get(name);
    if (earlier === reserved) continue;
    if (earlier !== undefined) {
      problems.push({ name, message: `${name} is asked to become both ${shown(earlier)} and ${shown(reserved)}.` });
      continue;
    }
    seen.set(name, reserved);
    const subject = functions.get(name);
    const problem = problemOf(name, subject, reserved);
    if (problem !== undefined) problems.push({ name, message: problem });
    else if (subject?.reserved === reserved) unchanged.push(name);
    else if (subject !== undefined) changes.push(changeOf(subject, reserved));
  }
  return { changes: changes.sort(byName), unchanged: unchanged.sort(), problems };
}

/** A reservation in words. */
export function shown(reserved: number | null): string {
  return reserved === null ? "no reservation" : num(reserved);
}

function changeOf(subject: PlanFunction, to: number | null): WantedChange {
  const provisioned = subject.provisioned
    .filter(({ requested }) => requested > 0)
    .sort((a, b) => b.requested - a.requested || compare(a.qualifier, b.qualifier));
  const total = provisioned.reduce((sum, { requested }) => sum + requested, 0);
  const { name, reserved: from } = subject;
  return {
    name,
    from,
    to,
    provisioned,
    total,
    claimBefore: liveClaim({ reserved: from, provisioned }),
    claimAfter: liveClaim({ reserved: to, provisioned }),
    kind: kindOf(from, to, total),
  };
}

function kindOf(from: number | null, to: number | null, total: number): WantedChange["kind"] {
  if (to === null || to === 0) return "free";
  if (from !== null) return to < from ? "lower" : "raise";
  return total > 0 ? "gain" : "raise";
}

function problemOf(name: string, subject: PlanFunction | undefined, to: number | null): string | undefined {
  if (to !== null && (!Number.isSafeInteger(to) || to < 0))
    return `${to} is no reservation for ${name}: it has to be a whole number from 0 on, or none.`;
  if (subject === undefined) return `The account has no function ${name} in this Region.`;
  const total = subject.provisioned.reduce((sum, { requested }) => sum + requested, 0);
  if (to === null || to >= total || to === subject.reserved) return undefined;
  const where = subject.provisioned
    .map(({ qualifier, requested }) => `${num(requested)} on ${qualifierText(qualifier)}`)
    .join(", ");
  const advice =
    to === 0
      ? "Delete it first, or use kill, which records it and puts it back."
      : `Lower it to ${num(to)} or less first, or reserve ${num(total)} or more.`;
  return `${name} has a provisioned concurrency of ${num(total)} (${where}), and Lambda refuses a reservation of ${num(to)} below that. ${advice}`;
}

function byName(a: WantedChange, b: WantedChange): number {
  return compare(a.name, b.name);
}

/** Code unit order: the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
