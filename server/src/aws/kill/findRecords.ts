import { accountKey, type KillRecord } from "#core";
import { decodeKillTags } from "../record/killTags.ts";
import type { Session } from "../session.ts";
import { isOpen, type Journal, type JournalEntry } from "../state/killJournal.ts";
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
}

/** Finds open kills of an account in the journal, by the name of the function. */
export async function openEntries(session: Session, journal: Journal): Promise<readonly JournalEntry[]> {
  const key = accountKey(session.identity);
  const { entries } = await journal.list();
  return entries.filter((entry) => entry.key === key && isOpen(entry));
}

/**
 * The record to restore a function by. The tags come first: they tell of a later kill from elsewhere; once it is restored, the
 * journal's own record is next.
 */
export function findRecord({ live }: FreshFunction, open: readonly JournalEntry[]): FoundRecord | NoRecord {
  const { name, arn } = live;
  const tags = decodeKillTags(live.killTags ?? {}, arn);
  if (tags.kind === "record") {
    const entry = open.find(({ record }) => record.id === tags.record.id);
    if (entry === undefined) return { record: tags.record, source: "tags" };
    // Elsewhere somebody may have gone on with the kill; only the reason may have been left out of the tags.
    const record = entry.tagged ? { ...tags.record, reason: entry.record.reason } : entry.record;
    return { record, source: "tags", entry };
  }
  const entry = open.find(({ record }) => record.name === name);
  if (entry !== undefined) return { record: entry.record, source: "journal", entry };
  if (tags.kind === "damaged")
    return { message: `${tags.message} Restore it on the machine that killed it, which has its own record.` };
  const message = `There is no record of a kill of ${name}, neither on this machine nor in its tags.`;
  return { message, notKilled: true };
}
