import type { PreviewedRestore, RestorePreview } from "#aws";
import type { Confirmation } from "../changes/confirmation.ts";
import { counted } from "../views/text.ts";
import { namesText, stateText } from "./killWords.ts";

type ToRestore = Extract<PreviewedRestore, { readonly kind: "restore" }>;

/** What a restore comes to. */
export interface RestoreQuestion {
  /** Functions that will be restored without anybody's change being overwritten. */
  readonly clean: readonly string[];
  /** Functions that somebody changed since the kill. */
  readonly changed: readonly string[];
  readonly confirmation: Confirmation;
}

/** More conflicts than this are left to the report. */
const mostConflicts = 8;

/** What is asked before functions are restored: what comes back, what somebody changed since, what the pool lacks. */
export function restoreQuestion({ identity, functions, short }: RestorePreview): RestoreQuestion {
  const found = functions.filter((each): each is ToRestore => each.kind === "restore");
  const clean = found.filter(({ conflicts }) => conflicts.length === 0);
  const changed = found.filter(({ conflicts }) => conflicts.length > 0);
  const refused = functions.filter((each) => each.kind === "refused");
  const conflicts = changed.flatMap((each) => each.conflicts.map(({ message }) => message));
  const more = conflicts.length - mostConflicts;
  const names = found.map(({ name }) => name);
  return {
    clean: clean.map(({ name }) => name),
    changed: changed.map(({ name }) => name),
    confirmation: {
      identity,
      question: `Restore ${names.length <= 3 ? namesText(names) : counted(names.length, "function")}?`,
      action: "Restore",
      changes: [...clean, ...changed].map(
        ({ name, record, conflicts: { length } }) =>
          `${name}: ${stateText(record.before)}${length === 0 ? "" : " (changed since, left alone)"}`,
      ),
      consequences: [
        ...(short === undefined ? [] : [`⚠ ${short.message}`]),
        ...conflicts.slice(0, mostConflicts).map((message) => `⚠ ${message}`),
        ...(more > 0 ? [`and ${more} more changes by somebody else.`] : []),
        ...(changed.length === 0
          ? []
          : [
              `“Keep Changes” restores everything else of ${namesText(changed.map(({ name }) => name))} and leaves what somebody changed.`,
            ]),
        ...refused.map(({ message }) => message).slice(0, 3),
      ],
    },
  };
}
