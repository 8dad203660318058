import { aboveFloor, limitWithout } from "../ledger/unreserved.ts";
import { qualifierText } from "../wording/arns.ts";
import { num } from "../wording/words.ts";
import type { KnownState, PlanStep } from "./plan.ts";
import type { WantedChange } from "./wantedChanges.ts";

const named = 5;

/** Why the raises do not fit, and what would help. */
export function notEnough(state: KnownState, raises: readonly WantedChange[], short: number): string {
  const { limit, floor } = state;
  if (limit <= floor)
    return `Lambda keeps ${num(floor)} unreserved, which is all of the account's limit of ${num(limit)}: no function can have a reservation above 0 (wanted: ${raisesText(raises)}). Ask for a higher limit (Service Quotas, L-B99A9384).`;
  const quota = `raise the quota to ${num(limitWithout(short, limit))} (Service Quotas, L-B99A9384)`;
  const [only, ...others] = raises;
  const largest = only?.to === null || only === undefined ? -1 : only.to - short;
  if (only !== undefined && others.length === 0 && largest >= 0) {
    const asked = num(only.to ?? 0);
    return `Not enough room: ${only.name} can get at most ${num(largest)} (you asked for ${asked}), as Lambda keeps ${num(floor)} unreserved. To get ${asked}, free ${num(short)} elsewhere or ${quota}.`;
  }
  const sum = raises.reduce((total, raise) => total + increase(raise), 0);
  const room = sum - short;
  const left =
    room < 0
      ? `the pool is ${num(-room)} below its floor of ${num(floor)}`
      : `${num(room)} ${room === 1 ? "is" : "are"} free above the floor of ${num(floor)}`;
  return `Not enough room: the raises need ${num(sum)} (${raisesText(raises)}), and with everything lowered first ${left}. Free ${num(short)} elsewhere or ${quota}.`;
}

function increase({ claimBefore, claimAfter }: WantedChange): number {
  return claimAfter - claimBefore;
}

/** The largest first: `a +40, b +10`. */
function raisesText(raises: readonly WantedChange[]): string {
  const largest = [...raises].sort((a, b) => increase(b) - increase(a));
  const shown = largest.slice(0, named).map((raise) => `${raise.name} +${num(increase(raise))}`);
  const more = largest.length > named ? [`${num(largest.length - named)} more`] : [];
  return [...shown, ...more].join(", ");
}

/** Said of a plan whose account does not tell what it has left. */
export const unknownTotalsNote =
  "The account does not say what it has left unreserved: whether each reservation fits, Lambda decides when it is set.";

/** What to say of a start below the floor. */
export function belowFloorNotes(state: KnownState, lowers: readonly PlanStep[]): readonly string[] {
  const { floor } = state;
  const above = aboveFloor(state);
  if (above >= 0) return [];
  const start = `The pool starts ${num(-above)} below its floor of ${num(floor)}; lowerings go first.`;
  const doubtful = lowers.filter((step) => step.kind === "put" && step.to > 0 && (step.unreserved ?? floor) < floor);
  if (doubtful.length === 0) return [start];
  const names = doubtful.map(({ name }) => name).join(", ");
  return [start, `Lambda may refuse a lowering that does not reach the floor (${names}); then the plan stops there.`];
}

/** What to say of provisioned concurrency that is away for a while. */
export function removedProvisionedNote({ name, to }: WantedChange, away: WantedChange["provisioned"]): string {
  const configs = away.map(({ qualifier, requested }) => `${num(requested)} on ${qualifierText(qualifier)}`).join(", ");
  return `The provisioned concurrency of ${name} (${configs}) is deleted, ${num(to ?? 0)} are reserved, and it is put back at once, because both together do not fit; until it is allocated again, which takes minutes, calls start cold. A scaling target of it may interfere.`;
}

/** What to say of a function whose provisioned concurrency becomes its claim. */
export function estimateNote({ name, total }: WantedChange): string {
  return `Without a reservation ${name} takes its provisioned concurrency of ${num(total)} from the pool; what the account says afterwards may differ.`;
}
