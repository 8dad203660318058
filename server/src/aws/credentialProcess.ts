import { AsyncLocalStorage } from "node:async_hooks";
import { spawn } from "node:child_process";
import { externalDataInterceptor } from "@smithy/core/config";

const LONGEST_OUTPUT = 1_000_000;
const runningSignal = new AsyncLocalStorage<AbortSignal>();

/**
 * Runs work in which the SDK may start a `credential_process`; when the signal is aborted, that program and what it started end.
 * The SDK itself starts such programs without a limit. It takes the function that starts them from a record of its own; should that ever
 * change, programs would be left alone and the caller's own limit still holds.
 */
export function endingPrograms<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  Object.assign(externalDataInterceptor.getTokenRecord(), { exec: runProgram });
  return runningSignal.run(signal, work);
}

type Done = (error: Error | null, output?: { readonly stdout: string; readonly stderr: string }) => void;

/** In place of `child_process.exec`: no input, output of at most 1 MB, and nothing of what it wrote in an error. */
function runProgram(command: string, done: Done): void {
  const signal = runningSignal.getStore();
  const group = process.platform !== "win32";
  const child = spawn(command, {
    shell: true,
    detached: group,
    windowsHide: true,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const end = () => {
    try {
      // A shell passes no signal on: the whole group ends.
      if (group && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      else child.kill("SIGKILL");
    } catch {
      // It ended by itself.
    }
  };
  const parts: Buffer[] = [];
  let length = 0;
  child.stdout.on("data", (part: Buffer) => {
    length += part.length;
    if (length > LONGEST_OUTPUT) end();
    else parts.push(part);
  });
  const finish: Done = (error, output) => {
    signal?.removeEventListener("abort", end);
    done(error, output);
  };
  child.once("error", () => finish(new Error("The program could not be started")));
  child.once("close", (code, killedBy) => {
    if (code === 0) finish(null, { stdout: Buffer.concat(parts).toString("utf8"), stderr: "" });
    else
      finish(
        new Error(code === null ? `The program ended by ${killedBy}` : `The program ended with exit code ${code}`),
      );
  });
  if (signal?.aborted) end();
  else signal?.addEventListener("abort", end, { once: true });
}
