import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetFunctionConcurrencyCommand, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { openSession, readSnapshot, snapshotCache } from "#aws";
import { accountKey, readFirst } from "#core";
import { accountOf, startDemo } from "./demo.ts";

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

/** Reads an account of so many functions as the product does, at default settings. */
export async function readCheaply(functions: number): Promise<ReadingCost> {
  const demo = await startDemo(accountOf(functions));
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
  const { getFunction, other, throttled } = session.rateLimiter.counts;
  session.close();
  await demo.stop();
  return { milliseconds, totals, calls: getFunction + other, throttled };
}

/** Milliseconds until what matters was known, and answers 429. */
export interface FirstCost {
  /** On the first reading: the reservations of all functions that files declare by name. */
  readonly declared: number;
  /** On the second, with the snapshot on disk: all reservations. */
  readonly reserved: number;
  /** On the second: until the reading says that all reservations are found. */
  readonly accounted: number;
  readonly throttled: number;
}

/** Reads an account in which so many functions reserve, half of them declared in files, twice: the second time with the snapshot of the first on disk. */
export async function readInOrder(functions: number, reserving: number): Promise<FirstCost> {
  const names = Array.from({ length: reserving }, (_, i) => `reserving-${i}`);
  const declared = names.filter((_, i) => i % 2 === 0);
  const demo = await startDemo(accountOf(functions, names));
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const cache = snapshotCache(folder);
  const first = readFirst(declared.map((name) => ({ name, key: `shop/${name}` })));
  let throttled = 0;

  const read = async () => {
    const session = await openSession({ endpoint: demo.url, region: "us-east-1", demo: true }, { env: {} });
    const previous = await cache.load(accountKey(session.identity));
    const start = performance.now();
    const times = { declared: 0, reserved: 0, accounted: 0 };
    const snapshot = await readSnapshot(session, {
      first,
      ...(previous === undefined ? {} : { previous }),
      onProgress: ({ functions: found, reading }) => {
        const known = new Set(found.flatMap(({ name, reserved }) => (typeof reserved === "number" ? [name] : [])));
        const now = performance.now() - start;
        if (declared.every((name) => known.has(name))) times.declared ||= now;
        if (names.every((name) => known.has(name))) times.reserved ||= now;
        if (reading.accounted) times.accounted ||= now;
      },
    });
    await cache.save(snapshot);
    throttled += session.rateLimiter.counts.throttled;
    session.close();
    return times;
  };
  const { declared: soon } = await read();
  const again = await read();
  await demo.stop();
  rmSync(folder, { recursive: true });
  return { declared: soon, reserved: again.reserved, accounted: again.accounted, throttled };
}

/** Reads it as most scripts do: list, then GetFunctionConcurrency for each, one after the other, waiting longer after each 429. */
export async function readNaively(functions: number): Promise<ReadingCost> {
  const demo = await startDemo(accountOf(functions));
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
