import { isDeepStrictEqual } from "node:util";
import { accountKey, many, num, valueText, type Wanted } from "#core";
import type { Session } from "../session.ts";
import { applyJournal } from "../state/applyJournal.ts";
import type { ApplyRecord } from "../state/applyRecord.ts";
import type { Applying, ApplyOptions } from "./applying.ts";
import { begin } from "./applyPlan.ts";
import { type ApplyReport, notBegun } from "./applyReport.ts";
import { type AccountPlan, type PlanAccountOptions, planAccount } from "./planAccount.ts";
import { putBack } from "./putBack.ts";
import { runSteps } from "./runSteps.ts";
import { undoneSince } from "./undoneSince.ts";

/**
 * Finishes an apply that was interrupted, from the step that may have been under way. Nothing is done where an earlier step is not so any
 * more: what is left was planned on it. Never throws.
 * @param which its id, or its record as it was shown: then nothing is done, and the result is `changed`, when it is another by now
 */
export async function resumeApply(
  session: Session,
  which: string | ApplyRecord,
  options: ApplyOptions,
): Promise<ApplyReport> {
  return await begin(session, options, async (applying) => {
    const record = await find(applying, which);
    if ("result" in record) return record;
    const undone = await undoneSince(session, record, options.retryPolicy);
    if (undone.length > 0) return { ...notBegun("changed", notSoAnyMore, undone), pending: record.id };
    return await runSteps(applying, record);
  });
}

const notSoAnyMore =
  "Somebody changed what this apply had changed; nothing was done. Take it back, or leave it as it is and plan again.";

/**
 * Takes back what an interrupted apply has done: provisioned concurrency first, then the reservations by a plan of their own. Nothing is
 * overwritten that is neither what it was nor what the apply made it. Never throws.
 * @param which as for `resumeApply`
 */
export async function undoApply(
  session: Session,
  which: string | ApplyRecord,
  options: ApplyOptions,
): Promise<ApplyReport> {
  return await begin(session, options, async (applying) => {
    const found = await find(applying, which);
    if ("result" in found) return found;
    const record: ApplyRecord = { ...found, mode: "undo" };
    const back = record.away.length === 0 ? [] : await putBack(applying, record);
    const missing = back.filter((config) => !config.back && !config.gone);
    if (missing.length > 0) {
      const away = missing.map(({ name, qualifier, requested }) => ({ name, qualifier, requested }));
      await applying.journal.write({ ...found, away });
      const message = missing[0]?.message ?? "Provisioned concurrency could not be put back.";
      return {
        ...notBegun("refused", message),
        result: "stopped",
        putBack: back,
        pending: record.id,
        notes: applying.notes,
      };
    }
    const report = await planBack(applying, { ...record, away: [] }, found.mode === "undo");
    return { ...report, putBack: [...back, ...report.putBack] };
  });
}

/** Says that an interrupted apply is settled: it is neither finished nor taken back. False when there is none of this id. */
export async function forgetApply(folder: string, id: string): Promise<boolean> {
  const journal = applyJournal(folder);
  const { records } = await journal.list();
  if (!records.some((record) => record.id === id)) return false;
  await journal.remove(id);
  return true;
}

/** The record, or why it is not the one that is meant. */
async function find({ session, journal }: Applying, which: string | ApplyRecord): Promise<ApplyRecord | ApplyReport> {
  const shown = typeof which === "string" ? undefined : which;
  const id = shown?.id ?? which;
  const { records } = await journal.list();
  const record = records.find((one) => one.id === id);
  if (record === undefined)
    return notBegun("refused", "There is no unfinished apply of this id: it was finished or taken back meanwhile.");
  if (record.key !== accountKey(session.identity))
    return notBegun("refused", `The unfinished apply belongs to ${record.key}, not to this account. Connect there.`);
  if (shown === undefined || isDeepStrictEqual(record, shown)) return record;
  const found = `${record.title}: ${num(record.next)} of ${many(record.steps.length, "step")} are done by now.`;
  return notBegun("changed", "Somebody went on with this apply meanwhile; nothing was done. Look at it again.", [
    found,
  ]);
}

async function planBack(applying: Applying, record: ApplyRecord, alreadyUndo: boolean): Promise<ApplyReport> {
  const { folder, signal } = applying.options;
  // The steps of an undo that ended half way are all that is left to take back, made or not.
  const begun = alreadyUndo ? record.steps : record.steps.slice(0, record.next + 1);
  const touched = new Set(begun.map(({ name }) => name));
  const wanted = record.before
    .filter(({ name }) => touched.has(name))
    .map(({ name, reserved }) => ({ name, reserved }));
  const { plan, state } = await planOfThoseThere(applying, wanted, {
    floor: record.floor,
    folder,
    ...(signal === undefined ? {} : { signal }),
  });
  const foreign = state.functions.flatMap(({ name, reserved }) => {
    const known = valuesOf(record, name);
    if (known.has(reserved)) return [];
    return [
      `Reservation of ${name}: is now ${valueText(reserved)}, which is neither what it was nor what was planned.`,
    ];
  });
  const kept = { pending: record.id };
  if (foreign.length > 0)
    return {
      ...notBegun("changed", "Somebody changed functions after the apply; nothing was taken back.", foreign),
      ...kept,
    };
  const [problem] = plan.problems;
  if (problem !== undefined) return { ...notBegun("refused", problem.message), ...kept };
  return await runSteps(applying, { ...record, steps: plan.steps, next: 0 });
}

/** Plans for the functions that are still there; of the others nothing can be taken back, which is noted. */
async function planOfThoseThere(
  { session, notes }: Applying,
  wanted: readonly Wanted[],
  options: PlanAccountOptions,
): Promise<AccountPlan> {
  const planned = await planAccount(session, wanted, options);
  const there = new Set(planned.state.functions.map(({ name }) => name));
  const gone = wanted.filter(({ name }) => !there.has(name));
  if (gone.length === 0) return planned;
  notes.push(...gone.map(({ name }) => `${name} does not exist any more: nothing of it is taken back.`));
  const rest = wanted.filter(({ name }) => there.has(name));
  return await planAccount(session, rest, options);
}

/** What a function may be after an apply that was interrupted anywhere. */
function valuesOf({ before, steps }: ApplyRecord, name: string): ReadonlySet<number | null> {
  const values = new Set<number | null>(before.filter((one) => one.name === name).map(({ reserved }) => reserved));
  for (const step of steps) {
    if (step.name !== name) continue;
    if (step.kind === "put") values.add(step.from).add(step.to);
    if (step.kind === "delete") values.add(step.from).add(null);
  }
  return values;
}
