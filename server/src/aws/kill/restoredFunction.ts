import type { KillRecord } from "#core";
import type { RetryPolicy } from "../change/retryPolicy.ts";
import type { Audit } from "../state/audit.ts";
import type { Journal } from "../state/killJournal.ts";
import type { KillProgress } from "./killedFunction.ts";
import type { StepResult } from "./steps.ts";

/** How a restore goes. */
export interface RestoreOptions {
  readonly journal: Journal;
  readonly audit?: Pick<Audit, "write">;
  /** Restores what nobody changed since the kill, and leaves the rest as it is; else a function with such a change is left alone. */
  readonly keepChanges?: boolean;
  /** Functions that are not begun are left alone; those under way are finished. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: KillProgress) => void;
  readonly now?: () => Date;
  readonly retryPolicy?: RetryPolicy;
  readonly floor?: number;
}

/**
 * What became of a function.
 * - `restored`: as it was. `warming`: as it was, but provisioned concurrency is still being allocated.
 * - `partial`: something was not put back; `steps` says what. Restoring it again goes on with it, unless provisioned concurrency could
 *   not be allocated: that is Lambda's last word, and the kill is closed.
 * - `changed`: somebody changed it since the kill, or since it was shown, `message` says what; nothing was done.
 * - `short`: the pool has not enough; nothing was done, `message` has the numbers.
 * - `notKilled`: there is no record. `failed`: nothing was done, `message` says why. `skipped`: cancelled before it was begun.
 */
export interface RestoredFunction {
  readonly name: string;
  readonly outcome: "restored" | "warming" | "partial" | "changed" | "short" | "notKilled" | "failed" | "skipped";
  readonly message?: string;
  readonly record?: KillRecord;
  readonly steps: readonly StepResult[];
  /** The floor that Lambda named when it refused. */
  readonly floor?: number;
}
