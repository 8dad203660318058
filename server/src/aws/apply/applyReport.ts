import type { PlanStep } from "#core";
import type { RemovedConfig } from "../state/applyRecord.ts";

/** What became of one step. `unknown`: nobody can say whether it was made. */
export interface StepReport {
  readonly step: PlanStep;
  readonly result: "done" | "already" | "notDone" | "unknown";
  readonly message?: string;
}

/** What became of an apply, an undo, or the end of one that was interrupted. */
export interface ApplyReport {
  /**
   * - `done`: every step is made and was read back.
   * - `changed`: the account is not what the plan was made from; nothing was done, `differences` says what is different.
   * - `refused`: not begun for another reason; nothing was done.
   * - `cancelled`: ended between two steps because somebody wanted so.
   * - `stopped`: a step was not made, or nobody knows; the steps after it were not begun.
   */
  readonly result: "done" | "changed" | "refused" | "cancelled" | "stopped";
  /** Why, in one sentence or two; absent when it is `done`. */
  readonly message?: string;
  /** In order, all of them; empty when it was not begun. */
  readonly steps: readonly StepReport[];
  readonly differences: readonly string[];
  /**
   * Provisioned concurrency that had to be put back because the plan ended in between, and whether that worked. `gone`: its function, version
   * or alias does not exist any more.
   */
  readonly putBack: readonly (RemovedConfig & {
    readonly back: boolean;
    readonly gone?: true;
    readonly message?: string;
  })[];
  /** Under which the log of changes has it; absent when it was not begun. */
  readonly id?: string;
  /** Id under which it can be finished or taken back; absent when nothing is left half done. */
  readonly pending?: string;
  /** An earlier apply was not settled: that has to be done first. */
  readonly unsettled?: true;
  /** The floor that Lambda named, when it refused a step for it. */
  readonly floor?: number;
  /** `UnreservedConcurrentExecutions` as it is now, when it could be read. */
  readonly unreserved?: number;
  /** Sentences beside the result: a log that could not be written. */
  readonly notes: readonly string[];
}

/** How far an apply is. */
export interface ApplyProgress {
  /** From 0. */
  readonly index: number;
  readonly total: number;
  readonly step: PlanStep;
  /** Absent while the step is under way. */
  readonly result?: StepReport["result"];
}

/** A report of something that was not begun. */
export function notBegun(
  result: "changed" | "refused" | "cancelled",
  message: string,
  differences: readonly string[] = [],
): ApplyReport {
  return { result, message, steps: [], differences, putBack: [], notes: [] };
}
