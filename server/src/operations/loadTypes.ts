import type { LoadFacts } from "#aws";
import type { LoadMaxima, LoadRun, LoadShape, ServedDifference, Value } from "#core";
import type { LoadGenerator } from "./loadGenerator.ts";

/** What load is wanted. */
export interface LoadWish {
  /** What the target is called: `function orders`, or a URL behind which the function is. */
  readonly target: string;
  /** The function that is invoked, by name. */
  readonly name: string;
  readonly shape: LoadShape;
  /** Milliseconds until a request is given up. */
  readonly timeout: number;
  /** Sent with each request. */
  readonly payload?: { readonly file: string; readonly text: string };
  readonly generator: LoadGenerator;
  /** What the load may not exceed. Default: `loadMaxima`. */
  readonly maxima?: LoadMaxima;
  /** Runs again with this reservation, puts back what was there, and compares. */
  readonly reserve?: number;
  /** Sends the load so often before and so often with the reservation. Default: once. */
  readonly repeat?: number;
  /** Runs once more after the put-back. Default: when the first two runs differ. */
  readonly again?: boolean;
  /** The floor that a user states. */
  readonly floor?: number;
  /** Only shows what would be sent. */
  readonly dryRun?: boolean;
}

/** What is shown before anything is sent. */
export interface LoadPreview {
  readonly wish: LoadWish;
  readonly facts: LoadFacts;
  /** For people, a sentence each. */
  readonly lines: readonly string[];
}

/** A run with the reservation that it met. */
export interface MeasuredRun {
  readonly label: string;
  readonly reserved: Value;
  readonly run: LoadRun;
}

/** What was measured, and in which state the account is left. */
export interface LoadReport {
  readonly runs: readonly MeasuredRun[];
  /** What the formula expects of the run with the reservation; absent where it does not apply. */
  readonly expected?: { readonly throttledShare: number };
  /** How much more or less was served with the reservation; absent where none was compared. */
  readonly difference?: ServedDifference;
  /** Did invocations meet the reservation before the run began? Absent where none was set. */
  readonly seenInEffect?: boolean;
  /** Is the account as it was? */
  readonly restored: boolean;
  readonly says: string;
}

/** How a load test ended. */
export interface LoadOutcome extends LoadReport {
  /**
   * - `refused`: `says` why; nothing was sent.
   * - `shown`: a dry run; nothing was sent.
   * - `cancelled`: not confirmed; nothing was sent.
   * - `broken`: the warm-up failed; no load was sent.
   * - `failed`: the reservation could not be set, or not be put back: `restored` says which.
   * - `interrupted`: ended before its time; `runs` hold what was measured until then.
   * - `measured`: done.
   */
  readonly kind: "refused" | "shown" | "cancelled" | "broken" | "failed" | "interrupted" | "measured";
  readonly target: string;
}
