/** Where text goes: the part of a Node stream that the command line uses. */
export interface Output {
  write(text: string): unknown;
}

/** Everything the command line touches outside itself; made in `main.ts`, replaced in tests. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Resolves when all that was written to stdout is out: to undefined, or to a phrase that says why some of it never will be. */
  printed(): Promise<string | undefined>;
  /** Absolute path of the current folder. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Is stdout a terminal? */
  readonly isTTY: boolean;
  /** Is stderr a terminal? Progress is shown only there. */
  readonly isErrTTY: boolean;
  /** Puts a question to whoever sits at the terminal and resolves to one line, or to undefined when it is cancelled. Absent where nobody can answer. */
  readonly ask?: (question: string) => Promise<string | undefined>;
  /** Lines of standard input, for what another process says. Absent where nobody says anything. */
  readonly lines?: () => AsyncIterable<string>;
  /** Resolves in the next turn of the event loop, so that a signal gets through between two steps of work. */
  pause(): Promise<void>;
  /** From now on Ctrl+C calls the listener instead of ending the process; a second one ends it. The function returned takes that back. */
  onInterrupt(listener: () => void): () => void;
}
