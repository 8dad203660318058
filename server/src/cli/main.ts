import { createInterface } from "node:readline";
import { setImmediate } from "node:timers/promises";
import { setV8Flag } from "#v8Flag";
import { askAtTerminal } from "./askAtTerminal.ts";
import { complain } from "./complain.ts";
import { exitCodes } from "./exitCodes.ts";
import { createInterrupts } from "./interrupts.ts";
import { printable } from "./reporters/terminal.ts";
import { run } from "./run.ts";
import { watchOutput } from "./watchOutput.ts";

limitYoungGeneration();
const interrupts = createInterrupts(process);
// The first process of a container ends by a signal only if it asks for it.
if (process.pid === 1) interrupts.onInterrupt(() => process.exit(exitCodes.cancelled));

const stdout = watchOutput(process.stdout);
const stderr = watchOutput(process.stderr);

/** Node's own exit code for this would be 1, which means findings. */
function admit(error: unknown): void {
  process.exitCode = exitCodes.usage;
  const details = (error instanceof Error ? error.stack : undefined) ?? String(error);
  const lines = ["This is a mistake of the program. Please report it with these lines.", ...details.split("\n")];
  stderr.write(`lambda-concurrency: ${lines.map(printable).join("\n")}\n`);
}

/** The exit code when all is printed. What was not printed is no success, and no finding either. */
async function afterPrinting(code: number): Promise<number> {
  const lost = await stdout.printed();
  if (lost === undefined) return code;
  if (stdout.closed()) return code <= exitCodes.findings ? exitCodes.closed : code;
  complain(`Not everything could be written to stdout (${lost}).`, { stderr });
  return Math.max(code, exitCodes.usage);
}

process.on("unhandledRejection", (error) => {
  // The AWS SDK leaves one behind when it gives up a role's MFA code while the keys to use it with are still looked for.
  if (error instanceof Error && error.name === "CredentialsProviderError") return;
  admit(error);
  process.exit();
});

try {
  const code = await run(process.argv.slice(2), {
    stdout,
    stderr,
    printed: stdout.printed,
    cwd: process.cwd(),
    env: process.env,
    isTTY: process.stdout.isTTY === true,
    isErrTTY: process.stderr.isTTY === true,
    ...(process.stdin.isTTY && process.stderr.isTTY ? { ask: (question: string) => askAtTerminal(question) } : {}),
    lines: () => createInterface(process.stdin),
    pause: () => setImmediate(),
    onInterrupt: interrupts.onInterrupt,
  });
  process.exitCode = await afterPrinting(code);
} catch (error) {
  admit(error);
}

/**
 * Keeps V8 from enlarging its space for new objects: over many templates nearly all of them are soon garbage, and collecting them more
 * often costs no measurable time, but saves up to half of the peak memory.
 */
function limitYoungGeneration(): void {
  setV8Flag("--semi-space-growth-factor=1");
}
