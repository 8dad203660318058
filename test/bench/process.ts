import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const peakModule = fileURLToPath(import.meta.resolve("./peakMemory.cjs"));

/** What a child process took. */
export interface Cost {
  /** Wall clock, start of the process included. */
  readonly milliseconds: number;
  /** Peak resident memory. */
  readonly megabytes: number;
  readonly stdout: string;
}

/** A Node process that writes its peak memory to a file when it ends. */
export function nodeProcess(args: readonly string[]): { child: ChildProcess; peakMegabytes: () => number } {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const file = join(folder, "peak");
  const child = spawn(process.execPath, ["--require", peakModule, ...args], {
    env: { ...process.env, PEAK_MEMORY_FILE: file },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const peakMegabytes = () => {
    const kilobytes = Number(readFileSync(file, "utf8"));
    rmSync(folder, { recursive: true });
    return kilobytes / 1024;
  };
  return { child, peakMegabytes };
}

/** Runs a Node script to its end. */
export async function run(args: readonly string[]): Promise<Cost> {
  const start = performance.now();
  const { child, peakMegabytes } = nodeProcess(args);
  let stdout = "";
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
  });
  await once(child, "close");
  return { milliseconds: performance.now() - start, megabytes: peakMegabytes(), stdout };
}

export function median(numbers: readonly number[]): number {
  return percentile(numbers, 0.5);
}

/** The smallest number that at least this share of all numbers does not exceed. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
