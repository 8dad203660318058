import type { AccountPlan, ApplyReport, StepReport } from "#aws";
import { many, type NotPlanned, num, qualifierText, stepText } from "#core";
import { jsonText } from "./jsonText.ts";
import { alignColumns, printable } from "./terminal.ts";

/** A plan for one account and Region, and what became of it. */
export interface ChangeReport {
  /** Name of the pool; absent when no budget is applied. */
  readonly pool?: string;
  /** What it is for, in a few words. */
  readonly title: string;
  readonly planned: AccountPlan;
  readonly notPlanned: readonly NotPlanned[];
  /** null: nothing was applied, because that was not asked for, not confirmed or not possible. */
  readonly applied: ApplyReport | null;
}

/** Version 1 of the documented JSON of `plan`, `apply` and `set`. */
export function changesJson(reports: readonly ChangeReport[]): string {
  const pools = reports.map(({ pool, planned, notPlanned, applied }) => {
    const { identity, readAt, state, floorSource, plan } = planned;
    const { unreservedBefore, unreservedAfter, problems, notes, unchanged } = plan;
    const steps = applied === null || applied.steps.length === 0 ? plan.steps : applied.steps.map(stepJson);
    const { limit, floor } = state;
    return {
      ...(pool !== undefined && { pool }),
      identity,
      readAt,
      limit,
      floor,
      floorSource,
      unreservedBefore,
      unreservedAfter,
      steps,
      unchanged,
      problems,
      notPlanned,
      notes,
      applied: applied === null ? null : appliedJson(applied),
    };
  });
  return jsonText({ version: 1, pools });
}

function stepJson({ step, result, message }: StepReport) {
  return { ...step, result, ...(message !== undefined && { message }) };
}

function appliedJson({ steps: _, ...rest }: ApplyReport) {
  return rest;
}

/** What became of it, for people; `resume`: the beginning of the command that settles what is left half done. */
export function appliedLines(applied: ApplyReport): string {
  const { result, message, steps, differences, putBack, pending, unsettled, unreserved, notes } = applied;
  const made = steps.filter((step) => step.result === "done" || step.result === "already").length;
  const left = unreserved === undefined ? "" : ` ${num(unreserved)} unreserved now.`;
  const head =
    result === "done"
      ? `${made} of ${many(steps.length, "step")} done.${left}`
      : `${heads[result]}${steps.length === 0 ? "" : ` after ${made} of ${many(steps.length, "step")}`}: ${message ?? ""}${left}`;
  const rows = result === "done" ? [] : steps.map((step) => ["", words[step.result], stepText(step.step)]);
  const back = putBack.map(({ name, qualifier, requested, back: isBack, message: why }) =>
    isBack
      ? `Provisioned concurrency ${num(requested)} of ${name}, ${qualifierText(qualifier)}, was put back.`
      : `Provisioned concurrency ${num(requested)} of ${name}, ${qualifierText(qualifier)}, is missing: ${why ?? "it could not be put back."}`,
  );
  const remedy =
    pending === undefined && !unsettled
      ? []
      : ["Finish it with apply --resume, take it back with apply --undo, or leave it as it is with apply --forget."];
  const lines = [
    head,
    ...alignColumns(rows, new Set()),
    ...differences.map((one) => `  ${one}`),
    ...back,
    ...notes,
    ...remedy,
  ];
  return `${lines.map(printable).join("\n")}\n`;
}

const heads = { changed: "Not begun", refused: "Not begun", cancelled: "Cancelled", stopped: "Stopped" } as const;
const words = { done: "done", already: "was so", notDone: "not done", unknown: "unknown" } as const;
