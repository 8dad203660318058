import { accountKey, num, type PlanStep } from "#core";
import { isDone, type Outcome } from "../change/outcome.ts";
import { readTotals } from "../reading/totals.ts";
import type { Session } from "../session.ts";
import type { ApplyJournal } from "../state/applyJournal.ts";
import type { ApplyRecord, RemovedConfig } from "../state/applyRecord.ts";
import { fileProblem } from "../state/atomicFile.ts";
import { toAccountError } from "../toAccountError.ts";
import type { Applying, Run, Stop } from "./applying.ts";
import type { ApplyReport, StepReport } from "./applyReport.ts";
import { endRun, isHalfDone, keep } from "./endRun.ts";
import { auditOf, makeStep } from "./makeStep.ts";

/**
 * Makes the steps of a record from `next` on, each recorded before its call and read back after it; stops at the first that is not made. The
 * record is gone when nothing is left half done. Never throws.
 */
export async function runSteps(applying: Applying, record: ApplyRecord): Promise<ApplyReport> {
  const { session, notes } = applying;
  const run = await runAll(applying, record);
  const end = run.stop === undefined ? { ...run, putBack: [] } : await endRun(applying, run);
  const left = end.stop !== undefined && isHalfDone(end.record, end.reports);
  const kept = await keep(applying, end.record, left);
  const unreserved = await readTotals(session, undefined).then(
    (totals) => totals.unreserved,
    () => undefined,
  );
  return {
    result: "done",
    ...end.stop,
    steps: record.steps.map((step, index) => end.reports[index] ?? { step, result: "notDone" }),
    differences: [],
    putBack: end.putBack,
    id: record.id,
    ...(kept ? { pending: record.id } : {}),
    ...(unreserved === undefined ? {} : { unreserved }),
    notes,
  };
}

async function runAll(applying: Applying, start: ApplyRecord): Promise<Run> {
  const { options, journal } = applying;
  const total = start.steps.length;
  const reports: StepReport[] = start.steps.slice(0, start.next).map((step) => ({ step, result: "done" }));
  let record = start;
  for (const [index, step] of start.steps.entries()) {
    if (index < start.next) continue;
    const next = { ...record, next: index, away: removedBefore(record.away, step) };
    const hindrance = (await hindered(applying, index)) ?? (await cannotRecord(journal, next));
    if (hindrance !== undefined) return { record, reports, stop: hindrance };
    record = next;
    options.onProgress?.({ index, total, step });
    const outcome = await makeStep(applying.session, step, options);
    await log(applying, record, step, outcome);
    const report = reportOf(step, outcome);
    reports.push(report);
    options.onProgress?.({ index, total, step, result: report.result });
    if (!isDone(outcome)) return { record, reports, stop: await stopOf(applying, outcome, record) };
    record = { ...record, next: index + 1, away: removedAfter(record.away, step) };
  }
  return { record, reports };
}

/** Why the next step may not be made: somebody cancelled, or the credentials are not those of the plan any more. */
async function hindered({ session, options }: Applying, index: number): Promise<Stop | undefined> {
  if (options.signal?.aborted) return { result: "cancelled", message: `Cancelled before step ${index + 1}.` };
  try {
    await session.verify();
    return undefined;
  } catch (error) {
    return { result: "stopped", message: toAccountError(error, "sts:GetCallerIdentity").message };
  }
}

async function cannotRecord(journal: ApplyJournal, record: ApplyRecord): Promise<Stop | undefined> {
  try {
    await journal.write(record);
    return undefined;
  } catch (error) {
    const message = `The next step cannot be recorded (${fileProblem(error)}), so it was not made. Make the state folder writable, then go on.`;
    return { result: "stopped", message };
  }
}

async function log(
  { audit, options, notes }: Applying,
  { id, mode, title, undoes }: ApplyRecord,
  step: PlanStep,
  { outcome, message }: Outcome<unknown>,
): Promise<void> {
  const note = await audit.write({
    time: new Date(options.now?.() ?? Date.now()).toISOString(),
    action: undoes === undefined ? mode : "undo",
    id,
    title,
    ...(undoes !== undefined && { undoes }),
    ...auditOf(step),
    result: outcome,
    ...(message === undefined ? {} : { message }),
  });
  if (note !== undefined) notes.push(note);
}

async function stopOf(
  { session, options, notes }: Applying,
  { message = "The step was not made.", error }: Outcome<unknown>,
  { floor: counted }: ApplyRecord,
): Promise<Stop> {
  if (error?.kind === "cancelled") return { result: "cancelled", message };
  const floor = error?.floor;
  if (floor === undefined) return { result: "stopped", message };
  await options.learnedFloors?.learn(accountKey(session.identity), floor).catch((failure: unknown) => {
    notes.push(`The floor of ${num(floor)} could not be kept for next time: ${fileProblem(failure)}.`);
  });
  return { result: "stopped", message: `${message} ${await whyRefused(session, floor, counted)}`, floor };
}

/** Without the account's totals the plan did not count, so that nothing need have changed since. */
async function whyRefused(session: Session, floor: number, counted: number): Promise<string> {
  const totals = await readTotals(session, undefined).catch(() => undefined);
  if (totals === undefined) return "How much is left is not known: the account does not say it.";
  return floor === counted
    ? "Somebody took from the pool meanwhile: plan again."
    : `Lambda keeps ${num(floor)} unreserved here, the plan counted with ${num(counted)}: plan again.`;
}

function reportOf(step: PlanStep, { outcome, message }: Outcome<unknown>): StepReport {
  const result = outcome === "done" || outcome === "already" || outcome === "unknown" ? outcome : "notDone";
  return { step, result, ...(message === undefined ? {} : { message }) };
}

function removedBefore(away: readonly RemovedConfig[], step: PlanStep): readonly RemovedConfig[] {
  if (step.kind !== "deleteProvisioned") return away;
  const { name, qualifier, requested } = step;
  return [...away.filter((config) => !isConfig(config, step)), { name, qualifier, requested }];
}

function removedAfter(away: readonly RemovedConfig[], step: PlanStep): readonly RemovedConfig[] {
  return step.kind === "putProvisioned" ? away.filter((config) => !isConfig(config, step)) : away;
}

function isConfig(config: RemovedConfig, step: PlanStep & { readonly qualifier: string }): boolean {
  return config.name === step.name && config.qualifier === step.qualifier;
}
