import { isOpen, type Journal } from "../state/killJournal.ts";

/** Closes a kill in the journal whose record is off its function; says whether it was there. */
export async function close(journal: Journal, id: string, stage: "restored" | "removed", now: Date): Promise<boolean> {
  const entry = await journal.read(id);
  if (entry === undefined) return false;
  await journal.write({ ...entry, stage, tagged: false, changedAt: now.toISOString() });
  return true;
}

/** Does this machine know that a kill was restored or forgotten? Tags of it are left behind, or read late. */
export async function isClosed(journal: Journal, id: string): Promise<boolean> {
  const entry = await journal.read(id);
  return entry !== undefined && !isOpen(entry);
}
