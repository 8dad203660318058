import type { PreviewedRestore, RestorePreview } from "#aws";
import { many, namesText, num, type Room, roomAdvice, stateText } from "#core";
import { fitting } from "./fitting.ts";
import type { Confirmation } from "./ui.ts";

type ToRestore = Extract<PreviewedRestore, { readonly kind: "restore" }>;
type Question = Omit<Confirmation, "identity" | "production" | "others">;

/** What a restore comes to. */
export interface RestoreQuestion {
  /** Functions that will be restored without anybody's change being overwritten. */
  readonly clean: readonly string[];
  /** Functions that somebody changed since the kill. */
  readonly changed: readonly string[];
  /** Restores what nobody changed; what somebody changed is left alone. */
  readonly confirmation: Question;
  /** Restores those too, apart from what was changed of them. */
  readonly keeping: Question;
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
export function restoreQuestion({ functions, short }: RestorePreview, room?: Room): RestoreQuestion {
  const found = functions.filter((each): each is ToRestore => each.kind === "restore");
  const clean = found.filter(({ conflicts }) => conflicts.length === 0);
  const changed = found.filter(({ conflicts }) => conflicts.length > 0);
  const refused = functions.filter((each) => each.kind === "refused");
  const conflicts = changed.flatMap((each) => each.conflicts.map(({ message }) => `⚠ ${message}`));
  const said = fitting(
    conflicts,
    linesForConflicts,
    (shown) => `and ${many(conflicts.length - shown, "more change")} by somebody else.`,
  );
  const lack = short === undefined ? [] : [`⚠ ${short.message}`, ...(room === undefined ? [] : roomAdvice(room))];
  const refusals = fitting(
    refused.map(({ message }) => message),
    linesForRefusals,
    (shown) => `and ${num(refused.length - shown)} more that cannot be restored.`,
  );
  const offer = `“${keep}” restores everything else of ${namesOf(changed)} and leaves what somebody changed.`;
  return {
    clean: clean.map(({ name }) => name),
    changed: changed.map(({ name }) => name),
    confirmation: {
      what: `Restore ${namesOf(clean)}`,
      action: "Restore",
      changes: lines(clean, changed, "changed since, left alone"),
      consequences: [...lack, ...said, ...(changed.length === 0 ? [] : [offer]), ...refusals],
    },
    keeping: {
      what: `Restore ${namesOf([...clean, ...changed])}, except what somebody changed`,
      action: keep,
      changes: lines(clean, changed, "what was changed stays"),
      consequences: [...lack, ...said, ...refusals],
    },
  };
}

function lines(clean: readonly ToRestore[], changed: readonly ToRestore[], note: string): readonly string[] {
  const line = ({ name, record }: ToRestore) => `${name}: ${stateText(record.before)}`;
  const all = [...clean.map(line), ...changed.map((each) => `${line(each)} (${note})`)];
  return fitting(all, linesForChanges, (shown) => `and ${num(all.length - shown)} more`);
}

function namesOf(functions: readonly ToRestore[]): string {
  return functions.length <= 3 ? namesText(functions.map(({ name }) => name)) : many(functions.length, "function");
}
