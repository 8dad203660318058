import { accountKey, type KillRecord } from "#core";
import { retryPolicy as byTheClock } from "../change/retryPolicy.ts";
import type { Session } from "../session.ts";
import type { Claim } from "../state/claim.ts";
import { isOpen, type Journal, type JournalEntry } from "../state/killJournal.ts";
import type { LoadRecord } from "../state/loadJournal.ts";
import { isKilledTo } from "./killedAs.ts";
import type { KillOptions } from "./killedFunction.ts";
import type { FreshFunction } from "./readKillFacts.ts";

/**
 * The load test whose reservation a function has now. A kill gives back what was there before the test, and not what the test has set.
 * @param known an earlier kill that is open
 */
export function loadToTakeOver(
  { live }: FreshFunction,
  loads: readonly LoadRecord[],
  known: KillRecord | undefined,
): LoadRecord | undefined {
  if (known !== undefined && isKilledTo(known, live.reserved)) return undefined;
  return loads.find(({ name, reserved }) => name === live.name && reserved === live.reserved);
}

/** Has an open kill recorded what this load test would put back? Then a restore of the kill is all that is to be done. */
export function isTakenOver({ key, name, before }: LoadRecord, entries: readonly JournalEntry[]): boolean {
  return entries.some(
    (entry) =>
      isOpen(entry) && entry.key === key && entry.record.name === name && entry.record.before.reserved === before,
  );
}

/** Closes the load tests of a function that had this reservation before: a kill has recorded it, or a restore has put it back. */
export async function closeLoads(session: Session, { loads }: Journal, name: string, before: number | null) {
  const key = accountKey(session.identity);
  const { records } = await loads.list();
  for (const record of records)
    if (record.key === key && record.name === name && record.before === before) await loads.remove(record.id);
}

const TRIES = 40;
const PAUSE = 250;

/** Claims a function for a kill. A load test that is just changing its reservation is waited for: that takes a second or two. */
export async function claimFromLoad(
  session: Session,
  { journal, retryPolicy = byTheClock }: Pick<KillOptions, "journal" | "retryPolicy">,
  name: string,
): Promise<Claim | undefined> {
  const key = accountKey(session.identity);
  for (let tries = 1; ; tries++) {
    const claim = await journal.claim(key, name);
    if (claim !== undefined || tries === TRIES) return claim;
    const { records } = await journal.loads.list();
    if (!records.some((record) => record.key === key && record.name === name)) return undefined;
    await retryPolicy.wait(PAUSE);
  }
}
