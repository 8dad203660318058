import {
  headroomLeft,
  isKilled,
  type LiveFunction,
  type Owed,
  owedOf,
  owedTo,
  type Plan,
  type PlanProblem,
  roomText,
  valueText,
} from "#core";
import { type KnownKills, knownKills, mayBeKilled, openTags } from "../kill/findRecords.ts";
import { listKills } from "../kill/listKills.ts";
import { openElsewhere } from "../kill/openElsewhere.ts";
import { restoredElsewhere } from "../kill/restoredElsewhere.ts";
import type { Session } from "../session.ts";
import { createJournal } from "../state/killJournal.ts";

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
  const left = roomText(headroomLeft({ unreserved: plan.unreservedAfter, floor }), owed);
  return { ...plan, notes: [...plan.notes, `Headroom afterwards: ${left}.`] };
}

/** What kills mean for a plan. */
export interface Blocked {
  /** Why functions of the plan cannot be changed: they take nothing from the pool, were switched off, or may have been. */
  readonly problems: readonly PlanProblem[];
  /** Why kills of this machine cannot be read, as sentences. */
  readonly broken: readonly string[];
}

/** What kills mean for the functions of a plan. */
export async function blockedBy(
  session: Session,
  functions: readonly LiveFunction[],
  { unchanged }: Plan,
  folder: string | undefined,
): Promise<Blocked> {
  const known = folder === undefined ? nothing : await knownKills(session, createJournal(folder));
  // The newest comes first, and is the one that counts.
  const here = new Map([...known.open].reverse().map((entry) => [entry.record.name, entry]));
  const killed = async (live: LiveFunction) => {
    if (isKilled(live) && (await isTaggedOpen(session, live, known.closed))) return true;
    const entry = here.get(live.name);
    return entry !== undefined && restoredElsewhere(entry, live, new Date()) !== "yes";
  };
  const problems = await Promise.all(
    functions.map(async (live) => {
      const { name, outsidePool } = live;
      if (unchanged.includes(name)) return [];
      if (outsidePool !== undefined)
        return { name, message: `${name} takes nothing from the pool (${outsidePool}): it has no reservation to set.` };
      if (await killed(live))
        return { name, message: `${name} was switched off by the kill switch. Restore it first, then plan again.` };
      if (!mayBeKilled(live, known)) return [];
      const message = `${name} is at ${valueText(live.reserved)}, and may have been switched off by a kill whose record cannot be read.`;
      return { name, message: [message, ...known.broken].join(" ") };
    }),
  );
  return { problems: problems.flat(), broken: known.broken };
}

const nothing: KnownKills = {
  open: [],
  closed: new Set(),
  restored: [],
  broken: [],
  loads: { records: [], broken: [] },
};

/** Tags of a kill may be left behind: do they tell of one that is open? Damaged ones may. */
async function isTaggedOpen(session: Session, live: LiveFunction, closed: ReadonlySet<string>): Promise<boolean> {
  const tags = openTags(live, closed);
  if (tags.kind !== "record") return tags.kind === "damaged";
  return (await openElsewhere(session, [tags.record], undefined)).length > 0;
}
