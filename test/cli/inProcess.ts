import { run } from "#cli/run.ts";
import { type Finished, type RunOptions, root } from "./cli.ts";

/** Runs the command line inside this process: the same as `runCli`, faster, without the entry file. */
export async function runInProcess(
  args: readonly string[],
  options: Pick<RunOptions, "cwd" | "env"> = {},
): Promise<Finished> {
  let stdout = "";
  let stderr = "";
  const code = await run(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    cwd: options.cwd ?? root,
    env: options.env ?? {},
    isTTY: false,
    pause: () => Promise.resolve(),
  });
  return { code, stdout, stderr };
}
