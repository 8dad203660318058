import type { AccountError } from "../accountError.ts";

/**
 * How one change of an account ended.
 * - `done`: made, and read back.
 * - `already`: it was so before; no call was made.
 * - `changed`: somebody changed it meanwhile, `found` says to what; nothing was overwritten.
 * - `refused`: AWS said no; nothing changed.
 * - `failed`: not made, as reading back says, or not begun.
 * - `unknown`: nobody can say whether it was made; `message` says what to look at.
 */
export interface Outcome<State> {
  readonly outcome: "done" | "already" | "changed" | "refused" | "failed" | "unknown";
  /** Why, in one sentence; absent when it is `done` or `already`. */
  readonly message?: string;
  readonly error?: AccountError;
  /** What was read last. */
  readonly found?: State;
}

/** Is it now as it was wanted? */
export function isDone({ outcome }: Outcome<unknown>): boolean {
  return outcome === "done" || outcome === "already";
}
