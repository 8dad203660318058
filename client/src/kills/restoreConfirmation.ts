import type { PreviewedRestore, RestorePreview } from "#aws";
import type { Room } from "#core";
import { type Confirmation, fitting } from "../operations/confirmation.ts";
import { count, counted } from "../views/text.ts";
import { namesText, stateText } from "./killWords.ts";

type ToRestore = Extract<PreviewedRestore, { readonly kind: "restore" }>;

/** What a restore comes to. */
export interface RestoreQuestion {
  /** Functions that will be restored without anybody's change being overwritten. */
  readonly clean: readonly string[];
  /** Functions that somebody changed since the kill. */
  readonly changed: readonly string[];
  /** Restores what nobody changed; what somebody changed is left alone. */
  readonly confirmation: Confirmation;
  /** Restores those too, apart from what was changed of them. */
  readonly keeping: Confirmation;
}

/** Keeps what somebody changed, and restores everything else. */
export const keep = "Keep Changes";

/** More lines of each are left to the report, so that the message stays in the window. */
const linesForChanges = 7;
const linesForConflicts = 5;
const linesForRefusals = 3;

/**
 * What is asked before functions are restored: what comes back, what somebody changed since, what the pool lacks.
 * @param room who could give what is short
 */
export function restoreQuestion({ identity, functions, short }: RestorePreview, room?: Room): RestoreQuestion {
  const found = functions.filter((each): each is ToRestore => each.kind === "restore");
  const clean = found.filter(({ conflicts }) => conflicts.length === 0);
  const changed = found.filter(({ conflicts }) => conflicts.length > 0);
  const refused = functions.filter((each) => each.kind === "refused");
  const conflicts = changed.flatMap((each) => each.conflicts.map(({ message }) => `⚠ ${message}`));
  const said = fitting(
    conflicts,
    linesForConflicts,
    (shown) => `and ${counted(conflicts.length - shown, "more change")} by somebody else.`,
  );
  const lack = short === undefined ? [] : [`⚠ ${short.message}`, ...roomText(room)];
  const refusals = fitting(
    refused.map(({ message }) => message),
    linesForRefusals,
    (shown) => `and ${count(refused.length - shown)} more that cannot be restored.`,
  );
  const offer = `“${keep}” restores everything else of ${namesOf(changed)} and leaves what somebody changed.`;
  return {
    clean: clean.map(({ name }) => name),
    changed: changed.map(({ name }) => name),
    confirmation: {
      identity,
      question: `Restore ${namesOf(clean)}?`,
      action: "Restore",
      changes: lines(clean, changed, "changed since, left alone"),
      consequences: [...lack, ...said, ...(changed.length === 0 ? [] : [offer]), ...refusals],
    },
    keeping: {
      identity,
      question: `Restore ${namesOf([...clean, ...changed])}, except what somebody changed?`,
      action: keep,
      changes: lines(clean, changed, "what was changed stays"),
      consequences: [...lack, ...said, ...refusals],
    },
  };
}

/** More functions that could make room are not named. */
const mostHelpers = 3;

function roomText(room: Room | undefined): readonly string[] {
  const [only, ...others] = (room?.enough ?? []).slice(0, mostHelpers).map(({ name, to }) => `${name} to ${count(to)}`);
  if (only === undefined) return [];
  if (others.length === 0) return [`Lowering ${only} makes enough room.`];
  return [`Lowering one of these makes enough room: ${[only, ...others].join(", ")}.`];
}

function lines(clean: readonly ToRestore[], changed: readonly ToRestore[], note: string): readonly string[] {
  const line = ({ name, record }: ToRestore) => `${name}: ${stateText(record.before)}`;
  const all = [...clean.map(line), ...changed.map((each) => `${line(each)} (${note})`)];
  return fitting(all, linesForChanges, (shown) => `and ${count(all.length - shown)} more`);
}

function namesOf(functions: readonly ToRestore[]): string {
  return functions.length <= 3 ? namesText(functions.map(({ name }) => name)) : counted(functions.length, "function");
}
