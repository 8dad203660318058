import type { ApplyRecord, RemovedConfig } from "../state/applyRecord.ts";
import { fileProblem } from "../state/atomicFile.ts";
import type { Applying, Run } from "./applying.ts";
import type { ApplyReport, StepReport } from "./applyReport.ts";
import { putBack } from "./putBack.ts";

/** Puts provisioned concurrency back that is away at the end, so that what is left is a state that somebody wanted. */
export async function endRun(applying: Applying, run: Run): Promise<Run & Pick<ApplyReport, "putBack">> {
  const { record, reports } = run;
  if (record.away.length === 0) return { ...run, putBack: [] };
  const back = await putBack(applying, record);
  const isBack = ({ name, qualifier }: RemovedConfig) =>
    back.some((config) => config.back && config.name === name && config.qualifier === qualifier);
  const away = record.away.filter((config) => !isBack(config));
  // Without its reservation the function is as it was before: it has to give up its provisioned concurrency again.
  const { steps } = record;
  const isMissing = (index: number) => reports[index]?.result !== "done" && reports[index]?.result !== "already";
  const begin = steps.findIndex(
    (step, index) =>
      step.kind === "deleteProvisioned" &&
      record.away.some(({ name }) => name === step.name) &&
      steps.some((other, at) => other.kind === "put" && other.name === step.name && at > index && isMissing(at)),
  );
  if (begin === -1) return { ...run, record: { ...record, away }, putBack: back };
  const rewound = reports.map((report, index) =>
    index >= begin && report.result !== "unknown" && report.result !== "notDone"
      ? ({ step: report.step, result: "notDone", message: "It was taken back." } as const)
      : report,
  );
  return { ...run, record: { ...record, next: begin, away }, reports: rewound, putBack: back };
}

/** Is something left that has to be finished or taken back? */
export function isHalfDone({ away, mode }: ApplyRecord, reports: readonly StepReport[]): boolean {
  // What an undo has not begun to take back is still as the apply left it.
  return mode === "undo" || away.length > 0 || reports.some(({ result }) => result !== "notDone");
}

/** Leaves the record or removes it; is it there afterwards? */
export async function keep({ journal, notes }: Applying, record: ApplyRecord, left: boolean): Promise<boolean> {
  try {
    if (left) await journal.write(record);
    else await journal.remove(record.id);
    return left;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" && !left) return false;
    notes.push(`The record of this apply could not be brought up to date: ${fileProblem(error)}.`);
    return true;
  }
}
