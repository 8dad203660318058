import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { GetFunctionConcurrencyCommand, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { openSession, readSnapshot } from "#aws";

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** What reading an account took. */
export interface ReadingCost {
  readonly milliseconds: number;
  /** Milliseconds until limit and unreserved were known. */
  readonly totals: number;
  /** Calls of Lambda's management API, repeats included. */
  readonly calls: number;
  /** Answers 429. */
  readonly throttled: number;
}

/** A demo account with so many functions, in a process of its own, as fast as Lambda: 100 GetFunction and 15 other calls per second. */
async function startDemo(functions: number): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const account = join(folder, "account.json");
  writeFileSync(account, JSON.stringify({ functions: [], more: functions }));
  const args = ["demo", "--no-traffic", "--account", account];
  const child = fork(cli, args, { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  const [address] = await once(child.stdout ?? child, "data");
  const stop = async () => {
    child.kill("SIGTERM");
    await once(child, "exit");
    rmSync(folder, { recursive: true });
  };
  return { url: String(address).trim(), stop };
}

/** Reads an account of so many functions as the product does, at default settings. */
export async function readCheaply(functions: number): Promise<ReadingCost> {
  const demo = await startDemo(functions);
  const session = await openSession({ endpoint: demo.url, region: "us-east-1", demo: true }, { env: {} });
  const start = performance.now();
  let totals = 0;
  const snapshot = await readSnapshot(session, {
    onProgress: () => {
      totals ||= performance.now() - start;
    },
  });
  const milliseconds = performance.now() - start;
  if (snapshot.reading.state !== "complete" || snapshot.functions.length !== functions)
    throw new Error(`${snapshot.functions.length} of ${functions} functions were read: ${snapshot.reading.state}`);
  const { getFunction, other, throttled } = session.pace.counts;
  session.close();
  await demo.stop();
  return { milliseconds, totals, calls: getFunction + other, throttled };
}

/** Reads it as most scripts do: list, then GetFunctionConcurrency for each, one after the other, waiting longer after each 429. */
export async function readNaively(functions: number): Promise<ReadingCost> {
  const demo = await startDemo(functions);
  const session = await openSession({ endpoint: demo.url, region: "us-east-1", demo: true }, { env: {} });
  const { lambda } = session;
  let calls = 0;
  let throttled = 0;
  const attempt = async <T>(call: () => Promise<T>): Promise<T> => {
    for (let tries = 0; ; tries++) {
      calls++;
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof Error) || error.name !== "TooManyRequestsException") throw error;
        throttled++;
        await new Promise((resolve) => setTimeout(resolve, Math.min(5000, 100 * 2 ** tries)));
      }
    }
  };
  const start = performance.now();
  const names: string[] = [];
  let marker: string | undefined;
  do {
    const page = await attempt(() => lambda.send(new ListFunctionsCommand({ Marker: marker })));
    for (const { FunctionName } of page.Functions ?? []) names.push(FunctionName ?? "");
    marker = page.NextMarker;
  } while (marker !== undefined);
  for (const FunctionName of names)
    await attempt(() => lambda.send(new GetFunctionConcurrencyCommand({ FunctionName })));
  const milliseconds = performance.now() - start;
  session.close();
  await demo.stop();
  return { milliseconds, totals: milliseconds, calls, throttled };
}
