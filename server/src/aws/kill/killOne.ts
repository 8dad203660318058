import { randomBytes } from "node:crypto";
import { accountKey, type KillRecord } from "#core";
import { isDone } from "../change/outcome.ts";
import { untagFunction } from "../change/tagFunction.ts";
import { readRecord } from "../record/recordShape.ts";
import type { Session } from "../session.ts";
import { cannotWrite, type JournalEntry, type KillStage, staleJournal } from "../state/killJournal.ts";
import { close } from "./closeKill.ts";
import { withoutFields } from "./keepChanges.ts";
import type { KilledFunction, KillOptions } from "./killedFunction.ts";
import { killSteps } from "./killSteps.ts";
import { logTags, type TagLog } from "./logTags.ts";
import type { PreviewedKill } from "./previewedKill.ts";
import { isThere, mayHaveChanged, runSteps, type StepResult, summary } from "./steps.ts";
import { closeLoads } from "./takeOverLoad.ts";
import { takeEarlierTags, writeTags } from "./writeTags.ts";

const LONGEST_REASON = 1000;

/** A function of a preview that is to be killed. */
export type ToKill = Extract<PreviewedKill, { readonly kind: "kill" }>;

/** What goes with the killing of one function. */
export interface KillContext extends KillOptions {
  readonly report: (field?: string) => void;
}

/** Kills one function that was looked at a moment ago and is claimed. Throws when nothing can be recorded. */
export async function killOne(
  session: Session,
  previewed: ToKill,
  oldTags: Readonly<Record<string, string>>,
  context: KillContext,
): Promise<KilledFunction> {
  const { journal, retryPolicy, audit } = context;
  const { name, continues, replaces, takesOver } = previewed;
  const now = context.now ?? (() => new Date());
  const record = recordOf(session, previewed, context, now());
  if (readRecord(record) === undefined)
    return failed(name, `What was read of ${name} makes no record that could be read back, so nothing was done.`);
  const key = accountKey(session.identity);
  const how = retryPolicy === undefined ? {} : { retryPolicy };
  let entry: JournalEntry = { version: 1, key, stage: "prepared", changedAt: "", tagged: false, record };
  const write = async (stage: KillStage, tagged = entry.tagged) => {
    entry = { ...entry, stage, tagged, changedAt: now().toISOString() };
    await journal.write(entry);
  };

  // From the first write on there is enough to restore; a later one that fails only leaves the journal behind.
  const note = async (stage: KillStage, tagged?: boolean) => {
    await write(stage, tagged).catch((error: unknown) => problems.push(staleJournal(name, journal, error)));
  };
  const problems: string[] = [];
  const isNew = continues === undefined;
  // Nothing of it is of an earlier kill or a load test: what is off already was switched off by somebody else.
  const isFirst = isNew && replaces === undefined && takesOver === undefined;

  await write(isNew ? "prepared" : "killing").catch(cannotWrite(journal));
  context.report("tags");
  const log: TagLog = { audit, action: "kill", id: record.id, name, now };
  const told = (problem: string | undefined) => problem !== undefined && problems.push(problem);
  const tag = async (wanted: KillRecord, old: Readonly<Record<string, string>>) => {
    const result = await writeTags(session, wanted, old, previewed.tagRoom, how);
    if (result.result !== undefined) told(await logTags(log, result.tags, "put", result.result));
    return result;
  };
  const written = await tag(record, oldTags);
  if (written.taken !== undefined) {
    if (isNew) await note("removed");
    return { ...failed(name, `${written.taken} Nothing was done; look again.`), outcome: "changed" };
  }
  const { onlyHere } = written;
  await note("killing", onlyHere === undefined);
  const left = onlyHere === undefined ? undefined : await takeEarlierTags(session, record, oldTags, how);
  const steps = await runSteps(
    killSteps(session, record, {
      ...how,
      reserved: previewed.reserved,
      reservedFirst: previewed.provisionedUnknown === true,
      isNew: isFirst,
    }),
    {
      onStep: ({ field }) => context.report(field),
      ...(audit === undefined
        ? {}
        : {
            log: (step) =>
              audit.write({ time: now().toISOString(), action: "kill", id: record.id, function: name, ...step }),
          }),
    },
  );
  const isOff = steps.some((step) => step.field === "reserved" && isThere(step));
  const floor = steps.find(({ error }) => error?.floor !== undefined)?.error?.floor;
  const room =
    floor === undefined
      ? []
      : ["No free concurrency to keep 1. Run it again without --leave-one (0 is always accepted)."];
  if (isNew && replaces === undefined && !steps.some(mayHaveChanged) && !(isOff && takesOver !== undefined)) {
    const untagged = await untagFunction(session, record.arn, written.tags, how);
    told(await logTags(log, written.tags, "taken", untagged));
    if (isDone(untagged)) await note("removed", false);
    const why = isOff ? `Somebody else switched ${name} off at the same moment.` : [summary(steps), ...room].join(" ");
    const outcome = isOff || steps.some(isChanged) ? "changed" : "failed";
    return { ...failed(name, why), outcome, steps, ...(floor === undefined ? {} : { floor }) };
  }
  const others = new Set(steps.filter(({ outcome }) => outcome === "already").map(({ field }) => field));
  if (isFirst && others.size > 0) {
    // Somebody else did the same in that moment: it is not this kill's to take back.
    const before = withoutFields(record.before, others);
    entry = { ...entry, record: { ...record, before } };
    await tag(entry.record, written.tags);
  }
  await note(isOff ? "killed" : "killing");
  if (isOff && takesOver !== undefined)
    // One that stays is closed by the restore of this kill.
    await closeLoads(session, journal, name, takesOver.before).catch(() => {});
  if (replaces !== undefined && problems.length === 0)
    await close(journal, replaces.id, "removed", now()).catch((error: unknown) =>
      problems.push(staleJournal(name, journal, error)),
    );
  const whole = steps.every(isThere);
  const said = left === undefined ? problems : [...problems, left];
  const message = [...(whole ? [] : [summary(steps)]), ...room, ...said].join(" ");
  return {
    name,
    outcome: whole ? "killed" : "partial",
    ...(message === "" ? {} : { message }),
    record: entry.record,
    steps,
    ...(floor === undefined ? {} : { floor }),
    ...(onlyHere === undefined ? {} : { onlyHere }),
  };
}

/** An earlier kill keeps who, when and why; its state may have grown. */
function recordOf(
  session: Session,
  { name, arn, before, killedTo, continues }: ToKill,
  options: KillContext,
  now: Date,
): KillRecord {
  if (continues !== undefined) return { ...continues, before };
  const { account, region, partition, arn: who } = session.identity;
  return {
    version: 1,
    id: randomBytes(12).toString("base64url"),
    account,
    region,
    partition,
    name,
    arn,
    who,
    reason: options.reason.slice(0, LONGEST_REASON),
    at: now.toISOString(),
    ...(options.until === undefined ? {} : { until: options.until.toISOString() }),
    killedTo,
    before,
  };
}

/** Nothing was done. */
export function failed(name: string, message: string): KilledFunction {
  return { name, outcome: "failed", message, steps: [] };
}

function isChanged({ outcome }: StepResult): boolean {
  return outcome === "changed";
}
