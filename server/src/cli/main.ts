import { setImmediate } from "node:timers/promises";
import { askAtTerminal } from "./ask.ts";
import { keepMemorySmall } from "./frugal.ts";
import { createInterrupts } from "./interrupts.ts";
import { exitCodes } from "./io.ts";
import { run } from "./run.ts";

keepMemorySmall();
const interrupts = createInterrupts(() => process.exit(exitCodes.cancelled));
process.on("SIGINT", () => interrupts.interrupt());

// A reader that closes the pipe early (`| head`) is no failure of ours; the exit code still says what was found.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

/** Node's own exit code for this would be 1, which means findings. */
function admit(error: unknown): void {
  process.exitCode = exitCodes.usage;
  const details = error instanceof Error ? error.stack : String(error);
  process.stderr.write(
    `lambda-concurrency: This is a mistake of the program. Please report it with these lines.\n${details}\n`,
  );
}

process.on("unhandledRejection", (error) => {
  // The AWS SDK leaves one behind when it gives up a role's MFA code while the keys to use it with are still looked for.
  if (error instanceof Error && error.name === "CredentialsProviderError") return;
  admit(error);
  process.exit();
});

try {
  process.exitCode = await run(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    cwd: process.cwd(),
    env: process.env,
    isTTY: process.stdout.isTTY === true,
    isErrTTY: process.stderr.isTTY === true,
    ...(process.stdin.isTTY && process.stderr.isTTY ? { ask: (question: string) => askAtTerminal(question) } : {}),
    pause: () => setImmediate(),
    onInterrupt: interrupts.onInterrupt,
  });
} catch (error) {
  admit(error);
}
