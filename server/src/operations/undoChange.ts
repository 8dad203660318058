import { type LoggedChange, readAuditLog } from "#aws";
import { accountKey, groupBy, isoText, many } from "#core";
import { type ChangeOutcome, type ChangePreview, changeAccount } from "./changeAccount.ts";
import type { Operation } from "./operation.ts";

/** What somebody wants taken back. */
export interface UndoWish {
  /** `ApplyReport.id` of a set or apply; absent: the last one to this account from this machine. */
  readonly id?: string;
  /** Only shows what would be done. */
  readonly dryRun?: boolean;
}

/** How it ended; `none`: there is nothing to take back, `says` why. */
export type UndoOutcome = ChangeOutcome | { readonly kind: "none"; readonly says: string };

/**
 * Takes back a set or an apply that is complete, by the log of changes: each function gets the reservation that it had
 * before. Refused for all as soon as somebody changed one of them since.
 */
export async function undoChange(
  operation: Operation<ChangePreview, ChangeOutcome>,
  { id, dryRun }: UndoWish,
): Promise<UndoOutcome> {
  const { session, state } = operation;
  const { changes } = await readAuditLog(state.folder);
  const key = accountKey(session.identity);
  const found = undoable(
    changes.filter((change) => change.key === key),
    id,
  );
  if (typeof found === "string") return { kind: "none", says: found };
  const now = new Date(state.now?.() ?? Date.now());
  const { title, time, functions } = found;
  const what = `${title}, ${isoText(time, now)}`;
  return await changeAccount(operation, {
    mode: "set",
    title: `Undo of ${title}`,
    undoes: found.id,
    what: () => `Undo “${what}”`,
    action: "Undo",
    wanted: functions.map(({ name, before }) => ({ name, reserved: before })),
    expected: new Map(functions.map(({ name, after }) => [name, after])),
    ...(dryRun !== undefined && { dryRun }),
  });
}

/** What a set or an apply has made of reservations, all its steps together. */
interface MadeChange {
  readonly id: string;
  readonly title: string;
  /** When it was begun; ISO 8601. */
  readonly time: string;
  readonly functions: readonly {
    readonly name: string;
    readonly before: number | null;
    readonly after: number | null;
  }[];
}

/** The change of this id, else the last that is not taken back; a sentence when there is none. */
function undoable(changes: readonly LoggedChange[], id: string | undefined): MadeChange | string {
  // What took a change back counts with it: only what is left of it can be taken back.
  const all = groupBy(changes, (change) => change.undoes ?? change.id);
  for (const [own, lines] of [...all].reverse()) {
    if (own === undefined || (id !== undefined && own !== id)) continue;
    const made = madeBy(own, lines);
    if (made !== undefined) return made;
  }
  return id === undefined
    ? "Nothing to undo: the log of changes has no set and no apply to this account that is not undone."
    : "Nothing to undo: this change was undone already, or was of another account.";
}

function madeBy(id: string, lines: readonly LoggedChange[]): MadeChange | undefined {
  const [first] = lines;
  if (first === undefined || (first.action !== "set" && first.action !== "apply")) return undefined;
  const functions = [...groupBy(lines, (line) => line.function)].flatMap(([name, own]) => {
    const made = own.filter(({ field, result }) => field === "reserved" && isMade(result));
    const before = made[0]?.before;
    const after = made.at(-1)?.after;
    return isReservation(before) && isReservation(after) && before !== after ? [{ name, before, after }] : [];
  });
  if (functions.length === 0) return undefined;
  return { id, title: first.title ?? many(functions.length, "reservation"), time: first.time, functions };
}

function isMade(result: LoggedChange["result"]): boolean {
  return result === "done" || result === "already";
}

function isReservation(value: unknown): value is number | null {
  return value === null || (typeof value === "number" && Number.isSafeInteger(value) && value >= 0);
}
