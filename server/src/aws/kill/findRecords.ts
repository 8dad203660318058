import { accountKey, type KillRecord, type LiveFunction } from "#core";
import { type DecodedKill, decodeKillTags } from "../record/killTags.ts";
import type { Session } from "../session.ts";
import { isOpen, type Journal, type JournalEntry } from "../state/killJournal.ts";
import type { LoadRecord } from "../state/loadJournal.ts";
import { toAccountError } from "../toAccountError.ts";
import type { FreshFunction } from "./readKillFacts.ts";

/** The record of a killed function, and where it was found. */
export interface FoundRecord {
  readonly record: KillRecord;
  readonly source: "tags" | "journal";
  /** The journal's entry of this record. */
  readonly entry?: JournalEntry;
}

/** Why no record can be restored. */
export interface NoRecord {
  readonly message: string;
  /** There is none: it was not killed, as far as this machine and its tags say. */
  readonly notKilled?: true;
  /** The record of a closed kill whose tags are still there. */
  readonly record?: KillRecord;
}

/** What this machine knows of the kills of an account. */
export interface KnownKills {
  readonly open: readonly JournalEntry[];
  /** Ids of those that were restored or forgotten here: tags of theirs are left behind, or read late. */
  readonly closed: ReadonlySet<string>;
  /** Those of them that were restored. */
  readonly restored: readonly JournalEntry[];
  /** Why files of the journal cannot be read, as sentences: each may be of any function, and of a kill that is open. */
  readonly broken: readonly string[];
  /** Load tests on functions of the account that have something to put back, and why records of them cannot be read. */
  readonly loads: { readonly records: readonly LoadRecord[]; readonly broken: readonly string[] };
}

/** Finds the kills of an account in the journal. Rejects with an `AccountError` when its folder cannot be read. */
export async function knownKills(session: Session, journal: Journal): Promise<KnownKills> {
  const key = accountKey(session.identity);
  const { entries, broken } = await journal.list();
  const loads = await journal.loads
    .list()
    .catch((error: unknown) => ({ records: [], broken: [toAccountError(error).message] }));
  const own = entries.filter((entry) => entry.key === key);
  const closed = own.filter((entry) => !isOpen(entry)).map(({ record }) => record.id);
  const restored = own.filter(({ stage }) => stage === "restored");
  return {
    open: own.filter(isOpen),
    closed: new Set(closed),
    restored,
    broken: broken.map(({ message }) => message),
    loads: { records: loads.records.filter((record) => record.key === key), broken: loads.broken },
  };
}

/** What the tags of a function tell of a kill, unless this machine knows that it is closed. */
export function openTags(
  { arn, killTags = {} }: Pick<LiveFunction, "arn" | "killTags">,
  closed: ReadonlySet<string>,
): DecodedKill {
  const tags = decodeKillTags(killTags, arn);
  return tags.kind === "record" && closed.has(tags.record.id) ? { kind: "none" } : tags;
}

/** May a kill whose record cannot be read have switched this function off? */
export function mayBeKilled(
  { reserved }: Pick<LiveFunction, "reserved">,
  { broken }: Pick<KnownKills, "broken">,
): boolean {
  return broken.length > 0 && (reserved === 0 || reserved === 1);
}

/**
 * The record to restore a function by. The tags come first: they tell of a later kill from elsewhere; once it is restored, the
 * journal's own record is next.
 */
export function findRecord({ live }: FreshFunction, kills: KnownKills): FoundRecord | NoRecord {
  const { open, closed } = kills;
  const { name, killTags = {} } = live;
  const tags = openTags(live, closed);
  const own = open.find(({ record }) => record.name === name);
  if (tags.kind === "record" && !isLater(own, tags.record)) {
    const entry = open.find(isOf(tags.record));
    if (entry === undefined) return { record: tags.record, source: "tags" };
    // Elsewhere somebody may have gone on with the kill; only the reason may have been left out of the tags.
    const record = entry.tagged ? { ...tags.record, reason: entry.record.reason } : entry.record;
    return { record, source: "tags", entry };
  }
  if (own !== undefined) return { record: own.record, source: "journal", entry: own };
  if (tags.kind === "damaged")
    return { message: `${tags.message} Restore it on the machine that killed it, which has its own record.` };
  if (mayBeKilled(live, kills))
    return { message: `No record of a kill of ${name} can be read, neither on this machine nor in its tags.` };
  const message = `There is no record of a kill of ${name}, neither on this machine nor in its tags.`;
  const left = decodeKillTags(killTags, live.arn);
  if (left.kind !== "record") return { message, notKilled: true };
  const closedText = `The kill of ${name} is closed; only its tags are left. The next kill replaces them, and restore ${name} --forget removes them.`;
  return { message: closedText, notKilled: true, record: left.record };
}

/** An id alone proves nothing: tags may be made up. */
function isOf({ id, arn }: KillRecord): (entry: JournalEntry) => boolean {
  return ({ record }) => record.id === id && record.arn === arn;
}

/** A kill of this machine that could not be put on the function came after what is there. */
function isLater(own: JournalEntry | undefined, { id, at }: KillRecord): boolean {
  return own !== undefined && own.record.id !== id && !own.tagged && own.record.at >= at;
}
