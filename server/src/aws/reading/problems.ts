import type { ReadingProblem } from "#core";
import type { AccountError, AccountErrorKind } from "../accountError.ts";

/** What went wrong while reading: one entry per cause, however many functions it concerns. */
export interface Problems {
  /** `action` is used when the error names none. */
  add(error: AccountError, action: string): void;
  readonly list: readonly ReadingProblem[];
}

/** Causes that concern every call alike, so that it does not matter which call met them. */
const general: ReadonlySet<AccountErrorKind> = new Set(["noCredentials", "expired", "offline", "throttled", "timeout"]);

/** An empty list of problems. */
export function createProblems(): Problems {
  const causes = new Map<string, ReadingProblem>();
  return {
    add(error, action) {
      const named = error.action ?? action;
      const cause = general.has(error.kind) ? error.kind : `${error.kind} ${named}`;
      if (error.kind === "cancelled" || causes.has(cause)) return;
      causes.set(cause, { action: named, message: error.message });
    },
    get list() {
      return [...causes.values()];
    },
  };
}
