/** Exit codes; of several that apply the highest wins. */
export const exitCodes = {
  done: 0,
  /** Findings at or above `--fail-on`. */
  findings: 1,
  /** Usage, an explicitly named input that cannot be read, or nobody there to confirm a change. */
  usage: 2,
  /** The account was not read or changed completely. */
  account: 3,
  cancelled: 130,
  /** Whoever read stdout stopped reading: what a shell reports of a program that SIGPIPE ended. */
  closed: 141,
} as const;

/** The user asked for something that cannot be done as written; the message says what to do instead. Exit code 2. */
export class UsageError extends Error {}
