import type { PlanFunction, PlanStep } from "#core";

/** An apply that is under way or was stopped half way: all that finishing it or taking it back needs. */
export interface ApplyRecord {
  readonly version: 1;
  readonly id: string;
  /** `accountKey` of the account. */
  readonly key: string;
  /** ARN of the caller. */
  readonly who: string;
  /** When it was begun; ISO 8601. */
  readonly at: string;
  /** What it applies, in a few words: the name of a budget file, `thumbnails to 350`. */
  readonly title: string;
  /** `undo`: these steps take an earlier apply back that was interrupted. */
  readonly mode: "apply" | "set" | "undo";
  /** Id, in the log of changes, of the apply or set that this one takes back. */
  readonly undoes?: string;
  /** The floor that the plan counted with. */
  readonly floor: number;
  readonly steps: readonly PlanStep[];
  /** Steps before this one are made; this one may have been made. */
  readonly next: number;
  /** Provisioned concurrency that was deleted, or is about to be, and is not back yet. */
  readonly away: readonly RemovedConfig[];
  /** The functions of all steps as they were before the first. */
  readonly before: readonly PlanFunction[];
}

/** Provisioned concurrency that has to come back. */
export interface RemovedConfig {
  readonly name: string;
  readonly qualifier: string;
  readonly requested: number;
}
