import type { KillRecord } from "#core";
import type { RetryPolicy } from "../change/retryPolicy.ts";
import type { Audit } from "../state/audit.ts";
import type { Journal } from "../state/killJournal.ts";
import type { StepResult } from "./steps.ts";

/** Who wants what, and how. */
export interface KillOptions {
  readonly reason: string;
  /** When somebody is to be reminded of it. */
  readonly until?: Date;
  readonly journal: Journal;
  readonly audit?: Pick<Audit, "write">;
  /** Functions that are not begun are left alone; those under way are finished. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: KillProgress) => void;
  readonly now?: () => Date;
  readonly retryPolicy?: RetryPolicy;
}

/** How far a kill or a restore has come. */
export interface KillProgress {
  readonly name: string;
  /** What is done now, a field as in `StepResult`; absent when the function is finished. */
  readonly field?: string;
  /** Functions that are finished. */
  readonly done: number;
  readonly total: number;
}

/**
 * What became of a function.
 * - `killed`: off, and everything as shown. `partial`: something was not done; `steps` says what. Killing it again goes on with it.
 * - `alreadyKilled`, `alreadyOff`: nothing was done.
 * - `changed`: it was not as in the preview any more; nothing was done. `failed`: nothing was done, `message` says why.
 * - `skipped`: cancelled before it was begun.
 */
export interface KilledFunction {
  readonly name: string;
  readonly outcome: "killed" | "partial" | "alreadyKilled" | "alreadyOff" | "changed" | "failed" | "skipped";
  readonly message?: string;
  readonly record?: KillRecord;
  readonly steps: readonly StepResult[];
  /** Why only this machine can restore it; absent when the record is on the function as well. */
  readonly onlyHere?: string;
  /** The floor that Lambda named when it refused to leave one. */
  readonly floor?: number;
}
