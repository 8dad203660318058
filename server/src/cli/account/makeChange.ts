import type { AccountPlan, ApplyOptions, ApplyReport, Session } from "#aws";
import { many, type NotPlanned } from "#core";
import { exitCodes, type Io } from "../io.ts";
import type { Options } from "../options.ts";
import { appliedLines, type ChangeReport, planLines, stepText } from "../reporters/change.ts";
import { confirm } from "./confirm.ts";
import { accountRoom } from "./openAccount.ts";
import { progressLine } from "./progressLine.ts";

/** A plan that somebody asked to be carried out. */
export interface Change {
  /** Name of the pool; absent when no budget is applied. */
  readonly pool?: string;
  readonly title: string;
  /** What is asked at the terminal, without a question mark. */
  readonly question: string;
  readonly mode: "apply" | "set";
  readonly planned: AccountPlan;
  readonly notPlanned: readonly NotPlanned[];
  readonly production: string | undefined;
}

/** What came of a change. */
export interface Changed {
  readonly report: ChangeReport;
  readonly code: number;
}

/**
 * Shows a plan, has it confirmed and carries it out. `record` gets the report as far as it is, so that it can be printed when nobody can be
 * asked, which throws a `UsageError`.
 */
export async function makeChange(
  session: Session,
  change: Change,
  options: Options,
  io: Io,
  signal: AbortSignal,
  record: (report: ChangeReport) => void,
): Promise<number> {
  const { title, question, mode, planned, notPlanned, production, pool } = change;
  const report = { ...(pool !== undefined && { pool }), title, planned, notPlanned, applied: null };
  const isText = options.text("format") !== "json";
  record(report);
  if (isText) io.stdout.write(planLines(report, new Date()));
  const { plan, identity } = planned;
  const incomplete = isIncomplete(notPlanned) ? exitCodes.account : exitCodes.done;
  if (plan.problems.length > 0) return exitCodes.account;
  if (plan.steps.length === 0 || options.has("dry-run")) return incomplete;
  if (isText) io.stdout.write("\n");
  if (!(await confirm({ what: question, identity, production }, options, io))) {
    if (isText) io.stdout.write("Nothing was changed.\n");
    return exitCodes.cancelled;
  }
  const { applyPlan } = await accountRoom();
  const applied = await withProgress(io, signal, (applying) => applyPlan(session, planned, { title, mode }, applying));
  record({ ...report, applied });
  if (isText) io.stdout.write(appliedLines(applied));
  return Math.max(incomplete, codeOf(applied));
}

/** Runs something that applies, with a line of progress on a terminal, the state folder and the learned floors. */
export async function withProgress(
  io: Io,
  signal: AbortSignal,
  work: (options: ApplyOptions) => Promise<ApplyReport>,
): Promise<ApplyReport> {
  const { learnedFloors, stateFolder } = await accountRoom();
  const folder = stateFolder(io.env);
  const line = progressLine(io);
  try {
    return await work({
      folder,
      signal,
      learnedFloors: learnedFloors(folder),
      onProgress: ({ index, total, step }) =>
        line.show(`Step ${index + 1} of ${many(total, "step")}, ${stepText(step)}`),
    });
  } finally {
    line.end();
  }
}

/** The exit code of an apply. */
export function codeOf({ result }: ApplyReport): number {
  if (result === "done") return exitCodes.done;
  return result === "cancelled" ? exitCodes.cancelled : exitCodes.account;
}

/** Is something left out that should have been applied? What does not exist or takes nothing from the pool is no such thing. */
export function isIncomplete(notPlanned: readonly NotPlanned[]): boolean {
  return notPlanned.some(({ kind }) => kind !== "missing" && kind !== "outside" && kind !== "pattern");
}
