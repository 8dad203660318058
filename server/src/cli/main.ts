import { setImmediate } from "node:timers/promises";
import { exitCodes } from "./io.ts";
import { run } from "./run.ts";

process.on("SIGINT", () => process.exit(exitCodes.cancelled));

// A reader that closes the pipe early (`| head`) is no failure of ours; the exit code still says what was found.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
  env: process.env,
  isTTY: process.stdout.isTTY === true,
  pause: () => setImmediate(),
});
