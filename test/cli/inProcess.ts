import { run } from "#cli/run.ts";
import { type Finished, type RunOptions, root } from "./cli.ts";

/** Where and how to run inside this process. */
export interface InProcessOptions extends Pick<RunOptions, "cwd" | "env"> {
  /** Answers questions as if at a terminal; absent: there is none. */
  readonly ask?: (question: string) => Promise<string | undefined>;
  /** Is stderr a terminal? Default: no. */
  readonly isErrTTY?: boolean;
  /** Sees what goes to stderr as it comes, and may press Ctrl+C. */
  readonly watch?: (text: string, interrupt: () => void) => void;
}

/** Runs the command line inside this process: the same as `runCli`, faster, without the entry file. */
export async function runInProcess(args: readonly string[], options: InProcessOptions = {}): Promise<Finished> {
  let stdout = "";
  let stderr = "";
  let interrupt = () => {};
  const code = await run(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: {
      write(text) {
        stderr += text;
        options.watch?.(text, () => interrupt());
      },
    },
    printed: () => Promise.resolve(undefined),
    cwd: options.cwd ?? root,
    env: options.env ?? {},
    isTTY: false,
    isErrTTY: options.isErrTTY ?? false,
    ...(options.ask && { ask: options.ask }),
    pause: () => Promise.resolve(),
    onInterrupt(listener) {
      interrupt = listener;
      return () => {
        interrupt = () => {};
      };
    },
  });
  return { code, stdout, stderr };
}
