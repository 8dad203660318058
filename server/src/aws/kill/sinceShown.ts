import { isDeepStrictEqual } from "node:util";
import { isoText, type KillRecord } from "#core";
import type { Conflict } from "./conflicts.ts";
import type { PreviewedRestore, ToRestore } from "./previewedRestore.ts";

/**
 * Why a function is not to be restored as it was shown: its kill is another one, or would give back something else, or what somebody
 * changed of it is something else. A sentence; undefined when everything is as shown. The moment of the kill counts by its id.
 */
export function differenceSinceShown(
  shown: ToRestore,
  found: Extract<PreviewedRestore, { readonly kind: "restore" }> | undefined,
  now: Date,
): string | undefined {
  const { name } = shown;
  if (found === undefined) return `Somebody has restored ${name} meanwhile.`;
  const { record } = found;
  if (record.id !== shown.record.id)
    return `${name} was killed again by ${record.who} meanwhile, ${killText(record, now)}; what was shown is the kill of ${killText(shown.record, now)}.`;
  if (!isSame(record, shown.record))
    return `Somebody went on with the kill of ${name} meanwhile: a restore would give back something else than what was shown.`;
  const added = without(found.conflicts, shown.conflicts).map(({ message }) => message);
  const gone = without(shown.conflicts, found.conflicts).map(({ message }) => `No longer so: ${message}`);
  return added.length + gone.length === 0 ? undefined : [...added, ...gone].join(" ");
}

/** Would a restore by either of these do the same? Reason and reminder change nothing. */
function isSame(a: KillRecord, b: KillRecord): boolean {
  const does = ({ arn, before, killedTo, leftOne }: KillRecord) => ({ arn, before, killedTo, leftOne });
  return isDeepStrictEqual(does(a), does(b));
}

function killText({ at, reason }: KillRecord, now: Date): string {
  return `${isoText(at, now)}${reason === "" ? "" : ` (${reason})`}`;
}

function without(conflicts: readonly Conflict[], others: readonly Conflict[]): readonly Conflict[] {
  return conflicts.filter((conflict) => !others.some((other) => isDeepStrictEqual(conflict, other)));
}
