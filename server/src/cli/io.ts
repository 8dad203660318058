/** Where text goes: the part of a Node stream that the command line uses. */
export interface Output {
  write(text: string): unknown;
}

/** Everything the command line touches outside itself; made in `main.ts`, replaced in tests. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Absolute path of the current folder. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Is stdout a terminal? */
  readonly isTTY: boolean;
  /** Resolves in the next turn of the event loop, so that a signal gets through between two steps of work. */
  pause(): Promise<void>;
}

/** The user asked for something that cannot be done as written; the message says what to do instead. Exit code 2. */
export class UsageError extends Error {}

/** Exit codes; of several that apply the highest wins. */
export const exitCodes = {
  done: 0,
  /** Findings at or above `--fail-on`. */
  findings: 1,
  /** Usage, or an explicitly named input that cannot be read. */
  usage: 2,
  cancelled: 130,
} as const;
