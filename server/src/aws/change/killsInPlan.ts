import {
  type AccountIdentity,
  accountKey,
  isKilled,
  type LiveFunction,
  type Owed,
  owedOf,
  owedTo,
  type Plan,
  type PlanProblem,
  roomText,
} from "#core";
import { wasRestoredElsewhere } from "../kill/elsewhere.ts";
import { listKills } from "../kill/listKills.ts";
import type { Session } from "../session.ts";
import { createJournal, isOpen, type JournalEntry } from "../state/killJournal.ts";

/** What restores of what is killed will take; undefined when that is nothing, or cannot be told. */
export async function owedHere(
  session: Session,
  { folder, signal }: { readonly folder?: string; readonly signal?: AbortSignal },
): Promise<Owed | undefined> {
  if (folder === undefined) return undefined;
  const { kills } = await listKills({
    journal: createJournal(folder),
    session,
    ...(signal === undefined ? {} : { signal }),
  });
  const off = kills.filter(({ elsewhere }) => elsewhere === undefined);
  return owedOf(off.map(({ record: { name, before, killedTo } }) => ({ name, owed: owedTo(before, killedTo) })));
}

/** A room that is owed to functions that are off is not free for others. */
export function withOwed(plan: Plan, owed: Owed | undefined, floor: number): Plan {
  if (owed === undefined || plan.unreservedAfter === undefined) return plan;
  const left = roomText(Math.max(0, plan.unreservedAfter - floor), owed);
  return { ...plan, notes: [...plan.notes, `Headroom afterwards: ${left}.`] };
}

/** Why functions of a plan cannot be changed: they take nothing from the pool, or were switched off. */
export async function blockedBy(
  { identity }: Session,
  functions: readonly LiveFunction[],
  { unchanged }: Plan,
  folder: string | undefined,
): Promise<readonly PlanProblem[]> {
  const killed = folder === undefined ? new Map<string, JournalEntry>() : await killedHere(folder, identity);
  return functions.flatMap((live) => {
    const { name, outsidePool } = live;
    if (unchanged.includes(name)) return [];
    if (outsidePool !== undefined)
      return { name, message: `${name} takes nothing from the pool (${outsidePool}): it has no reservation to set.` };
    const here = killed.get(name);
    if (!isKilled(live) && (here === undefined || wasRestoredElsewhere(here, live))) return [];
    return { name, message: `${name} was switched off by the kill switch. Restore it first, then plan again.` };
  });
}

async function killedHere(folder: string, identity: AccountIdentity): Promise<ReadonlyMap<string, JournalEntry>> {
  const key = accountKey(identity);
  const { entries } = await createJournal(folder).list();
  // The newest comes first, and is the one that counts.
  const open = entries.filter((entry) => entry.key === key && isOpen(entry)).reverse();
  return new Map(open.map((entry) => [entry.record.name, entry]));
}
