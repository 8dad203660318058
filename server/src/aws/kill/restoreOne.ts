import { accountKey, type KillRecord, type LiveProvisioned, largestOfEach, liveClaim, num } from "#core";
import { readTotals } from "../reading/totals.ts";
import type { Session } from "../session.ts";
import { type JournalEntry, type KillStage, staleJournal } from "../state/killJournal.ts";
import { allocationFailed } from "./followAllocation.ts";
import type { TagLog } from "./logTags.ts";
import { mayBeStale } from "./mayBeStale.ts";
import type { ToRestore } from "./previewedRestore.ts";
import { removeTags } from "./removeTags.ts";
import type { RestoredFunction, RestoreOptions } from "./restoredFunction.ts";
import { restoreSteps } from "./restoreSteps.ts";
import { isThere, mayHaveChanged, runSteps, type StepResult, summary } from "./steps.ts";
import { closeLoads } from "./takeOverLoad.ts";

/** Restores one function that is claimed. Never throws. */
export async function restoreOne(
  session: Session,
  { name, record, entry, fresh }: ToRestore,
  options: RestoreOptions,
  report: (field?: string) => void,
): Promise<RestoredFunction> {
  const { journal, audit, retryPolicy } = options;
  const now = options.now ?? (() => new Date());
  const how = retryPolicy === undefined ? {} : { retryPolicy };
  const problems: string[] = [];
  // The record is on disk or in the tags, and the account says how far a restore has come: without the journal it goes on.
  const note = async (stage: KillStage, tagged?: boolean) => {
    if (entry === undefined) return;
    const written: JournalEntry = {
      ...entry,
      stage,
      tagged: tagged ?? entry.tagged,
      changedAt: now().toISOString(),
    };
    await journal.write(written).catch((error: unknown) => problems.push(staleJournal(name, journal, error)));
  };
  const noteLeft = async (session: Session, left: KillRecord) => {
    if ((await journal.read(left.id)) !== undefined) return;
    const key = accountKey(session.identity);
    const closed = {
      version: 1,
      key,
      stage: "restored",
      changedAt: now().toISOString(),
      tagged: true,
      record: left,
    } as const;
    await journal.write(closed).catch((error: unknown) => problems.push(staleJournal(name, journal, error)));
  };
  const isJustKilled = entry?.stage === "killed" && mayBeStale(entry.changedAt, now());
  await note("restoring");
  const steps = await runSteps(restoreSteps(session, record, fresh, { ...how, isJustKilled }), {
    onStep: ({ field }) => report(field),
    ...(audit === undefined
      ? {}
      : {
          log: (step) =>
            audit.write({ time: now().toISOString(), action: "restore", id: record.id, function: name, ...step }),
        }),
  });
  if (!steps.every(isThere)) {
    if (!steps.some(mayHaveChanged)) await note(entry?.stage ?? "killed");
    return await incomplete(session, record, steps);
  }
  report("tags");
  const log: TagLog = { audit, action: "restore", id: record.id, name, now };
  const untagged = await removeTags(session, { record, fresh, isTagged: entry?.tagged === true }, log, retryPolicy);
  if (!untagged.gone) return { name, outcome: "partial", message: untagged.message ?? "", record, steps };
  await note("restored", untagged.isLeft === true);
  // One that stays changes nothing: what it would put back is there.
  await closeLoads(session, journal, name, record.before.reserved).catch(() => {});
  // Whoever has no record of this kill but its tags must know that they say nothing any more.
  if (entry === undefined && untagged.isLeft) await noteLeft(session, record);
  if (untagged.message !== undefined) problems.push(untagged.message);
  return { name, record, steps, ...verdict(steps, problems) };
}

/** What `setProvisioned` found. */
type Found = LiveProvisioned | null | undefined;

/** The state that a caller asked for is back; whether Lambda can provide it shows only later. */
function verdict(
  steps: readonly StepResult[],
  notes: readonly string[],
): Pick<RestoredFunction, "outcome" | "message"> {
  const said = (message: string | undefined) => {
    const text = [message, ...notes].filter((part) => part !== undefined).join(" ");
    return text === "" ? {} : { message: text };
  };
  const provisioned = steps.flatMap(({ field, found }) => (field.startsWith("provisioned:") ? [found as Found] : []));
  const failed = provisioned.find((config) => config?.status === "FAILED");
  if (failed) return { outcome: "partial", ...said(allocationFailed(failed)) };
  if (provisioned.some((config) => config?.status === "IN_PROGRESS"))
    return { outcome: "warming", ...said("Provisioned concurrency is still being allocated.") };
  return { outcome: "restored", ...said(undefined) };
}

async function incomplete(
  session: Session,
  record: KillRecord,
  steps: readonly StepResult[],
): Promise<RestoredFunction> {
  const { name } = record;
  const untouched = !steps.some(mayHaveChanged);
  const floor = steps.find((step) => step.error?.floor !== undefined)?.error?.floor;
  const reserved = steps.find(({ field }) => field === "reserved");
  const base = { name, record, steps, ...(floor === undefined ? {} : { floor }) };
  if (reserved?.outcome === "changed") return { ...base, outcome: "changed", message: summary(steps) };
  if (floor !== undefined && untouched)
    return { ...base, outcome: "short", message: await shortMessage(session, record, floor) };
  return { ...base, outcome: untouched ? "failed" : "partial", message: summary(steps) };
}

async function shortMessage(session: Session, { name, before, killedTo }: KillRecord, floor: number): Promise<string> {
  const wanted = liveClaim(before);
  const start = `${name} cannot get ${num(wanted)} back: Lambda keeps ${num(floor)} unreserved.`;
  try {
    const { unreserved } = await readTotals(session, undefined);
    const most = largestOfEach({ unreserved, floor }, [killedTo]);
    return `${start} ${num(unreserved)} are unreserved now, so at most ${num(most)} can be given; ${num(wanted - most)} are short. Lower other reservations first.`;
  } catch {
    return `${start} Lower other reservations first.`;
  }
}
